/// What Slurm has been given: arrays of jobs, and which attempt each of their tasks is.
///
/// An attempt that has a row here goes on without its launch: Slurm's word counts, not whether the
/// launching process lives.
enum Migration007 {
  static let tables = """
    CREATE TABLE slurmSubmission (
      id TEXT PRIMARY KEY CHECK (length(id) = 16),
      launchNumber INTEGER NOT NULL REFERENCES launch (number),
      cluster TEXT NOT NULL,
      jobId INTEGER CHECK (jobId > 0),
      submittedAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE slurmTask (
      runNumber INTEGER NOT NULL REFERENCES run (number),
      attempt INTEGER NOT NULL CHECK (attempt > 0),
      submissionId TEXT NOT NULL REFERENCES slurmSubmission (id),
      position INTEGER NOT NULL CHECK (position >= 0),
      PRIMARY KEY (runNumber, attempt)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX slurmTaskByPosition ON slurmTask (submissionId, position);
    """
}
