import Store
import Testing

@Suite struct FeatureBaselineTests {
  @Test func `figures of untrained features are kept by kind and by digest of their data`() throws {
    let fixture = try StoreFixture()
    let digest = StoreFixture.key(5)
    try fixture.store.keep(
      [FeatureBaseline(.lda, figures: ["recall@1": 0.9])], dataDigest: digest)
    try fixture.store.keep(
      [FeatureBaseline(.raw, figures: ["recall@1": 0.8, "map@r": 0.4])], dataDigest: digest)
    #expect(
      try fixture.store.baselines(dataDigest: digest) == [
        FeatureBaseline(.raw, figures: ["recall@1": 0.8, "map@r": 0.4]),
        FeatureBaseline(.lda, figures: ["recall@1": 0.9]),
      ])
    #expect(try fixture.store.baselines(dataDigest: StoreFixture.key(6)).isEmpty)
  }

  @Test func `all kinds come in one order, whatever the order in which they were kept`() throws {
    let fixture = try StoreFixture()
    let digest = StoreFixture.key(5)
    for kind in FeatureBaseline.Kind.allCases.reversed() {
      try fixture.store.keep(
        [FeatureBaseline(kind, figures: ["map": 0.5])], dataDigest: digest)
    }
    #expect(
      try fixture.store.baselines(dataDigest: digest).map(\.kind.rawValue) == [
        "raw", "centered", "whitened", "lda",
      ])
  }

  @Test func `a figure that is there stays as it is, and new ones join it`() throws {
    let fixture = try StoreFixture()
    let digest = StoreFixture.key(5)
    try fixture.store.keep(
      [FeatureBaseline(.raw, figures: ["recall@1": 0.8])], dataDigest: digest)
    try fixture.store.keep(
      [FeatureBaseline(.raw, figures: ["recall@1": 0.1, "map": 0.5, "nmi": .nan])],
      dataDigest: digest)
    #expect(
      try fixture.store.baselines(dataDigest: digest) == [
        FeatureBaseline(.raw, figures: ["recall@1": 0.8, "map": 0.5])
      ])
  }

  @Test func `baselines are kept together or not at all`() throws {
    let fixture = try StoreFixture()
    let digest = StoreFixture.key(1)
    let baselines = [
      FeatureBaseline(.raw, figures: ["recall@1": 0.8]),
      FeatureBaseline(.lda, figures: ["recall@1": 0.9]),
    ]
    // Fails after the first one was written.
    try fixture.sqlite(
      """
      CREATE TRIGGER refuse BEFORE INSERT ON featureFigure WHEN new.kind = 'lda'
      BEGIN SELECT RAISE(ABORT, 'refused'); END
      """)
    #expect(throws: StoreError.self) { try fixture.store.keep(baselines, dataDigest: digest) }
    #expect(try fixture.store.baselines(dataDigest: digest).isEmpty)
    try fixture.sqlite("DROP TRIGGER refuse")
    try fixture.store.keep(baselines, dataDigest: digest)
    #expect(try fixture.store.baselines(dataDigest: digest) == baselines)
  }
}
