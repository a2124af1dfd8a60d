import Foundation
import Runner
import Store
import Training

/// How far a job has come, in memory and in its run folder: the history of its measures, and a
/// checkpoint from which another attempt goes on.
///
/// The history is on the disk before the checkpoint that knows its length, so whatever the
/// folder holds after a crash, what a checkpoint speaks of is there. What was measured after it
/// is cut off and measured again.
final class JobProgress {
  private let folder: RunFolder
  private let request: JobRequest
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  /// Everything that the run has measured so far.
  private(set) var history: [MetricPoint] = []
  /// Where this attempt began, if it is not the first.
  private(set) var beginning: String?
  private var numericsIdentity = ""
  private var earlierCost: RunCost
  /// Points of the history that are on the disk, and where they end there.
  private var kept = (points: 0, end: HistoryEnd())
  private var keptStep: Int?

  /// Where the history ends on the disk.
  var historyEnd: HistoryEnd { kept.end }

  init(folder: RunFolder, request: JobRequest) {
    self.folder = folder
    self.request = request
    start = clock.now
    earlierCost = request.earlierCost
  }

  /// What the run has cost, over all its attempts.
  var cost: RunCost {
    earlierCost.adding(RunEnvironment.cost(wallSeconds: (clock.now - start) / .seconds(1)))
  }

  /// The trainer of this attempt: where the last checkpoint left off, or at its first step where
  /// there is none or none that serves.
  func begin(
    numericsIdentity: String, makeTrainer: (TrainingState?) throws -> Trainer
  ) throws -> Trainer {
    self.numericsIdentity = numericsIdentity
    let trainer: Trainer
    do {
      trainer = try resume(makeTrainer)
    } catch let refusal as Refusal {
      history = []
      kept = (0, HistoryEnd())
      if request.attempt > 1 { beginning = "started at step 0: \(refusal.reason)" }
      trainer = try makeTrainer(nil)
    }
    if let beginning { Self.say("attempt \(request.attempt) \(beginning)") }
    kept.end = try folder.append([], after: kept.end)
    return trainer
  }

  /// Why there is nothing to go on from.
  private struct Refusal: Error {
    let reason: String
  }

  private func resume(_ makeTrainer: (TrainingState?) throws -> Trainer) throws -> Trainer {
    let checkpoint = try refusing { try folder.trainingState().map(Checkpoint.init(content:)) }
    guard let checkpoint else { throw Refusal(reason: "there is no checkpoint") }
    earlierCost = earlierCost.later(
      RunCost(
        wallSeconds: checkpoint.wallSeconds, processorSeconds: checkpoint.processorSeconds,
        peakMemoryBytes: checkpoint.peakMemoryBytes))
    guard checkpoint.jobKey == request.jobKey else {
      throw Refusal(reason: "the checkpoint is of the job \(checkpoint.jobKey.prefix(12))…")
    }
    guard checkpoint.numericsIdentity == numericsIdentity else {
      throw Refusal(
        reason: "the checkpoint was computed with other numerics "
          + "(\(checkpoint.numericsIdentity), here \(numericsIdentity))")
    }
    let end = try refusing {
      try folder.historyEnd(
        ofLength: checkpoint.historyBytes, digest: checkpoint.historyDigest)
    }
    history = try refusing { try folder.history(ofLength: end.bytes) }
    let trainer = try refusing { try makeTrainer(checkpoint.state) }
    kept = (history.count, end)
    keptStep = trainer.step
    beginning = "resumed at step \(trainer.step)"
    return trainer
  }

  /// A checkpoint that cannot be read or does not fit never fails a job.
  private func refusing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw Refusal(reason: "\(error)")
    }
  }

  func record(_ measures: [MeasuredValue]) {
    history += measures.map { MetricPoint(name: $0.name, step: $0.step, value: $0.value) }
    let step = measures.first.map { "step \($0.step)" } ?? ""
    Self.say(
      step + measures.map { "  \($0.name) \(String(format: "%.4f", $0.value))" }.joined())
  }

  /// Writes a checkpoint. The job goes on where that fails: it can still end well.
  func keep(_ state: TrainingState) {
    guard keptStep != state.step else { return }
    do {
      try keepHistory()
      let cost = cost
      let checkpoint = Checkpoint(
        jobKey: request.jobKey, numericsIdentity: numericsIdentity, state: state,
        historyBytes: kept.end.bytes, historyDigest: kept.end.digest,
        wallSeconds: cost.wallSeconds,
        processorSeconds: cost.processorSeconds, peakMemoryBytes: cost.peakMemoryBytes)
      try folder.write(trainingState: checkpoint.content)
      keptStep = state.step
    } catch {
      Self.say("there is no checkpoint of step \(state.step): \(error)")
    }
  }

  /// Prints a line at once: a killed job has no time for it later.
  private static func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  /// Puts on the disk what of the history is not there yet.
  func keepHistory() throws {
    guard kept.points < history.count else { return }
    let end = try folder.append(Array(history[kept.points...]), after: kept.end)
    kept = (history.count, end)
  }
}
