package import CommandSupport
import Datasets
import Runner
import Sweeps

extension DatasetError: ExitCoded {
  package var commandExit: CommandExit { .badData }
}

extension SweepError: ExitCoded {
  package var commandExit: CommandExit { .usage }
}

extension RunnerError: ExitCoded {
  package var commandExit: CommandExit {
    switch code {
    case .file: .inputOutput
    case .format: .failed
    }
  }
}
