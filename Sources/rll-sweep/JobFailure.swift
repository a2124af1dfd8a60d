import Datasets
import Runner
import Store
import Training

extension JobReport {
  /// Writes down what ended a job, with the code by which it is decided whether it may be tried
  /// again.
  mutating func record(_ error: any Error) {
    message = "\(error)"
    switch error {
    case let error as TrainingError: record(error.code)
    case let error as DatasetError: reason = error.code.isOfSettings ? .settings : .data
    case is SettingsError: reason = .settings
    case let error as RunnerError:
      reason = [.file, .foreign].contains(error.code) ? .file : .other
    default: reason = .other
    }
  }

  /// What a job writes down that was stopped shortly before its limit on time.
  mutating func recordTimeLimit() {
    guard ending == .interrupted else { return }
    ending = .failed
    reason = .timeLimit
    message =
      "stopped shortly before Slurm's limit on time" + (step.map { " at step \($0)" } ?? "")
      + ". To go on: rll-sweep retry with a longer time"
  }

  private mutating func record(_ code: TrainingError.Code) {
    switch code {
    case .cancelled(let step):
      ending = .interrupted
      reason = .stopped
      self.step = step
    case .diverged(let step):
      reason = .diverged
      self.step = step
    case .tooFewClasses, .otherModel, .componentsUnavailable: reason = .settings
    case .badWeights, .badCheckpoint: reason = .data
    }
  }
}

extension DatasetError.Code {
  fileprivate var isOfSettings: Bool {
    switch self {
    case .unknownLevel, .levelChoice, .noClassesLeft, .tooFewClasses, .wrongSetting:
      true
    case .missingFile, .unreadable, .notHDF5, .truncated, .damaged, .neverWritten, .missingObject,
      .wrongType, .wrongShape, .emptySet, .nonFinite, .zeroRow, .sharedClass, .wrongSplit,
      .tooLarge, .fileChanged, .unwritable:
      false
    }
  }
}
