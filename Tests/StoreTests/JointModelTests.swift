import Foundation
import Store
import Sweeps
import Testing

@Suite struct JointModelTests {
  private static let model = JointModel(weights: [StoreFixture.key(1), StoreFixture.key(2)])

  @Test func `figures are kept for a set of weights in its order, and never change`() throws {
    let store = try StoreFixture().store
    #expect(try store.figures(of: Self.model) == nil)
    try store.keep(["recall@1": 0.5, "map@r": 0.25], of: Self.model)
    try store.keep(["recall@1": 0.9], of: Self.model)
    #expect(try store.figures(of: Self.model) == ["recall@1": 0.5, "map@r": 0.25])
    for weights in [[2, 1], [1], [1, 2, 2]] {
      let other = JointModel(weights: weights.map(StoreFixture.key))
      #expect(try store.figures(of: other) == nil, "\(weights)")
    }
  }

  @Test func `a figure that is no number is kept as one`() throws {
    let store = try StoreFixture().store
    try store.keep(["map@r": .nan], of: Self.model)
    #expect(try store.figures(of: Self.model)?["map@r"]?.isNaN == true)
  }

  @Test func `the members can be read by any client`() throws {
    let fixture = try StoreFixture()
    try fixture.store.keep(["map@r": 0.25], of: Self.model)
    try fixture.store.close()
    let store = try ExperimentStore(path: fixture.path, access: .read)
    let rows = try store.query("SELECT position, weightsDigest FROM jointModel ORDER BY position")
    #expect(
      rows.rows.map { $0.map(\.display) } == [
        ["0", StoreFixture.key(1)], ["1", StoreFixture.key(2)],
      ])
  }

  @Test func `the weights that a run selected have the digest of its best checkpoint`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin(jobs: 2)
    defer { withExtendedLifetime(lock) {} }
    var outcome = StoreFixture.outcome()
    outcome.checkpoints = [
      .init(kind: .best, step: 50, content: Data("abc".utf8)),
      .init(kind: .last, step: 100, content: Data("last".utf8)),
    ]
    try fixture.finish(jobs[0], of: launch, with: outcome)
    try fixture.finish(jobs[1], of: launch)
    #expect(
      try fixture.store.selectedWeights(of: jobs.map(\.runID)) == [
        jobs[0].runID: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      ])
  }
}
