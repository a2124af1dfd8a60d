import Crypto
import Foundation
import Sweeps

/// A report as one HTML file that loads nothing.
///
/// Its content security policy names its own scripts and style sheet by their SHA-256 and allows
/// no other; a page that a server gives may ask that server for data.
package struct HTMLPage: Sendable {
  private let drawing: String

  /// - Parameter library: The text of d3, version 5.
  package init(library: String) {
    drawing = library
  }

  package func text(of document: PageDocument) -> String {
    let (style, program) = (PageAsset.style, PageAsset.program)
    let fill = [
      "policy": policy(style: style, program: program, isLive: document.isLive),
      "title": Self.escaped(document.title), "style": style, "library": drawing,
      "program": program, "data": Self.inScript(document.json.compactText),
    ]
    // In one pass, so that what is filled in is not filled again.
    return PageAsset.template.replacing(/\{\{(\w+)\}\}/) { match in
      fill[String(match.1)] ?? String(match.0)
    }
  }

  private func policy(style: String, program: String, isLive: Bool) -> String {
    [
      "default-src 'none'", "script-src \(Self.source(drawing)) \(Self.source(program))",
      "style-src \(Self.source(style))", "img-src data:",
      "connect-src \(isLive ? "'self'" : "'none'")", "base-uri 'none'", "form-action 'none'",
    ].joined(separator: "; ")
  }

  private static func source(_ text: String) -> String {
    "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
  }

  /// JSON that cannot end the element it stands in, whatever texts it holds.
  private static func inScript(_ json: String) -> String {
    json.escaping(["<": "\\u003c", "\u{2028}": "\\u2028", "\u{2029}": "\\u2029"])
  }

  private static func escaped(_ text: String) -> String {
    text.escaping(["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"])
  }
}
