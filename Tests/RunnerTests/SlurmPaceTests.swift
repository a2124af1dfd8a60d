import Runner
import Testing

/// How often Slurm is asked.
struct SlurmPaceTests {
  private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

  @Test func `pauses grow to a minute, and begin again when something has ended`() {
    var pace = SlurmPace()
    let pauses = (0..<14).map { _ in Self.seconds(pace.pause(after: 20, isNews: false)) }
    #expect(pauses.prefix(4) == [1, 1.5, 2.25, 3.375])
    #expect(pauses == pauses.sorted())
    #expect(pauses.last == 60)
    #expect(Self.seconds(pace.pause(after: 20, isNews: true)) == 1)
    #expect(Self.seconds(pace.pause(after: 20, isNews: false)) == 1.5)
  }

  @Test func `a long listing is asked for less often`() {
    var pace = SlurmPace()
    #expect(Self.seconds(pace.pause(after: 20_000, isNews: true)) == 10)
    #expect(Self.seconds(pace.pause(after: 1_000_000, isNews: true)) == 60)
  }
}
