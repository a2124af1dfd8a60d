package import ArgumentParser

/// A command that is documented, but not in this version. It says so instead of being unknown.
package protocol NotBuiltCommand: ParsableCommand {
  static var name: String { get }
}

extension NotBuiltCommand {
  package static var name: String { "\(Self.self)".lowercased() }

  package static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: name, abstract: "Not built yet.", shouldDisplay: false)
  }

  package func run() throws {
    throw ValidationError("'\(Self.name)' is not built yet in this version")
  }
}

/// Whatever follows a command's name.
package struct AnyArguments: ParsableArguments {
  @Argument(parsing: .captureForPassthrough) package var words: [String] = []

  package init() {}
}
