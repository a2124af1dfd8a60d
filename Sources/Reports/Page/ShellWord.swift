import Sweeps

/// A word of a command line, quoted where a shell would otherwise read something else.
package struct ShellWord {
  package let text: String

  package init(_ word: String) {
    let plain = word.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "-_./=:,+@%".unicodeScalars.contains(scalar)
    }
    text =
      plain && !word.isEmpty
      ? word
      : "'" + word.escaping(["'": "'\\''"]) + "'"
  }

  /// The words of a command line as a shell takes it apart, without expanding anything.
  package static func words(of line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Unicode.Scalar?
    var isEscaped = false
    for character in line.unicodeScalars {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        (quote, word) = (character, word ?? "")
      } else if quote == nil, character == " " || character == "\t" {
        words += [word].compactMap(\.self)
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + [word].compactMap(\.self)
  }
}
