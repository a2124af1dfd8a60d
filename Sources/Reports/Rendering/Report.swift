/// What a command has to say, in the shape that each format needs.
package struct Report: Sendable {
  package struct Section: Sendable {
    package var title: String?
    package var table: ReportTable
    /// Rows of names and values need no line above them.
    package var hasHeader: Bool
    /// Sentences below the table.
    package var notes: [String]
    /// Whether the command takes `--columns`.
    var hasColumnChoice = false

    package init(
      title: String? = nil, table: ReportTable, hasHeader: Bool = true, notes: [String] = []
    ) {
      self.title = title
      self.table = table
      self.hasHeader = hasHeader
      self.notes = notes
    }
  }

  /// For people.
  package var sections: [Section] { makeSections() }
  /// The sentences below all tables.
  package let notes: [String]
  /// For CSV.
  package let data: ReportTable
  /// For JSON Lines.
  package var records: [JSONValue] { makeRecords().map(Self.withSchema) }
  /// For JSON.
  package var document: JSONValue { makeDocument?() ?? .array(records) }

  // A format's own part is made when it is asked for: what ten thousand runs look like in JSON
  // takes longer than to write them as CSV.
  private let makeSections: @Sendable () -> [Section]
  private let makeRecords: @Sendable () -> [JSONValue]
  private let makeDocument: (@Sendable () -> JSONValue)?

  /// A listing: in JSON an array of one object for each row, each with the schema's number.
  package init(
    table: ReportTable, data: ReportTable? = nil, records: [JSONValue]? = nil,
    notes: [String] = [], hasColumnChoice: Bool = false
  ) {
    let data = data ?? table
    self.init(
      shown: table, data: data, records: records ?? data.records, notes: notes,
      hasColumnChoice: hasColumnChoice)
  }

  /// A listing of which people see another table than programs.
  package init(
    shown table: @autoclosure @escaping @Sendable () -> ReportTable, data: ReportTable,
    records: @autoclosure @escaping @Sendable () -> [JSONValue], notes: [String] = [],
    hasColumnChoice: Bool = false
  ) {
    self.data = data
    self.notes = notes
    makeSections = {
      var section = Section(table: table(), notes: notes)
      section.hasColumnChoice = hasColumnChoice
      return [section]
    }
    makeRecords = records
    makeDocument = nil
  }

  /// A single object, or an array of `records`, for people in sections.
  package init(
    sections: [Section], data: ReportTable, document: JSONValue, records: [JSONValue]? = nil
  ) {
    let document = Self.withSchema(document)
    self.data = data
    notes = sections.flatMap(\.notes)
    makeSections = { sections }
    makeRecords = { records ?? [document] }
    makeDocument = { document }
  }

  private static func withSchema(_ record: JSONValue) -> JSONValue {
    guard case .object(let members) = record,
      !members.contains(where: { $0.name == JSONValue.schema.name })
    else { return record }
    return .document(members)
  }

  /// The whole text in a format, with a final line break.
  ///
  /// `width` is the terminal's, nil where nothing limits it; `isStyled` allows bold text.
  package func text(
    as format: OutputFormat, width: Int? = nil, isStyled: Bool = false
  ) -> String {
    switch format {
    case .table: TerminalTable(width: width, isStyled: isStyled).text(of: self)
    case .json: document.text
    case .jsonl: JSONLines.text(of: self)
    case .csv: CSVTable.text(of: self)
    case .markdown: MarkdownTable.text(of: self)
    case .latex: LatexTable.text(of: self)
    }
  }
}
