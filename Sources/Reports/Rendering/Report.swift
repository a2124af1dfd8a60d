/// What a command has to say, in the shape that each format needs.
package struct Report: Sendable {
  package struct Section: Sendable {
    package var title: String?
    package var table: ReportTable
    /// Rows of names and values need no line above them.
    package var hasHeader: Bool
    /// Sentences below the table.
    package var notes: [String]

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
  package var sections: [Section]
  /// For CSV.
  package var data: ReportTable
  /// For JSON Lines.
  package var records: [JSONValue]
  /// For JSON.
  package var document: JSONValue

  /// A listing: in JSON an array of one object for each row, each with the schema's number.
  package init(
    table: ReportTable, data: ReportTable? = nil, records: [JSONValue]? = nil,
    notes: [String] = []
  ) {
    sections = [Section(table: table, notes: notes)]
    self.data = data ?? table
    self.records = (records ?? self.data.records).map(Self.withSchema)
    document = .array(self.records)
  }

  /// A single object, for people in sections.
  package init(sections: [Section], data: ReportTable, document: JSONValue) {
    self.sections = sections
    self.data = data
    self.document = Self.withSchema(document)
    records = [self.document]
  }

  private static func withSchema(_ record: JSONValue) -> JSONValue {
    guard case .object(let members) = record,
      !members.contains(where: { $0.name == JSONValue.schema.name })
    else { return record }
    return .document(members)
  }

  /// The whole text in a format, with a final line break.
  ///
  /// `width` is the terminal's, nil where nothing limits it; `isStyled` allows bold headers.
  package func text(
    as format: OutputFormat, width: Int? = nil, isStyled: Bool = false
  ) -> String {
    switch format {
    case .table: TerminalTable(width: width, isStyled: isStyled).text(of: self)
    case .json: document.text
    case .jsonl: JSONLines.text(of: self)
    case .csv: CSVTable.text(of: self)
    case .markdown: MarkdownTable.text(of: self)
    }
  }
}
