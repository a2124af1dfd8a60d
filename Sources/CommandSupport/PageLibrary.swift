import Foundation

/// The drawing library that pages carry within them: d3, version 5, as Debian's node-d3 has it.
package enum PageLibrary {
  private static let standardPath = "/usr/share/nodejs/d3/dist/d3.min.js"

  /// Its text from `path`, `$RLL_D3`, or where the Debian package puts it.
  package static func text(path: String?) throws -> String {
    let variable = ProcessInfo.processInfo.environment["RLL_D3"] ?? ""
    let path = path ?? (variable.isEmpty ? standardPath : variable)
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw PageLibraryError(
        "the drawing library d3 is not at \(path). Install Debian's package node-d3 "
          + "(apt install node-d3), or name a d3.min.js of version 5 with --d3 or RLL_D3")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.prefix(200).contains(/d3js\.org v5\./) else {
      throw PageLibraryError(
        "\(path) is not d3 of version 5, which its first line would say; Debian 12's node-d3 has it"
      )
    }
    // A library of another origin could end the element that it is put into.
    guard !text.contains("</script") else {
      throw PageLibraryError("\(path) holds '</script' and cannot stand in a page")
    }
    return text
  }
}

/// Why the drawing library cannot be used.
package struct PageLibraryError: ExitCoded, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  package var commandExit: CommandExit { .badData }
}
