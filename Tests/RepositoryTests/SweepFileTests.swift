import Store
import Sweeps
import Testing

struct SweepFileTests {
  @Test func `every file in sweeps expands`() throws {
    let files = try Repository.files(in: "sweeps", ending: ".yaml")
    #expect(files.count >= 2)
    for file in files {
      let sweep = try SweepExpansion.expand(
        text: try Repository.text(file), file: file, exclusion: ExpressionTable.exclusion,
        reader: { try Repository.text($0) })
      #expect(!sweep.jobs.isEmpty, "\(file)")
      #expect(sweep.warnings.isEmpty, "\(file): \(sweep.warnings)")
      #expect(sweep.description != nil, "\(file) says which question it answers")
    }
  }
}
