extension Unicode.Scalar {
  /// Whether it shows nothing, and may drive a terminal.
  package var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}

extension String {
  /// With control characters as they are written in source text, `\u{1B}`: so a message shows
  /// which name was meant, and does nothing else.
  package var showingControls: String { showingControls { _ in true } }

  /// The same for a text of several lines.
  package var showingControlsButLineBreaks: String { showingControls { $0 != "\n" } }

  private func showingControls(_ isMeant: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: { $0.isControl && isMeant($0) }) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isControl, isMeant(scalar) {
        text += scalar.escaped(asASCII: true)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}
