CREATE TABLE document (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sweep (
  id TEXT PRIMARY KEY CHECK (length(id) = 16),
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  createdAt TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE launch (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 16),
  sweepId TEXT NOT NULL REFERENCES sweep (id),
  file TEXT NOT NULL,
  documentDigest TEXT NOT NULL REFERENCES document (digest),
  commandLine TEXT NOT NULL CHECK (json_valid(commandLine)),
  axes TEXT NOT NULL CHECK (json_valid(axes)),
  objectiveMetric TEXT NOT NULL,
  objectiveGoal TEXT NOT NULL CHECK (objectiveGoal IN ('maximize', 'minimize')),
  host TEXT NOT NULL,
  processId INTEGER NOT NULL,
  startedAt TEXT NOT NULL,
  endedAt TEXT
, resources TEXT NOT NULL DEFAULT '{"retries":0}'
  CHECK (json_valid(resources)), bootId TEXT, beat INTEGER NOT NULL DEFAULT 0, gate TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(gate))) STRICT;

CREATE INDEX launchBySweep ON launch (sweepId);

CREATE INDEX launchWithoutEnd ON launch (endedAt) WHERE endedAt IS NULL;

CREATE TABLE job (
  key TEXT PRIMARY KEY CHECK (length(key) = 64),
  canonicalText TEXT NOT NULL CHECK (json_valid(canonicalText))
) STRICT, WITHOUT ROWID;

CREATE TABLE environment (
  number INTEGER PRIMARY KEY,
  content TEXT NOT NULL UNIQUE CHECK (json_valid(content))
) STRICT;

CREATE TABLE run (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 16),
  jobKey TEXT NOT NULL REFERENCES job (key),
  launchId TEXT NOT NULL REFERENCES launch (id),
  state TEXT NOT NULL CHECK (
    state IN ('pending', 'running', 'completed', 'failed', 'cancelled', 'interrupted')),
  seed INTEGER NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  origins TEXT NOT NULL CHECK (json_valid(origins)),
  dataDigests TEXT NOT NULL CHECK (json_valid(dataDigests)),
  createdAt TEXT NOT NULL,
  startedAt TEXT,
  finishedAt TEXT,
  wallSeconds REAL,
  processorSeconds REAL,
  peakMemoryBytes INTEGER,
  selectedStep INTEGER,
  error TEXT,
  environmentNumber INTEGER REFERENCES environment (number),
  note TEXT, cancelRequestedAt TEXT,
  CHECK (state <> 'running' OR startedAt IS NOT NULL),
  CHECK (state <> 'completed' OR (finishedAt IS NOT NULL AND error IS NULL)),
  CHECK (state <> 'failed' OR error IS NOT NULL)
) STRICT;

CREATE INDEX runByJob ON run (jobKey);

CREATE UNIQUE INDEX unfinishedRunOfJob ON run (jobKey)
  WHERE state IN ('pending', 'running', 'interrupted');

CREATE TABLE launchJob (
  launchNumber INTEGER NOT NULL REFERENCES launch (number),
  position INTEGER NOT NULL,
  jobKey TEXT NOT NULL REFERENCES job (key),
  runNumber INTEGER NOT NULL REFERENCES run (number),
  action TEXT NOT NULL CHECK (action IN ('run', 'skip', 'retry')),
  reason TEXT NOT NULL, role TEXT NOT NULL DEFAULT 'search'
  CHECK (role IN ('search', 'repeat')),
  PRIMARY KEY (launchNumber, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  position INTEGER NOT NULL CHECK (position > 0),
  launchNumber INTEGER NOT NULL REFERENCES launch (number),
  state TEXT NOT NULL CHECK (
    state IN ('running', 'completed', 'failed', 'cancelled', 'interrupted')),
  startedAt TEXT NOT NULL,
  finishedAt TEXT,
  exitStatus TEXT,
  message TEXT,
  log TEXT, reason TEXT,
  PRIMARY KEY (runNumber, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE measure (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE metricPoint (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  measureNumber INTEGER NOT NULL REFERENCES measure (number),
  step INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (runNumber, measureNumber, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE finalMetric (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  measureNumber INTEGER NOT NULL REFERENCES measure (number),
  value REAL,
  PRIMARY KEY (runNumber, measureNumber)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blobChunk (
  number INTEGER PRIMARY KEY,
  blobDigest TEXT NOT NULL REFERENCES blob (digest),
  position INTEGER NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (blobDigest, position)
) STRICT;

CREATE TABLE checkpoint (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  kind TEXT NOT NULL CHECK (kind IN ('best', 'last')),
  step INTEGER NOT NULL,
  blobDigest TEXT NOT NULL REFERENCES blob (digest),
  PRIMARY KEY (runNumber, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX checkpointByBlob ON checkpoint (blobDigest);

CREATE TABLE featureFigure (
  dataDigest TEXT NOT NULL CHECK (length(dataDigest) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('raw', 'centered', 'whitened', 'lda')),
  measureNumber INTEGER NOT NULL REFERENCES measure (number),
  value REAL,
  PRIMARY KEY (dataDigest, kind, measureNumber)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  name TEXT NOT NULL,
  PRIMARY KEY (runNumber, name)
) STRICT, WITHOUT ROWID;

CREATE VIEW runs AS
SELECT
  run.id AS run_id,
  sweep.name AS sweep,
  run.jobKey AS job_key,
  run.state AS state,
  run.seed AS seed,
  run.createdAt AS created_at,
  run.startedAt AS started_at,
  run.finishedAt AS finished_at,
  run.wallSeconds AS wall_seconds,
  run.processorSeconds AS processor_seconds,
  run.peakMemoryBytes AS peak_memory_bytes,
  run.selectedStep AS selected_step,
  run.error AS error,
  launch.host AS host,
  run.launchId AS launch_id,
  (SELECT count(*) FROM attempt WHERE attempt.runNumber = run.number) AS attempts,
  run.note AS note
FROM run
JOIN launch ON launch.id = run.launchId
JOIN sweep ON sweep.id = launch.sweepId;

CREATE VIEW params AS
SELECT
  run.id AS run_id,
  setting.key AS name,
  CASE setting.atom WHEN 'inf' THEN 9e999 WHEN '-inf' THEN -9e999 ELSE setting.value END
    AS value
FROM run, json_each(run.settings) AS setting;

CREATE VIEW final_metrics AS
SELECT run.id AS run_id, measure.name AS name, finalMetric.value AS value
FROM finalMetric
JOIN run ON run.number = finalMetric.runNumber
JOIN measure ON measure.number = finalMetric.measureNumber;

CREATE VIEW metric_history AS
SELECT run.id AS run_id, measure.name AS name, metricPoint.step AS step,
  metricPoint.value AS value
FROM metricPoint
JOIN run ON run.number = metricPoint.runNumber
JOIN measure ON measure.number = metricPoint.measureNumber;

CREATE VIEW checkpoints AS
SELECT run.id AS run_id, checkpoint.step AS step, checkpoint.kind AS kind,
  blob.bytes AS bytes, blob.digest AS sha256
FROM checkpoint
JOIN run ON run.number = checkpoint.runNumber
JOIN blob ON blob.digest = checkpoint.blobDigest;

CREATE VIEW environments AS
SELECT run.id AS run_id, entry.key AS name, entry.value AS value
FROM run
JOIN environment ON environment.number = run.environmentNumber, json_each(environment.content)
  AS entry;

CREATE TABLE jointModel (
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  position INTEGER NOT NULL,
  weightsDigest TEXT NOT NULL CHECK (length(weightsDigest) = 64),
  PRIMARY KEY (digest, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE jointFigure (
  modelDigest TEXT NOT NULL CHECK (length(modelDigest) = 64),
  measureNumber INTEGER NOT NULL REFERENCES measure (number),
  value REAL,
  PRIMARY KEY (modelDigest, measureNumber)
) STRICT, WITHOUT ROWID;

CREATE INDEX runToCancel ON run (launchId) WHERE cancelRequestedAt IS NOT NULL;

CREATE TABLE launchSighting (
  launchNumber INTEGER NOT NULL REFERENCES launch (number),
  observerBootId TEXT NOT NULL,
  beat INTEGER NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (launchNumber, observerBootId)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX finalMetricByValue ON finalMetric (measureNumber, value);

CREATE INDEX runByCreation ON run (createdAt);

CREATE INDEX runningAttempt ON attempt (launchNumber) WHERE state = 'running';

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
, gate TEXT CHECK (gate IS NULL OR json_valid(gate))) STRICT, WITHOUT ROWID;

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
  baseline.setDigest AS results,
  baseline.gate AS gate
FROM baseline;
