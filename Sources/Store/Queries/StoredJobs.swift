import GRDB
package import Sweeps

/// A job of a sweep as the store holds it, complete enough to run it again.
package struct StoredJob: Sendable {
  package var spec: JobSpec
  package var key: String
  package var canonicalText: String
  package var dataDigests: [String: String]
  package var role: JobRole
  /// Whether its run in that launch did not complete, and none after it.
  package var isOpen: Bool
}

extension ExperimentStore {
  /// The jobs of a sweep's latest launch, in their order.
  package func storedJobs(of sweep: SweepSummary) throws -> [StoredJob] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT launchJob.position, job.key, job.canonicalText, run.settings, run.origins,
            run.dataDigests, launchJob.role,
            run.state <> 'completed' AND NOT EXISTS (
              SELECT 1 FROM run AS later WHERE later.jobKey = run.jobKey
                AND later.state = 'completed' AND later.number > run.number) AS isOpen
          FROM launchJob
          JOIN job ON job.key = launchJob.jobKey
          JOIN run ON run.number = launchJob.runNumber
          WHERE launchJob.launchNumber = (SELECT number FROM launch WHERE id = ?)
          ORDER BY launchJob.position
          """, arguments: [sweep.launch.id])
      return try rows.map { row in
        StoredJob(
          spec: JobSpec(
            index: row["position"],
            settings: try JSONText.decode([String: SettingValue].self, from: row["settings"]),
            origins: try JSONText.decode([String: SettingOrigin].self, from: row["origins"])),
          key: row["key"], canonicalText: row["canonicalText"],
          dataDigests: try JSONText.decode([String: String].self, from: row["dataDigests"]),
          role: JobRole(rawValue: row["role"]) ?? .search, isOpen: row["isOpen"])
      }
    }
  }
}
