/// What comparisons need: the outcome of each query on the test classes, and which runs have
/// evaluated these.
enum Migration004 {
  /// Readings stay when their runs are removed: what was seen was seen.
  static let tables = """
    CREATE TABLE queryClasses (
      digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
      names TEXT NOT NULL CHECK (json_valid(names)),
      places BLOB NOT NULL CHECK (length(places) % 4 = 0)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE queryOutcome (
      runNumber INTEGER PRIMARY KEY REFERENCES run (number),
      classesDigest TEXT NOT NULL REFERENCES queryClasses (digest),
      recallAt TEXT NOT NULL CHECK (json_valid(recallAt)),
      firstHits BLOB NOT NULL,
      averagePrecision BLOB NOT NULL CHECK (length(averagePrecision) = 2 * length(firstHits))
    ) STRICT;
    CREATE INDEX queryOutcomeByClasses ON queryOutcome (classesDigest);

    CREATE TABLE testReading (
      dataDigest TEXT NOT NULL,
      runId TEXT NOT NULL CHECK (length(runId) = 16),
      PRIMARY KEY (dataDigest, runId)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO testReading
      SELECT DISTINCT digest.value, run.id FROM run, json_each(run.dataDigests) AS digest
      WHERE run.state = 'completed';
    """
}
