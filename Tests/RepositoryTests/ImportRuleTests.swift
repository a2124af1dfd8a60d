import Testing

/// Who may import whom: only downwards, and each outside library in one module.
struct ImportRuleTests {
  /// Modules of this package that each one may import.
  private static let allowed: [String: Set<String>] = [
    "Kernels": ["COpenBLAS", "CKernels"],
    "Datasets": ["CHDF5", "Kernels"],
    "Training": ["Datasets", "Kernels"],
    "Sweeps": [],
    "Store": ["Sweeps"],
    "Runner": ["Store", "Sweeps"],
    "Reports": ["Store", "Sweeps"],
    "ReportServer": ["Reports", "Store"],
    "CommandSupport": ["Reports", "Store", "Sweeps"],
    "rll-sweep": [
      "CommandSupport", "Datasets", "Kernels", "Reports", "Runner", "Store", "Sweeps", "Training",
    ],
    "rll-report": [
      "CommandSupport", "Datasets", "ReportServer", "Reports", "Store", "Sweeps", "Training",
    ],
    "RecordCommit": [],
  ]

  /// The one module that may import an outside library.
  private static let importer = [
    "GRDB": "Store", "GRDBSQLite": "Store", "Yams": "Sweeps", "Subprocess": "Runner",
    "CHDF5": "Datasets",
    "COpenBLAS": "Kernels", "FlyingFox": "ReportServer", "FlyingSocks": "ReportServer",
  ]

  private static let ours = Set(allowed.keys).union(["COpenBLAS", "CKernels", "CHDF5"])

  private static func imports(of file: String) throws -> [String] {
    try Repository.text(file).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let keyword = words.firstIndex(of: "import"), keyword <= 1, words.count > keyword + 1
      else { return nil }
      return words[words.count - 1].split(separator: ".").first.map(String.init)
    }
  }

  @Test(arguments: allowed.keys.sorted())
  func `a module imports only what lies below it`(module: String) throws {
    let files = try Repository.files(in: "Sources/" + module, ending: ".swift")
    #expect(!files.isEmpty)
    for file in files {
      for name in try Self.imports(of: file) {
        if Self.ours.contains(name) {
          #expect(Self.allowed[module]?.contains(name) == true, "\(file) imports \(name)")
        }
        if let only = Self.importer[name] {
          #expect(module == only, "\(file) imports \(name), which is \(only)'s alone")
        }
      }
    }
  }

  @Test func `every module of the package has its rule`() throws {
    let folders = Set(
      try Repository.files(in: "Sources", ending: ".swift").compactMap {
        $0.split(separator: "/").dropFirst().first.map(String.init)
      })
    #expect(folders == Set(Self.allowed.keys))
  }

  @Test func `no source file is longer than 500 lines, and none is public or testable`() throws {
    for folder in ["Sources", "Tests"] {
      for file in try Repository.files(in: folder, ending: ".swift") {
        let lines = try Repository.text(file).split(
          separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 501, "\(file) has \(lines.count) lines")
        let first = lines.map { $0.drop { $0 == " " } }
        #expect(!first.contains { $0.hasPrefix("public ") }, "\(file) declares something public")
        #expect(!first.contains { $0.hasPrefix("@testable ") }, "\(file) uses @testable")
      }
    }
  }
}
