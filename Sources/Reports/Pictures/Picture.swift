/// A drawing for papers and pages that needs no browser: one SVG file with nothing from elsewhere.
package struct Picture: Sendable {
  let width: Double
  let height: Double
  /// What it shows, in one sentence.
  package let title: String
  let elements: [SVGElement]

  static let textSize = 12.0
  /// Of a letter, on average, in the fonts that are asked for.
  static let letterWidth = 6.4

  private static let style = """
    text { font: 12px system-ui, "DejaVu Sans", Helvetica, Arial, sans-serif; fill: #222; \
    font-variant-numeric: tabular-nums; } .small { font-size: 11px; fill: #666; \
    paint-order: stroke; stroke: #fff; stroke-width: 3px; } \
    .end { text-anchor: end; } .middle { text-anchor: middle; } \
    .axis { stroke: #999; stroke-width: 1; fill: none; } .grid { stroke: #e6e6e6; }
    """

  /// The file's text, with a final line break.
  package var text: String {
    let picture = SVGElement(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": .init(width), "height": .init(height),
        "viewBox": "0 0 \(SVGElement.Value(width).text) \(SVGElement.Value(height).text)",
        "role": "img", "aria-label": .init(stringLiteral: title),
      ],
      [
        SVGElement("title", text: title), SVGElement("style", text: Self.style),
        SVGElement("rect", ["width": "100%", "height": "100%", "fill": "#fff"]),
      ] + elements)
    return picture.text + "\n"
  }
}
