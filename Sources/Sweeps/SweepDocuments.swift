/// The text of a sweep file and of the files that it extends, as nodes.
struct SweepDocuments {
  /// As it was passed.
  let text: String
  private(set) var source: SourceText
  /// One for each text.
  private(set) var paths: [DataPath]
  /// One for each text that could be read.
  private(set) var roots: [DocumentNode?] = []
  private(set) var extended: [ExpandedSweep.Extended] = []
  private(set) var problems: [SweepDiagnostic] = []

  private static let mostTexts = 8

  init(text: String, file: String, environment: [String: String], reader: SweepFileReader?) {
    self.text = text
    source = SourceText(text: text, file: file)
    paths = [DataPath(file: file, environment: environment)]
    do throws(SweepDiagnostic) {
      roots.append(try DocumentReader.read(source))
      var files = [file]
      while let parent = try parent(of: roots[roots.count - 1], files: files, reader: reader) {
        files.append(parent.file)
        let document = SourceText(text: parent.text, file: parent.file)
        source.extended.append(.init(source: document, line: parent.line))
        paths.append(DataPath(file: parent.file, environment: environment))
        extended.append(.init(file: parent.file, text: parent.text))
        roots.append(try DocumentReader.read(document, document: roots.count))
      }
    } catch {
      problems.append(error)
    }
  }

  private struct Parent {
    var file: String
    var text: String
    var line: Int
  }

  private func parent(
    of root: DocumentNode?, files: [String], reader: SweepFileReader?
  ) throws(SweepDiagnostic) -> Parent? {
    guard let node = root?.mapping?.first(where: { $0.key.scalar == "extends" })?.value,
      !node.isNothing
    else { return nil }
    let allowed = "the path of another sweep file, relative to this one"
    func problem(_ message: String, _ allowed: String? = allowed) -> SweepDiagnostic {
      SweepDiagnostic(
        code: .badValue, place: source.place(node.position), message: message, allowed: allowed)
    }
    guard let written = node.scalar else { throw problem("extends cannot be '\(node.typed)'") }
    guard let reader else { throw problem("'extends' is not built yet", nil) }
    let path: String
    do {
      path = try paths[node.position.document].resolved(written, isTyped: false)
    } catch {
      throw problem(error.message, error.allowed)
    }
    guard !files.contains(path) else { throw problem("'\(written)' extends itself in the end") }
    guard files.count < Self.mostTexts else {
      throw problem("\(files.count) files extend one another", "at most \(Self.mostTexts)")
    }
    do {
      let line = source.extended.last?.line ?? node.position.line
      return Parent(file: path, text: try reader(path), line: line)
    } catch {
      throw problem("'\(written)' cannot be read: \(error)")
    }
  }
}
