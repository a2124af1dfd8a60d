/// What the nightly gate compares: results by value, which stay when their runs are removed; nights
/// and named baselines, which point to them; and the measures that a launch is judged by.
enum Migration006 {
  static let tables = """
    ALTER TABLE launch ADD COLUMN gate TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(gate));

    CREATE TABLE jobResult (
      digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
      jobKey TEXT NOT NULL CHECK (length(jobKey) = 64),
      numericsIdentity TEXT NOT NULL,
      weights TEXT NOT NULL CHECK (json_valid(weights))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE jobResultMeasure (
      resultDigest TEXT NOT NULL REFERENCES jobResult (digest),
      measureNumber INTEGER NOT NULL REFERENCES measure (number),
      value REAL,
      PRIMARY KEY (resultDigest, measureNumber)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE jobResultHistory (
      resultDigest TEXT NOT NULL REFERENCES jobResult (digest),
      measureNumber INTEGER NOT NULL REFERENCES measure (number),
      points BLOB NOT NULL CHECK (length(points) % 16 = 0),
      PRIMARY KEY (resultDigest, measureNumber)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE resultSet (
      digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
      sweep TEXT NOT NULL,
      axes TEXT NOT NULL CHECK (json_valid(axes))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE resultSetJob (
      setDigest TEXT NOT NULL REFERENCES resultSet (digest),
      position INTEGER NOT NULL,
      jobKey TEXT NOT NULL CHECK (length(jobKey) = 64),
      state TEXT NOT NULL CHECK (
        state IN ('pending', 'running', 'completed', 'failed', 'cancelled', 'interrupted')),
      error TEXT,
      seed INTEGER NOT NULL,
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      dataDigests TEXT NOT NULL CHECK (json_valid(dataDigests)),
      resultDigest TEXT REFERENCES jobResult (digest),
      PRIMARY KEY (setDigest, position),
      CHECK ((state = 'completed') = (resultDigest IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX resultSetJobByResult ON resultSetJob (resultDigest);

    CREATE TABLE baseline (
      id TEXT PRIMARY KEY CHECK (length(id) = 16),
      name TEXT NOT NULL,
      at TEXT NOT NULL,
      reason TEXT,
      setDigest TEXT REFERENCES resultSet (digest),
      sweep TEXT NOT NULL,
      launchId TEXT NOT NULL,
      startedAt TEXT NOT NULL,
      host TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX baselineByName ON baseline (name, at);

    CREATE TABLE night (
      launchId TEXT PRIMARY KEY CHECK (length(launchId) = 16),
      sweep TEXT NOT NULL,
      setDigest TEXT NOT NULL REFERENCES resultSet (digest),
      startedAt TEXT NOT NULL,
      recordedAt TEXT NOT NULL,
      host TEXT NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'regression', 'cannot_judge')),
      summary TEXT NOT NULL,
      baselineId TEXT REFERENCES baseline (id),
      processorSeconds REAL NOT NULL,
      steps INTEGER NOT NULL,
      peakMemoryBytes INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX nightBySweep ON night (sweep, startedAt);
    """

  static let views = """
    CREATE VIEW baselines AS
    SELECT
      baseline.id AS baseline_id,
      baseline.name AS name,
      baseline.sweep AS sweep,
      baseline.launchId AS launch_id,
      baseline.startedAt AS started_at,
      baseline.host AS host,
      baseline.at AS at,
      CASE WHEN baseline.setDigest IS NULL THEN 'remove' ELSE 'set' END AS action,
      baseline.reason AS reason,
      baseline.setDigest IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM baseline AS later WHERE later.name = baseline.name
          AND (later.at, later.id) > (baseline.at, baseline.id)) AS is_current,
      baseline.setDigest AS results
    FROM baseline;

    CREATE VIEW nights AS
    SELECT
      night.launchId AS launch_id,
      night.sweep AS sweep,
      night.startedAt AS started_at,
      night.recordedAt AS recorded_at,
      night.host AS host,
      night.verdict AS verdict,
      night.summary AS summary,
      baseline.name AS baseline,
      night.processorSeconds AS processor_seconds,
      night.steps AS steps,
      night.peakMemoryBytes AS peak_memory_bytes,
      night.setDigest AS results
    FROM night LEFT JOIN baseline ON baseline.id = night.baselineId;

    CREATE VIEW result_metrics AS
    SELECT
      resultSetJob.setDigest AS results,
      resultSetJob.jobKey AS job_key,
      resultSetJob.seed AS seed,
      resultSetJob.settings AS settings,
      jobResult.numericsIdentity AS numerics_identity,
      measure.name AS name,
      jobResultMeasure.value AS value
    FROM resultSetJob
    JOIN jobResult ON jobResult.digest = resultSetJob.resultDigest
    JOIN jobResultMeasure ON jobResultMeasure.resultDigest = jobResult.digest
    JOIN measure ON measure.number = jobResultMeasure.measureNumber;
    """
}
