import Foundation
import Testing

/// A folder with what a Python script wrote there.
enum PythonFolder {
  /// Runs a script that finds the folder as `folder`; nil where Python or h5py are not there.
  static func after(_ script: String) throws -> TemporaryFolder? {
    let folder = try TemporaryFolder()
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = [
      "python3", "-c", "import sys\nfolder = sys.argv[1]\n" + script, folder.path,
    ]
    python.currentDirectoryURL = URL(filePath: folder.path)
    let errors = Pipe()
    python.standardError = errors
    try python.run()
    let text = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    python.waitUntilExit()
    if python.terminationStatus == 0 { return folder }
    let isMissing = text.contains("No such file or directory") || text.contains("No module named")
    #expect(isMissing, "the script failed: \(text)")
    print("skipped: python3 has no h5py")
    return nil
  }
}
