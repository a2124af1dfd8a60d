package import CommandSupport
import Datasets
import Sweeps

extension DatasetError: ExitCoded {
  package var commandExit: CommandExit { .badData }
}

extension SweepError: ExitCoded {
  package var commandExit: CommandExit { .usage }
}
