/// What is wrong with a feature file, and where.
///
/// The text reads `FILE: OBJECT, row N: what is wrong. What to do.` Rows count from 0, as in
/// the file and in numpy.
package struct DatasetError: Error, CustomStringConvertible, Sendable, Equatable {
  package enum Code: String, Sendable {
    case missingFile
    case unreadable
    case notHDF5
    case truncated
    case damaged
    case neverWritten
    case missingObject
    case wrongType
    case wrongShape
    case emptySet
    case nonFinite
    case zeroRow
    case sharedClass
    case wrongSplit
    case unknownLevel
    case levelChoice
    case noClassesLeft
    case tooLarge
    case tooFewClasses
    case fileChanged
    case unwritable
    case wrongSetting
  }

  package let code: Code
  /// The path as it was given; nil where no file is involved.
  package let file: String?
  /// The path inside the file.
  package let object: String?
  package let row: Int?
  /// What is wrong, without a full stop.
  package let text: String
  /// What to do, without a full stop.
  package let advice: String
  /// What the HDF5 library or the system said.
  package let underlying: String?

  package init(
    _ code: Code, file: String?, object: String? = nil, row: Int? = nil, _ text: String,
    advice: String, underlying: String? = nil
  ) {
    self.code = code
    self.file = file
    self.object = object
    self.row = row
    self.text = text
    self.advice = advice
    self.underlying = underlying
  }

  package var description: String {
    var place = ""
    if let file { place = "\(file): " }
    switch (object, row) {
    case (let object?, let row?): place += "\(object), row \(row): "
    case (let object?, nil): place += "\(object): "
    case (nil, let row?): place += "row \(row): "
    case (nil, nil): break
    }
    let reason = underlying.map { " (\($0))" } ?? ""
    return Self.printable("\(place)\(text)\(reason). \(advice).")
  }

  /// The text with `\u{1b}` and the like in place of what would move the cursor, colour or
  /// reorder the line: names and values come from files of others.
  static func printable(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { printable, scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        printable += "\\u{\(String(scalar.value, radix: 16))}"
      default: printable.unicodeScalars.append(scalar)
      }
    }
  }
}
