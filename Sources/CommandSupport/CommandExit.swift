package import ArgumentParser
import Reports
package import Store

/// What the programs' exit codes mean.
package enum CommandExit: Int32, Sendable, CaseIterable {
  /// Done.
  case done = 0
  /// At least one job failed, or the operation did.
  case failed = 1
  /// The gate found a regression, or `verify` a difference.
  case regression = 2
  /// The gate cannot judge.
  case cannotJudge = 3
  /// Wrong usage or a wrong sweep file.
  case usage = 64
  /// A missing or bad data file, noticed before the start.
  case badData = 65
  /// A disk or store error.
  case inputOutput = 74
  /// Another process holds the lock; try again.
  case temporary = 75
  /// Interrupted by Ctrl-C.
  case interrupted = 130
  /// Ended by SIGTERM.
  case terminated = 143

  package var exitCode: ExitCode { ExitCode(rawValue) }

  /// The code for an error that is not one of the argument parser's own.
  package init(_ error: any Error) {
    switch error {
    case let error as any ExitCoded: self = error.commandExit
    case let error as StoreError: self = CommandExit(error.code)
    case let error as ReportError:
      self = [.notComplete, .needsReason].contains(error.code) ? .failed : .usage
    default: self = .failed
    }
  }

  /// How a program ends that judges a sweep.
  package init(_ verdict: GateVerdict) {
    switch verdict {
    case .pass: self = .done
    case .regression: self = .regression
    case .cannotJudge: self = .cannotJudge
    }
  }

  private init(_ code: StoreError.Code) {
    switch code {
    case .unknownName, .ambiguousName, .wrongExpression, .refusedStatement: self = .usage
    case .exhausted, .exists: self = .failed
    case .busy: self = .temporary
    case .missing, .unwritable, .newer, .notAStore, .damaged, .failed: self = .inputOutput
    }
  }
}

/// An error that knows how the program ends because of it.
package protocol ExitCoded: Error {
  var commandExit: CommandExit { get }
}
