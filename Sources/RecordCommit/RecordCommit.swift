import Foundation
import PackagePlugin

/// Writes the commit that a program is built from into its source, before every build.
///
/// The file is rewritten only when its text changes, so nothing is compiled again for nothing.
@main
struct RecordCommit: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.pluginWorkDirectoryURL
    let script = """
      commit=$(git rev-parse HEAD 2>/dev/null) || commit=unknown
      [ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || commit=$commit+changes
      text="enum BuiltCommit { static let text = \\"$commit\\" }"
      mkdir -p "$1"
      [ "$(cat "$1/BuiltCommit.swift" 2>/dev/null)" = "$text" ] || echo "$text" > "$1/BuiltCommit.swift"
      """
    return [
      .prebuildCommand(
        displayName: "Recording the commit", executable: URL(filePath: "/bin/sh"),
        arguments: [
          "-c", "cd \"$2\" && { \(script); }", "sh", folder.path(percentEncoded: false),
          context.package.directoryURL.path(percentEncoded: false),
        ],
        outputFilesDirectory: folder)
    ]
  }
}
