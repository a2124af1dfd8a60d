import Datasets
import Foundation
import Kernels
import Testing
import Training

/// Our numbers against those of other libraries, case by case, from files outside.
struct ReferenceVectors {
  @Test func `Ranked List Loss agrees in Double with every case of rll.h5`() throws {
    try forEachCase(of: "rll.h5", as: "Double") { file, group in
      try RankedListReference(file, group).check(Double.self, within: .double)
    }
  }

  @Test func `Ranked List Loss agrees in Float with every case of rll.h5`() throws {
    try forEachCase(of: "rll.h5", as: "Float") { file, group in
      let reference = try RankedListReference(file, group)
      try reference.check(Float.self, within: .float(for: reference))
    }
  }

  @Test func `retrieval measures agree with every case of eval_retrieval.h5`() throws {
    try forEachCase(of: "eval_retrieval.h5", as: "Double") { file, group in
      try RetrievalReference(file, group).check()
    }
  }

  @Test func `a folder that is named must hold vectors, the default need not exist`() throws {
    let empty = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    for _ in 0..<2 {
      let error = #expect(throws: ReferenceFolder.Missing.self) {
        try ReferenceFolder(named: empty, default: "/nowhere")
      }
      #expect(
        error?.description == "RLL_REFERENCE_DIR is \(empty), where there is no HDF5 file. "
          + "Correct it, or unset it to use the default")
      #expect(try ReferenceFolder(named: nil, default: empty) == nil)
      try FileManager.default.createDirectory(
        atPath: empty, withIntermediateDirectories: true)
    }
    try Data().write(to: URL(filePath: empty).appending(path: "own.h5"))
    #expect(try ReferenceFolder(named: empty, default: "/nowhere")?.path == empty)
    try FileManager.default.removeItem(atPath: empty)
  }

  /// Runs `check` on each group of a file and says how many there were.
  func forEachCase(
    of name: String, as type: String, check: (HDF5File, String) throws -> Void
  ) throws {
    guard let folder = try ReferenceFolder.fromEnvironment() else {
      print("ReferenceVectors: \(name) skipped, \(ReferenceFolder.variable) is not set")
      return
    }
    guard let path = folder.file(name) else {
      print("ReferenceVectors: \(name) skipped, \(folder.path) has none")
      return
    }
    let file = try HDF5File(path: path)
    let cases = try file.children(of: "/")
    print("ReferenceVectors: \(name), \(type): \(cases.count) cases")
    #expect(!cases.isEmpty, "\(path) has no cases")
    for group in cases { try check(file, "/\(group)") }
  }
}
