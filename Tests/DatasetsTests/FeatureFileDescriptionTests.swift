import Datasets
import Testing

struct FeatureFileDescriptionTests {
  private func description(
    changing change: (inout SmallSet.Parts) -> Void = { _ in }
  ) throws -> FeatureFileDescription {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    var parts = SmallSet.Parts()
    change(&parts)
    try parts.write(to: path)
    return try FeatureFileDescription(of: FeatureFile(path: path))
  }

  @Test func `a sound file has levels, splits and no problems`() throws {
    let description = try description { $0.testLabels = [900, 12, 12, 12] }
    #expect(description.layout == "grouped")
    #expect(description.digest.count == 64)
    #expect(description.levels.map(\.level) == ["features"])
    #expect(description.levels.map(\.dimension) == [2])
    #expect(description.levels.map(\.type) == ["float32"])
    #expect(description.levels.map(\.mapped) == [true])
    #expect(description.splits.map(\.split) == ["train", "test"])
    #expect(description.splits.map(\.rows) == [4, 4])
    #expect(description.splits.map(\.classes) == [2, 2])
    #expect(description.splits.map(\.smallestClass) == [2, 1])
    #expect(description.splits.map(\.largestClass) == [2, 3])
    #expect(description.problems == ["test: 1 class with one row: 900"])
    #expect(try self.description().problems.isEmpty)
  }

  @Test func `every problem is listed`() throws {
    let description = try description {
      $0.trainFeatures = [1, .nan, 0, 0, 5, 6, .infinity, .nan]
      $0.testFeatures = [0, 0, 1, 1, 0, 0, 1, 1]
      $0.testLabels = [7, -2, 7, 12]
    }
    #expect(
      description.problems == [
        "/train/features: 2 rows with non-finite values, the first is row 0 (column 1 is nan)",
        "/train/features: 1 row of zeros only, the first is row 1",
        "/test/features: 2 rows of zeros only, the first is row 0",
        "2 classes in both splits: -2, 7",
        "test: 2 classes with one row: -2, 12",
      ])
  }
}
