import Foundation
package import Reports
package import Store

/// The pages over a store: what each path answers. It reads and never writes.
///
/// What is expensive is made once for each state of the store at most, however many ask for it.
package actor ReportSite {
  /// What the condition of a request may take: others wait for it.
  private static let allowedSearch = Duration.seconds(10)

  private let store: ExperimentStore
  private let page: HTMLPage
  private let program: String
  /// The sweep to show where a request names none.
  private let standardSweep: String
  private var kept = KeptAnswers()

  package init(
    store: ExperimentStore, page: HTMLPage, program: String, standardSweep: String = "latest"
  ) throws {
    try store.refuseWrites()
    self.store = store
    self.page = page
    self.program = program
    self.standardSweep = standardSweep
  }

  /// A request as far as it matters: its path, and the values of each name in its query.
  package struct Request: Sendable {
    package var path: String
    package var query: [(name: String, value: String)]

    package init(path: String, query: [(name: String, value: String)] = []) {
      self.path = path
      self.query = query
    }

    func values(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }
    func value(_ name: String) -> String? { values(name).last }
  }

  package func answer(_ request: Request) -> SiteAnswer {
    do {
      return try answer(request, version: try store.dataVersion())
    } catch let error as StoreError {
      switch error.code {
      case .unknownName: return .text(.notFound, error.description)
      case .ambiguousName, .wrongExpression, .refusedStatement, .exhausted:
        return .text(.wrongRequest, error.description)
      default: return .text(.failed, error.description)
      }
    } catch let error as ReportError {
      return .text(error.code == .nothingThere ? .notFound : .wrongRequest, error.description)
    } catch {
      return .text(.failed, "\(error)")
    }
  }

  private func answer(_ request: Request, version: Int) throws -> SiteAnswer {
    switch request.path {
    case "/":
      return try once(request, version: version) {
        .html(page.text(of: try document(request, version: version)))
      }
    case "/api/version":
      return .json(JSONValue.document([.init("version", .integer(version))]).compactText)
    case "/api/page":
      return try once(request, version: version) {
        .json(try document(request, version: version).json.compactText)
      }
    case "/api/sweeps":
      return .json(JSONValue.document([.init("sweeps", try sweeps())]).text)
    case "/api/runs":
      return try once(request, version: version) { .json(try runs(request)) }
    case "/api/compare":
      return try once(request, version: version) {
        let name = request.value("sweep") ?? standardSweep
        let sweep = try store.sweep(named: name)
        return .json(try SweepReport(of: sweep, in: store).report.document.text)
      }
    case "/api/run":
      guard let name = request.value("run") else {
        return .text(.wrongRequest, "Name a run: /api/run?run=ID")
      }
      let detail = try store.detail(of: store.runID(named: name))
      return .json(RunDetailReport(detail).report.document.text)
    default:
      return .text(
        .notFound,
        "There is nothing at \(request.path). There are /, /api/version, /api/page, /api/sweeps, "
          + "/api/runs, /api/run and /api/compare.")
    }
  }

  private func once(
    _ request: Request, version: Int, _ make: () throws -> SiteAnswer
  ) rethrows -> SiteAnswer {
    let key =
      ([request.path]
      + request.query.filter { $0.name != "token" }.flatMap { [$0.name, $0.value] })
      .joined(separator: "\u{0}")
    return try kept.answer(to: key, version: version, make: make)
  }

  private func document(_ request: Request, version: Int) throws -> PageDocument {
    let named = request.values("sweep")
    // A page names its search and its sets of data; all come with the sweep itself.
    var seen: Set<String> = []
    let names = (named.isEmpty ? [standardSweep] : named)
      .map(PageSource.sweepName(inTitle:)).filter { seen.insert($0).inserted }
    let sources = try names.flatMap { try PageSource.sources(of: $0, in: store) }
    var document = PageDocument(program: program, writtenAt: Date(), sources: sources)
    document.isLive = true
    document.version = version
    let shown = Set(sources.map(\.sweep.name))
    document.otherSweeps = try store.sweeps().map(\.name).filter { !shown.contains($0) }
    return document
  }

  private func sweeps() throws -> JSONValue {
    .array(
      try store.sweeps().map { sweep in
        [
          "sweep_id": .string(sweep.id), "name": .string(sweep.name),
          "description": JSONValue(sweep.launch.sweepDescription),
          "launched_at": .string(sweep.launch.startedAt.description),
          "jobs": .integer(sweep.jobs), "launches": .integer(sweep.launches),
        ]
      })
  }

  private func runs(_ request: Request) throws -> String {
    var limit: Int?
    if let text = request.value("limit") {
      guard let number = Int(text), number > 0 else {
        throw ReportError(.wrongSort, "limit is '\(text)'; it must be a number from 1")
      }
      limit = number
    }
    let selection = RunSelection(
      condition: request.value("where"),
      sort: try request.value("sort").map(RunSelection.Sort.init),
      limit: limit)
    let columns = try RunColumns(of: store)
    let candidates = try request.value("sweep").map { name in
      ExperimentStore.Selection.sweep(try store.sweep(named: name).name)
    }
    var search = try selection.search(among: candidates ?? .all, columns: columns)
    search.allowed = Self.allowedSearch
    let chosen = try store.runs(search)
    return try RunListing.report(chosen, columns: columns).document.text
  }
}
