import Foundation

/// One element of an SVG picture.
///
///     SVGElement("text", ["x": 10, "y": 20], text: "m < 0.4").text   // <text x="10" y="20">m &lt; …
struct SVGElement: Sendable {
  /// A number with as many digits as a picture needs, or a text.
  struct Value: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringInterpolation
  {
    let text: String

    init(_ number: Double) {
      let rounded = (number * 100).rounded() / 100
      // No minus before a nought.
      text = rounded == 0 ? "0" : String(format: "%.7g", rounded)
    }

    init(floatLiteral value: Double) { self.init(value) }
    init(integerLiteral value: Int) { self.init(Double(value)) }
    init(stringLiteral value: String) { text = value }
  }

  let name: String
  let attributes: KeyValuePairs<String, Value>
  var children: [SVGElement] = []
  var content: String?

  init(
    _ name: String, _ attributes: KeyValuePairs<String, Value> = [:], text: String? = nil,
    _ children: [SVGElement] = []
  ) {
    self.name = name
    self.attributes = attributes
    self.children = children
    content = text
  }

  /// A line through points; a gap where one is not finite.
  static func path(
    _ points: [(x: Double, y: Double)], _ attributes: KeyValuePairs<String, Value>
  ) -> SVGElement {
    var text = ""
    var isDown = false
    for point in points {
      guard point.x.isFinite, point.y.isFinite else {
        isDown = false
        continue
      }
      text += (isDown ? "L" : "M") + Value(point.x).text + " " + Value(point.y).text
      isDown = true
    }
    var element = SVGElement("path", attributes)
    element.outline = text
    return element
  }

  private var outline: String?

  /// The element as XML.
  var text: String {
    var all = attributes.map { ($0.key, $0.value.text) }
    if let outline { all.append(("d", outline)) }
    let start = name + all.map { " \($0.0)=\"\(Self.escaped($0.1))\"" }.joined()
    guard content != nil || !children.isEmpty else { return "<\(start)/>" }
    let inner =
      content.map(Self.escaped) ?? "\n" + children.map(\.text).joined(separator: "\n") + "\n"
    return "<\(start)>\(inner)</\(name)>"
  }

  /// Without what XML cannot hold.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n": escaped += " "
      case "\u{0}"..."\u{1F}", "\u{FFFE}"..."\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
