import GRDB
package import Sweeps

/// A job of a sweep as the store holds it, complete enough to run it again.
package struct StoredJob: Sendable {
  package var spec: JobSpec
  package var key: String
  package var canonicalText: String
  package var dataDigests: [String: String]
  package var role: JobRole
  /// Whether its run in that launch did not complete, and only older ones did.
  package var isOverdue: Bool
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
            run.state <> 'completed' AND run.number > (
              SELECT max(number) FROM run AS done
              WHERE done.jobKey = run.jobKey AND done.state = 'completed') IS TRUE AS isOverdue
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
          role: JobRole(rawValue: row["role"]) ?? .search, isOverdue: row["isOverdue"])
      }
    }
  }
}
