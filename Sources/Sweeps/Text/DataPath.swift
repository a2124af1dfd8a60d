/// Makes a written path one that can be opened: variables filled in, relative to a folder.
struct DataPath: Sendable {
  struct Problem: Error {
    var message: String
    var allowed: String
  }

  /// The folder of the sweep file as it was passed; empty for the working directory.
  let folder: String
  let environment: [String: String]

  init(file: String, environment: [String: String]) {
    folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    self.environment = environment
  }

  /// A relative result is relative to the working directory. `..` and `.` are taken out by text
  /// alone, without asking the disk.
  ///
  /// - Parameter isTyped: On the command line; such a path is relative to the working directory.
  func resolved(_ written: String, isTyped: Bool) throws(Problem) -> String {
    let path = try substituted(written)
    if path.hasPrefix("~") {
      throw Problem(
        message: "'~' is not expanded in '\(path)'", allowed: "${HOME} in place of ~")
    }
    guard !path.isEmpty else {
      throw Problem(message: "the path is empty", allowed: "the path of a feature file")
    }
    return Self.normalized(path.hasPrefix("/") || isTyped ? path : folder + path)
  }

  /// Fills in `${NAME}` and `${NAME:-default}`; the default also stands in for an empty variable.
  private func substituted(_ text: String) throws(Problem) -> String {
    let allowed = "${NAME} or ${NAME:-default}, with a variable of the environment"
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      result += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "}") else {
        throw Problem(message: "'${' has no '}' in '\(text)'", allowed: allowed)
      }
      let reference = rest[..<end]
      let parts = reference.firstRange(of: ":-")
      let name = String(reference[..<(parts?.lowerBound ?? reference.endIndex)])
      let fallback = parts.map { String(reference[$0.upperBound...]) }
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else {
        throw Problem(message: "'${\(reference)}' names no variable", allowed: allowed)
      }
      if let value = environment[name], !value.isEmpty || fallback == nil {
        result += value
      } else if let fallback {
        result += fallback
      } else {
        throw Problem(
          message: "the environment has no variable \(name)",
          allowed: "set it, or give a default: ${\(name):-default}")
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == 95 || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    let joined = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    return joined.isEmpty ? "." : joined
  }
}
