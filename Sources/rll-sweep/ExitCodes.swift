package import CommandSupport
import Datasets
import Runner
import Sweeps

extension DatasetError: ExitCoded {
  /// A file that cannot be written is no bad data.
  package var commandExit: CommandExit { code == .unwritable ? .inputOutput : .badData }
}

extension SweepError: ExitCoded {
  package var commandExit: CommandExit { .usage }
}

extension RunnerError: ExitCoded {
  package var commandExit: CommandExit {
    switch code {
    case .file, .foreign: .inputOutput
    case .format, .program, .slurm: .failed
    case .held, .withdrawn: .temporary
    }
  }
}
