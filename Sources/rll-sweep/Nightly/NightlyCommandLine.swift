import Foundation
import Reports

/// The command line of a nightly that means the same in any folder and environment.
struct NightlyCommandLine {
  /// The program by its absolute path, `nightly`, the file and the options.
  let words: [String]
  /// Variables of today that the sweep file, or the report page, is read with.
  let environment: [String: String]

  /// - Parameter text: The sweep file and those that it extends.
  init(
    program: String, file: String, text: String, options: NightlyOptions,
    environment: [String: String]
  ) {
    words = [program, "nightly", "run", file] + options.absoluteWords
    var names = Set(text.matches(of: /\$\{([A-Za-z_][A-Za-z0-9_]*)/).map { String($0.output.1) })
    names.insert("RLL_D3")
    self.environment = environment.filter { names.contains($0.key) && !$0.value.isEmpty }
  }

  /// For a shell.
  var text: String {
    let variables = environment.sorted { $0.key < $1.key }
      .map { "\($0.key)=\(ShellWord($0.value).text)" }
    return (variables + words.map { ShellWord($0).text }).joined(separator: " ")
  }
}
