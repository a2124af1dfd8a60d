package import CommandSupport
import Datasets
import Sweeps

extension DatasetError: ExitCoded {
  /// A file that cannot be written is no bad data.
  package var commandExit: CommandExit { code == .unwritable ? .inputOutput : .badData }
}

extension SweepError: ExitCoded {
  package var commandExit: CommandExit { .usage }
}
