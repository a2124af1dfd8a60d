import CommandSupport

/// Why there can be no nightly as it was asked for.
struct NightlyError: ExitCoded, CustomStringConvertible {
  let description: String
  var commandExit = CommandExit.usage

  init(_ description: String) { self.description = description }
}
