package import Foundation

/// A user's crontab: entries of nightlies among lines that stay byte for byte as they are.
package struct Crontab: Sendable, Hashable {
  /// An entry as it stands there; somebody may have changed its times.
  package struct Nightly: Sendable, Hashable {
    package let file: String
    package let times: String
    package let command: String

    /// Nil for any other line, also for one that cron takes for a comment or a variable.
    init?(line: String) {
      guard let mark = line.ranges(of: CrontabEntry.mark).last else { return nil }
      let entry = line[..<mark.lowerBound]
      let words = entry.split(maxSplits: 2, whereSeparator: Self.isBlank)
      guard words.count > 1, !words[0].hasPrefix("#"), !words[0].contains("="),
        !words[1].hasPrefix("=")
      else { return nil }
      // Such as @daily, in place of five fields.
      let count = words[0].hasPrefix("@") ? 1 : 5
      let fields = entry.split(maxSplits: count, whereSeparator: Self.isBlank)
      guard fields.count == count + 1 else { return nil }
      file = CrontabEntry.unescaped(line[mark.upperBound...])
      times = fields[..<count].joined(separator: " ")
      command = CrontabEntry.unescaped(fields[count]).trimmingCharacters(in: .whitespaces)
    }

    private static func isBlank(_ character: Character) -> Bool {
      character == " " || character == "\t"
    }
  }

  /// Without their line breaks.
  private var lines: [Data]

  package init(_ content: Data) {
    lines = content.split(separator: Self.lineBreak, omittingEmptySubsequences: false)
    // What follows the last line break is no line.
    if lines.last?.isEmpty == true { lines.removeLast() }
  }

  private static let lineBreak = UInt8(ascii: "\n")

  /// Cron wants a line break after the last line too.
  package var content: Data { lines.reduce(into: Data()) { $0 += $1 + [Self.lineBreak] } }

  package var nightlies: [Nightly] {
    lines.compactMap { Nightly(line: String(decoding: $0, as: UTF8.self)) }
  }

  /// Puts an entry where one of its sweep file is, or at the end.
  package mutating func install(_ entry: CrontabEntry) {
    let place = lines.firstIndex { Self.isEntry($0, of: entry.file) } ?? lines.endIndex
    lines.insert(Data(entry.line.utf8), at: place)
    let others = lines[(place + 1)...].filter { !Self.isEntry($0, of: entry.file) }
    lines.replaceSubrange((place + 1)..., with: others)
  }

  /// False where there is no entry of this sweep file.
  package mutating func uninstall(file: String) -> Bool {
    let others = lines.filter { !Self.isEntry($0, of: file) }
    defer { lines = others }
    return others.count < lines.count
  }

  private static func isEntry(_ line: Data, of file: String) -> Bool {
    let marker = Data(CrontabEntry.marker(of: file).utf8)
    return line.suffix(marker.count) == marker
      && Nightly(line: String(decoding: line, as: UTF8.self)) != nil
  }
}
