import Foundation
import GRDB

/// Whether what is said to be going on can be going on.
extension StoreCheck {
  mutating func checkStates() throws {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT run.id AS id, run.state AS state, launch.id AS launchId
        FROM run
        LEFT JOIN attempt ON attempt.runNumber = run.number AND attempt.state = 'running'
        LEFT JOIN launch ON launch.number = attempt.launchNumber
        WHERE (run.state = 'running') <> (launch.id IS NOT NULL)
        ORDER BY run.number
        """)
    for row in rows {
      let (id, state): (String, String) = (row["id"], row["state"])
      report(
        .damage, .runState,
        state == "running"
          ? "the run \(id.prefix(8)) is running, but none of its attempts is"
          : "the run \(id.prefix(8)) is \(state), but one of its attempts is running",
        Self.restore)
    }
  }

  /// Dead launches, and folders that the launch which used them should have removed.
  mutating func checkFolders(_ location: StoreLocation) throws {
    for launch in try ExperimentStore.deadLaunches(in: database, location: location) {
      report(
        .remark, .runState, "the launch \(launch.prefix(8)) is dead, but not marked as ended",
        "The next command that can write the store marks its runs as interrupted")
    }
    let folders = try StrayFolder.all(database, location: location)
    if !folders.isEmpty {
      report(
        .remark, .runFolder,
        "\(folders.count) run folders in \(location.runsFolder) belong to no unfinished run",
        "rll-report store gc removes them")
    }
  }
}
