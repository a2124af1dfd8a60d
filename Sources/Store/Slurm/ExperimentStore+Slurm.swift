import GRDB
package import Sweeps

extension ExperimentStore {
  /// Makes waiting runs this launch's own and writes down that they go to Slurm as one array, in
  /// the order given, before Slurm hears of them. Runs that another launch has taken are left out;
  /// where that is all of them, nothing is written.
  package func begin(
    _ submission: SlurmSubmission, runs: [(id: String, spec: JobSpec)]
  ) throws -> [SlurmTask] {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO slurmSubmission (id, launchNumber, cluster, submittedAt)
          VALUES (?, (SELECT number FROM launch WHERE id = ?), ?, ?)
          """,
        arguments: [
          submission.id, submission.launchID, submission.cluster,
          submission.submittedAt.description,
        ])
      var position = 0
      for run in runs {
        let attempt = try Self.claim(
          runID: run.id, launchID: submission.launchID, spec: run.spec,
          now: submission.submittedAt, in: database)
        guard let attempt else { continue }
        try database.cachedStatement(
          sql: """
            INSERT INTO slurmTask (runNumber, attempt, submissionId, position) VALUES (?, ?, ?, ?)
            """
        ).execute(
          arguments: [
            try Self.number(of: run.id, in: database), attempt, submission.id, position,
          ])
        position += 1
      }
      let tasks = try Self.openTasks(of: submission.id, in: database)
      if tasks.isEmpty { try Self.deleteIfEmpty(submission.id, in: database) }
      return tasks
    }
  }

  /// Writes down what Slurm calls the array.
  package func accept(submission id: String, asJob jobID: Int) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE slurmSubmission SET jobId = ? WHERE id = ?", arguments: [jobID, id])
    }
  }

  /// Takes back what of a submission has not been taken in, as Slurm never accepted it: those runs
  /// wait as they did before. Returns how many.
  @discardableResult
  package func withdraw(submission id: String) throws -> Int {
    try write { database in
      let tasks = try Row.fetchAll(
        database,
        sql: """
          SELECT attempt.runNumber, attempt.position FROM slurmTask
          JOIN attempt ON attempt.runNumber = slurmTask.runNumber
            AND attempt.position = slurmTask.attempt
          WHERE slurmTask.submissionId = ? AND attempt.state = 'running'
          """, arguments: [id])
      for task in tasks {
        let (run, attempt): (Int64, Int) = (task[0], task[1])
        for table in ["slurmTask", "attempt"] {
          try database.execute(
            sql: """
              DELETE FROM \(table)
              WHERE runNumber = ? AND \(table == "attempt" ? "position" : "attempt") = ?
              """, arguments: [run, attempt])
        }
        try database.execute(
          sql: """
            UPDATE run SET cancelRequestedAt = NULL, state = CASE
              WHEN cancelRequestedAt IS NOT NULL THEN 'cancelled'
              WHEN EXISTS (SELECT 1 FROM attempt WHERE runNumber = run.number) THEN 'interrupted'
              ELSE 'pending' END
            WHERE number = ? AND state = 'running'
            """, arguments: [run])
      }
      try Self.deleteIfEmpty(id, in: database)
      return tasks.count
    }
  }

  /// What Slurm has of this store, in the order of submission.
  package func openSlurmSubmissions() throws -> [SlurmSubmission] {
    try read { database in
      guard try database.tableExists("slurmTask") else { return [] }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT slurmSubmission.*, launch.id AS launchId, sweep.name AS sweep
          FROM slurmSubmission
          JOIN launch ON launch.number = slurmSubmission.launchNumber
          JOIN sweep ON sweep.id = launch.sweepId
          WHERE slurmSubmission.id IN (
            SELECT slurmTask.submissionId FROM attempt
            JOIN slurmTask ON slurmTask.runNumber = attempt.runNumber
              AND slurmTask.attempt = attempt.position
            WHERE attempt.state = 'running')
          ORDER BY slurmSubmission.submittedAt, slurmSubmission.id
          """)
      return rows.map { row in
        SlurmSubmission(
          id: row["id"], launchID: row["launchId"], sweepName: row["sweep"],
          cluster: row["cluster"], jobID: row["jobId"],
          submittedAt: Timestamp(storedText: row["submittedAt"]))
      }
    }
  }

  /// The tasks of a submission that have not been taken in, in their order.
  package func openSlurmTasks(of submission: String) throws -> [SlurmTask] {
    try read { try Self.openTasks(of: submission, in: $0) }
  }

  private static func openTasks(
    of submission: String, in database: Database
  ) throws -> [SlurmTask] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT run.id AS id, run.jobKey AS jobKey, run.cancelRequestedAt IS NOT NULL AS isCancelled,
          slurmTask.attempt AS attempt, slurmTask.position AS position
        FROM slurmTask
        JOIN attempt ON attempt.runNumber = slurmTask.runNumber
          AND attempt.position = slurmTask.attempt AND attempt.state = 'running'
        JOIN run ON run.number = slurmTask.runNumber
        WHERE slurmTask.submissionId = ? ORDER BY slurmTask.position
        """, arguments: [submission])
    let tasks = rows.map { row in
      SlurmTask(
        runID: row["id"], jobKey: row["jobKey"], attempt: row["attempt"],
        submissionID: submission, position: row["position"], isToBeCancelled: row["isCancelled"])
    }
    return try Array(tasks)
  }

  /// What Slurm calls the attempts of a run that it was given, as `123_4 of CLUSTER`.
  static func slurmTasks(of run: Int64, in database: Database) throws -> [Int: String] {
    guard try database.tableExists("slurmTask") else { return [:] }
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT attempt, jobId || '_' || position || ' of ' || cluster AS name FROM slurmTask
        JOIN slurmSubmission ON slurmSubmission.id = slurmTask.submissionId
        WHERE runNumber = ? AND jobId IS NOT NULL
        """, arguments: [run])
    return Dictionary(rows.map { ($0["attempt"], $0["name"]) }) { first, _ in first }
  }

  private static func deleteIfEmpty(_ submission: String, in database: Database) throws {
    try database.execute(
      sql: """
        DELETE FROM slurmSubmission
        WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM slurmTask WHERE submissionId = ?1)
        """, arguments: [submission])
  }

  /// Whether a row of `attempt` is Slurm's to carry out, in SQL.
  static let isSlurmsSQL = """
    EXISTS (SELECT 1 FROM slurmTask WHERE slurmTask.runNumber = attempt.runNumber
      AND slurmTask.attempt = attempt.position)
    """
}
