-- A store of schema 1 with one run completed, one failed, one interrupted and one waiting, as
-- rll-sweep 0.1.0 wrote it (sqlite3's .dump; names of hosts and paths were replaced).
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE document (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO document VALUES('5c3ef548064df30e492aae687d08ca228246b75a05afcdb80563dbd80074eaf5',replace('extends: base.yaml\nname: long\nbase: {steps: 200000}\nseeds: 2\n\n# extends base.yaml:\nname: practice\ndescription: what version 1 wrote\nbase:\n  dataset: {path: features.h5, levels: [mid]}\n  embedding: 1\n  batch: 8x3\n  steps: 4\n  evaluation: {every: 2, clustering: false}\n','\n',char(10)));
INSERT INTO document VALUES('ce9dde9d1afa20b585415b7cbf2117cf8e7ca8354830425e6de6750a4e7bb5a3',replace('extends: base.yaml\nname: practice\nsweep:\n  learning_rate: [0.1, 1e30]\nseeds: 1\n\n# extends base.yaml:\nname: practice\ndescription: what version 1 wrote\nbase:\n  dataset: {path: features.h5, levels: [mid]}\n  embedding: 1\n  batch: 8x3\n  steps: 4\n  evaluation: {every: 2, clustering: false}\n','\n',char(10)));
CREATE TABLE sweep (
  id TEXT PRIMARY KEY CHECK (length(id) = 16),
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  createdAt TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sweep VALUES('3f620c6b3d4c3dbf','practice',NULL,'2026-11-21T12:12:57.790Z');
INSERT INTO sweep VALUES('da547ffbd1e92764','long',NULL,'2026-11-21T12:12:58.426Z');
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
) STRICT;
INSERT INTO launch VALUES(1,'41bd50b3c73050b7','3f620c6b3d4c3dbf','practice.yaml','ce9dde9d1afa20b585415b7cbf2117cf8e7ca8354830425e6de6750a4e7bb5a3','["rll-sweep","launch","practice.yaml","--store","experiments.sqlite","--workers","1"]','[{"name":"optimizer.learning_rate","values":[0.1,1e+30]}]','validation/map@r','maximize','example',1452,'2026-11-21T12:12:57.790Z','2026-11-21T12:12:58.274Z');
INSERT INTO launch VALUES(2,'325c7600b87fa202','da547ffbd1e92764','long.yaml','5c3ef548064df30e492aae687d08ca228246b75a05afcdb80563dbd80074eaf5','["rll-sweep","launch","long.yaml","--store","experiments.sqlite","--workers","1"]','[]','validation/map@r','maximize','example',1472,'2026-11-21T12:12:58.426Z','2026-11-21T12:13:05.352Z');
CREATE TABLE job (
  key TEXT PRIMARY KEY CHECK (length(key) = 64),
  canonicalText TEXT NOT NULL CHECK (json_valid(canonicalText))
) STRICT, WITHOUT ROWID;
INSERT INTO job VALUES('1155df033412505162793ac468eefebe243048ee286e9fb3e8932367f6750e06','{"data":{"mid":"49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0"},"defaults":2,"objective":{"goal":"maximize","metric":"validation/map@r"},"settings":{"batch":"8x3","evaluation.clustering":false,"evaluation.every":2,"model.embedding":1,"steps":200000}}');
INSERT INTO job VALUES('1e98603c865948778471aae6467d0e059f0c43d0a72de110c25b02260f901503','{"data":{"mid":"49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0"},"defaults":2,"objective":{"goal":"maximize","metric":"validation/map@r"},"settings":{"batch":"8x3","evaluation.clustering":false,"evaluation.every":2,"model.embedding":1,"seed":1,"steps":200000}}');
INSERT INTO job VALUES('448816832305974beb3cc6978b63b20eddebd055a10764c585df084b28a229e9','{"data":{"mid":"49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0"},"defaults":2,"objective":{"goal":"maximize","metric":"validation/map@r"},"settings":{"batch":"8x3","evaluation.clustering":false,"evaluation.every":2,"model.embedding":1,"optimizer.learning_rate":1e+30,"steps":4}}');
INSERT INTO job VALUES('9cf97ab1b0bc59cb26ee311b3705a3ee27c06fa449a6b19828d69849c380eeef','{"data":{"mid":"49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0"},"defaults":2,"objective":{"goal":"maximize","metric":"validation/map@r"},"settings":{"batch":"8x3","evaluation.clustering":false,"evaluation.every":2,"model.embedding":1,"steps":4}}');
CREATE TABLE environment (
  number INTEGER PRIMARY KEY,
  content TEXT NOT NULL UNIQUE CHECK (json_valid(content))
) STRICT;
INSERT INTO environment VALUES(1,'{"compiler":"Swift 6.3","hdf5":"1.10.8","host":"example","kernel":"6.1.0","memory_bytes":"25276514304","numerics_identity":"code 1, streams 1, OpenBLAS 0.3.21, Haswell, 1 thread","openblas":"OpenBLAS 0.3.21","openblas_core":"Haswell","operating_system":"Debian GNU/Linux 12 (bookworm)","processor":"AMD EPYC","processors":"2","program_commit":"a9e82f21759e1eb7f63e176e89f6ed60d7dabcb5","program_version":"0.1.0"}');
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
  note TEXT,
  CHECK (state <> 'running' OR startedAt IS NOT NULL),
  CHECK (state <> 'completed' OR (finishedAt IS NOT NULL AND error IS NULL)),
  CHECK (state <> 'failed' OR error IS NOT NULL)
) STRICT;
INSERT INTO run VALUES(1,'b6141ab00a213425','9cf97ab1b0bc59cb26ee311b3705a3ee27c06fa449a6b19828d69849c380eeef','41bd50b3c73050b7','completed',0,'{"batch":"8x3","checkpoint.keep":["best","last"],"dataset.levels":["mid"],"dataset.path":"/home/user/practice/features.h5","dataset.preprocess":["l2","center"],"dataset.split":"auto","dataset.split_seed":0,"dataset.validation":0.2,"evaluation.clustering":false,"evaluation.distances":false,"evaluation.every":2,"evaluation.few_shot":false,"evaluation.map":false,"evaluation.recall_at":[1,2,4,8],"loss.alpha":1.2,"loss.gradient":"query_only","loss.lambda":0.5,"loss.margin":0.4,"loss.name":"ranked_list","loss.positive_temperature":0,"loss.query_weighting":"uniform","loss.temperature":10,"model.batch_normalization":false,"model.bias":false,"model.concatenation":"raw","model.dropout":0,"model.embedding":1,"model.hidden":[],"optimizer.learning_rate":0.1,"optimizer.momentum":0.9,"optimizer.name":"sgd","optimizer.weight_decay":2e-05,"sampler":"balanced","schedule":{"cosine":{"floor":0}},"seed":0,"select":"best","steps":4}','{"batch":{"line":{"_0":1}},"checkpoint.keep":{"defaults":{}},"dataset.levels":{"line":{"_0":1}},"dataset.path":{"line":{"_0":1}},"dataset.preprocess":{"defaults":{}},"dataset.split":{"defaults":{}},"dataset.split_seed":{"defaults":{}},"dataset.validation":{"defaults":{}},"evaluation.clustering":{"line":{"_0":1}},"evaluation.distances":{"defaults":{}},"evaluation.every":{"line":{"_0":1}},"evaluation.few_shot":{"defaults":{}},"evaluation.map":{"defaults":{}},"evaluation.recall_at":{"defaults":{}},"loss.alpha":{"defaults":{}},"loss.gradient":{"defaults":{}},"loss.lambda":{"defaults":{}},"loss.margin":{"defaults":{}},"loss.name":{"defaults":{}},"loss.positive_temperature":{"defaults":{}},"loss.query_weighting":{"defaults":{}},"loss.temperature":{"defaults":{}},"model.batch_normalization":{"defaults":{}},"model.bias":{"defaults":{}},"model.concatenation":{"defaults":{}},"model.dropout":{"defaults":{}},"model.embedding":{"line":{"_0":1}},"model.hidden":{"defaults":{}},"optimizer.learning_rate":{"line":{"_0":4}},"optimizer.momentum":{"defaults":{}},"optimizer.name":{"defaults":{}},"optimizer.weight_decay":{"defaults":{}},"sampler":{"defaults":{}},"schedule":{"defaults":{}},"seed":{"line":{"_0":5}},"select":{"defaults":{}},"steps":{"line":{"_0":1}}}','{"mid":"49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0"}','2026-11-21T12:12:57.790Z','2026-11-21T12:12:57.818Z','2026-11-21T12:12:58.097Z',0.21268115700000000956,0.078747999999999998554,78966784,2,NULL,1,'the first');
INSERT INTO run VALUES(2,'59b6805b9dfbaed7','448816832305974beb3cc6978b63b20eddebd055a10764c585df084b28a229e9','41bd50b3c73050b7','failed',0,'{"batch":"8x3","checkpoint.keep":["best","last"],"dataset.levels":["mid"],"dataset.path":"/home/user/practice/features.h5","dataset.preprocess":["l2","center"],"dataset.split":"auto","dataset.split_seed":0,"dataset.validation":0.2,"evaluation.clustering":false,"evaluation.distances":false,"evaluation.every":2,"evaluation.few_shot":false,"evaluation.map":false,"evaluation.recall_at":[1,2,4,8],"loss.alpha":1.2,"loss.gradient":"query_only","loss.lambda":0.5,"loss.margin":0.4,"loss.name":"ranked_list","loss.positive_temperature":0,"loss.query_weighting":"uniform","loss.temperature":10,"model.batch_normalization":false,"model.bias":false,"model.concatenation":"raw","model.dropout":0,"model.embedding":1,"model.hidden":[],"optimizer.learning_rate":1e+30,"optimizer.momentum":0.9,"optimizer.name":"sgd","optimizer.weight_decay":2e-05,"sampler":"balanced","schedule":{"cosine":{"floor":0}},"seed":0,"select":"best","steps":4}','{"batch":{"line":{"_0":1}},"checkpoint.keep":{"defaults":{}},"dataset.levels":{"line":{"_0":1}},"dataset.path":{"line":{"_0":1}},"dataset.preprocess":{"defaults":{}},"dataset.split":{"defaults":{}},"dataset.split_seed":{"defaults":{}},"dataset.validation":{"defaults":{}},"evaluation.clustering":{"line":{"_0":1}},"evaluation.distances":{"defaults":{}},"evaluation.every":{"line":{"_0":1}},"evaluation.few_shot":{"defaults":{}},"evaluation.map":{"defaults":{}},"evaluation.recall_at":{"defaults":{}},"loss.alpha":{"defaults":{}},"loss.gradient":{"defaults":{}},"loss.lambda":{"defaults":{}},"loss.margin":{"defaults":{}},"loss.name":{"defaults":{}},"loss.positive_temperature":{"defaults":{}},"loss.query_weighting":{"defaults":{}},"loss.temperature":{"defaults":{}},"model.batch_normalization":{"defaults":{}},"model.bias":{"defaults":{}},"model.concatenation":{"defaults":{}},"model.dropout":{"defaults":{}},"model.embedding":{"line":{"_0":1}},"model.hidden":{"defaults":{}},"optimizer.learning_rate":{"line":{"_0":4}},"optimizer.momentum":{"defaults":{}},"optimizer.name":{"defaults":{}},"optimizer.weight_decay":{"defaults":{}},"sampler":{"defaults":{}},"schedule":{"defaults":{}},"seed":{"line":{"_0":5}},"select":{"defaults":{}},"steps":{"line":{"_0":1}}}','{"mid":"49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0"}','2026-11-21T12:12:57.790Z','2026-11-21T12:12:58.120Z','2026-11-21T12:12:58.262Z',0.087647057000000000437,0.035490000000000000712,78966784,NULL,'training diverged: the loss is not finite at step 2. Lower optimizer.learning_rate or the temperatures',1,NULL);
INSERT INTO run VALUES(3,'006b158f841c5ba5','1155df033412505162793ac468eefebe243048ee286e9fb3e8932367f6750e06','325c7600b87fa202','interrupted',0,'{"batch":"8x3","checkpoint.keep":["best","last"],"dataset.levels":["mid"],"dataset.path":"/home/user/practice/features.h5","dataset.preprocess":["l2","center"],"dataset.split":"auto","dataset.split_seed":0,"dataset.validation":0.2,"evaluation.clustering":false,"evaluation.distances":false,"evaluation.every":2,"evaluation.few_shot":false,"evaluation.map":false,"evaluation.recall_at":[1,2,4,8],"loss.alpha":1.2,"loss.gradient":"query_only","loss.lambda":0.5,"loss.margin":0.4,"loss.name":"ranked_list","loss.positive_temperature":0,"loss.query_weighting":"uniform","loss.temperature":10,"model.batch_normalization":false,"model.bias":false,"model.concatenation":"raw","model.dropout":0,"model.embedding":1,"model.hidden":[],"optimizer.learning_rate":0.1,"optimizer.momentum":0.9,"optimizer.name":"sgd","optimizer.weight_decay":2e-05,"sampler":"balanced","schedule":{"cosine":{"floor":0}},"seed":0,"select":"best","steps":200000}','{"batch":{"line":{"_0":1}},"checkpoint.keep":{"defaults":{}},"dataset.levels":{"line":{"_0":1}},"dataset.path":{"line":{"_0":1}},"dataset.preprocess":{"defaults":{}},"dataset.split":{"defaults":{}},"dataset.split_seed":{"defaults":{}},"dataset.validation":{"defaults":{}},"evaluation.clustering":{"line":{"_0":1}},"evaluation.distances":{"defaults":{}},"evaluation.every":{"line":{"_0":1}},"evaluation.few_shot":{"defaults":{}},"evaluation.map":{"defaults":{}},"evaluation.recall_at":{"defaults":{}},"loss.alpha":{"defaults":{}},"loss.gradient":{"defaults":{}},"loss.lambda":{"defaults":{}},"loss.margin":{"defaults":{}},"loss.name":{"defaults":{}},"loss.positive_temperature":{"defaults":{}},"loss.query_weighting":{"defaults":{}},"loss.temperature":{"defaults":{}},"model.batch_normalization":{"defaults":{}},"model.bias":{"defaults":{}},"model.concatenation":{"defaults":{}},"model.dropout":{"defaults":{}},"model.embedding":{"line":{"_0":1}},"model.hidden":{"defaults":{}},"optimizer.learning_rate":{"defaults":{}},"optimizer.momentum":{"defaults":{}},"optimizer.name":{"defaults":{}},"optimizer.weight_decay":{"defaults":{}},"sampler":{"defaults":{}},"schedule":{"defaults":{}},"seed":{"line":{"_0":4}},"select":{"defaults":{}},"steps":{"line":{"_0":3}}}','{"mid":"49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0"}','2026-11-21T12:12:58.426Z','2026-11-21T12:12:58.446Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO run VALUES(4,'dbabe1c07d925ab2','1e98603c865948778471aae6467d0e059f0c43d0a72de110c25b02260f901503','325c7600b87fa202','pending',1,'{"batch":"8x3","checkpoint.keep":["best","last"],"dataset.levels":["mid"],"dataset.path":"/home/user/practice/features.h5","dataset.preprocess":["l2","center"],"dataset.split":"auto","dataset.split_seed":0,"dataset.validation":0.2,"evaluation.clustering":false,"evaluation.distances":false,"evaluation.every":2,"evaluation.few_shot":false,"evaluation.map":false,"evaluation.recall_at":[1,2,4,8],"loss.alpha":1.2,"loss.gradient":"query_only","loss.lambda":0.5,"loss.margin":0.4,"loss.name":"ranked_list","loss.positive_temperature":0,"loss.query_weighting":"uniform","loss.temperature":10,"model.batch_normalization":false,"model.bias":false,"model.concatenation":"raw","model.dropout":0,"model.embedding":1,"model.hidden":[],"optimizer.learning_rate":0.1,"optimizer.momentum":0.9,"optimizer.name":"sgd","optimizer.weight_decay":2e-05,"sampler":"balanced","schedule":{"cosine":{"floor":0}},"seed":1,"select":"best","steps":200000}','{"batch":{"line":{"_0":1}},"checkpoint.keep":{"defaults":{}},"dataset.levels":{"line":{"_0":1}},"dataset.path":{"line":{"_0":1}},"dataset.preprocess":{"defaults":{}},"dataset.split":{"defaults":{}},"dataset.split_seed":{"defaults":{}},"dataset.validation":{"defaults":{}},"evaluation.clustering":{"line":{"_0":1}},"evaluation.distances":{"defaults":{}},"evaluation.every":{"line":{"_0":1}},"evaluation.few_shot":{"defaults":{}},"evaluation.map":{"defaults":{}},"evaluation.recall_at":{"defaults":{}},"loss.alpha":{"defaults":{}},"loss.gradient":{"defaults":{}},"loss.lambda":{"defaults":{}},"loss.margin":{"defaults":{}},"loss.name":{"defaults":{}},"loss.positive_temperature":{"defaults":{}},"loss.query_weighting":{"defaults":{}},"loss.temperature":{"defaults":{}},"model.batch_normalization":{"defaults":{}},"model.bias":{"defaults":{}},"model.concatenation":{"defaults":{}},"model.dropout":{"defaults":{}},"model.embedding":{"line":{"_0":1}},"model.hidden":{"defaults":{}},"optimizer.learning_rate":{"defaults":{}},"optimizer.momentum":{"defaults":{}},"optimizer.name":{"defaults":{}},"optimizer.weight_decay":{"defaults":{}},"sampler":{"defaults":{}},"schedule":{"defaults":{}},"seed":{"line":{"_0":4}},"select":{"defaults":{}},"steps":{"line":{"_0":3}}}','{"mid":"49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0"}','2026-11-21T12:12:58.426Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE launchJob (
  launchNumber INTEGER NOT NULL REFERENCES launch (number),
  position INTEGER NOT NULL,
  jobKey TEXT NOT NULL REFERENCES job (key),
  runNumber INTEGER NOT NULL REFERENCES run (number),
  action TEXT NOT NULL CHECK (action IN ('run', 'skip', 'retry')),
  reason TEXT NOT NULL,
  PRIMARY KEY (launchNumber, position)
) STRICT, WITHOUT ROWID;
INSERT INTO launchJob VALUES(1,0,'9cf97ab1b0bc59cb26ee311b3705a3ee27c06fa449a6b19828d69849c380eeef',1,'run','new');
INSERT INTO launchJob VALUES(1,1,'448816832305974beb3cc6978b63b20eddebd055a10764c585df084b28a229e9',2,'run','new');
INSERT INTO launchJob VALUES(2,0,'1155df033412505162793ac468eefebe243048ee286e9fb3e8932367f6750e06',3,'run','new');
INSERT INTO launchJob VALUES(2,1,'1e98603c865948778471aae6467d0e059f0c43d0a72de110c25b02260f901503',4,'run','new');
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
  log TEXT,
  PRIMARY KEY (runNumber, position)
) STRICT, WITHOUT ROWID;
INSERT INTO attempt VALUES(1,1,1,'completed','2026-11-21T12:12:57.818Z','2026-11-21T12:12:58.097Z','exit 0',NULL,replace('step 2  train/loss 0.9750  train/nontrivial_positives 0.4167  train/nontrivial_negatives 0.4782  validation/recall@1 0.0370  validation/recall@2 0.0370  validation/recall@4 0.0370  validation/recall@8 0.0667  validation/map@r 0.0278  validation/r_precision 0.0404  validation/precision@1 0.0370  validation/tied_queries 538.0000\nstep 4  train/loss 0.9000  train/nontrivial_positives 0.3333  train/nontrivial_negatives 0.5417  validation/recall@1 0.0370  validation/recall@2 0.0370  validation/recall@4 0.0370  validation/recall@8 0.0667  validation/map@r 0.0278  validation/r_precision 0.0404  validation/precision@1 0.0370  validation/tied_queries 538.0000\nstep 2  test/recall@1 0.0094  test/recall@2 0.0094  test/recall@4 0.0094  test/recall@8 0.0142  test/map@r 0.0071  test/r_precision 0.0104  test/precision@1 0.0094  test/tied_queries 2113.0000\n','\n',char(10)));
INSERT INTO attempt VALUES(2,1,1,'failed','2026-11-21T12:12:58.120Z','2026-11-21T12:12:58.262Z','exit 0','training diverged: the loss is not finite at step 2. Lower optimizer.learning_rate or the temperatures',replace('training diverged: the loss is not finite at step 2. Lower optimizer.learning_rate or the temperatures\n','\n',char(10)));
INSERT INTO attempt VALUES(3,1,2,'interrupted','2026-11-21T12:12:58.446Z','2026-11-21T12:13:05.352Z',NULL,'the launching process ended before the job did',NULL);
CREATE TABLE measure (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO measure VALUES(1,'r_precision');
INSERT INTO measure VALUES(2,'tied_queries');
INSERT INTO measure VALUES(3,'precision@1');
INSERT INTO measure VALUES(4,'recall@2');
INSERT INTO measure VALUES(5,'recall@1');
INSERT INTO measure VALUES(6,'map@r');
INSERT INTO measure VALUES(7,'recall@4');
INSERT INTO measure VALUES(8,'recall@8');
INSERT INTO measure VALUES(9,'train/loss');
INSERT INTO measure VALUES(10,'train/nontrivial_positives');
INSERT INTO measure VALUES(11,'train/nontrivial_negatives');
INSERT INTO measure VALUES(12,'validation/recall@1');
INSERT INTO measure VALUES(13,'validation/recall@2');
INSERT INTO measure VALUES(14,'validation/recall@4');
INSERT INTO measure VALUES(15,'validation/recall@8');
INSERT INTO measure VALUES(16,'validation/map@r');
INSERT INTO measure VALUES(17,'validation/r_precision');
INSERT INTO measure VALUES(18,'validation/precision@1');
INSERT INTO measure VALUES(19,'validation/tied_queries');
INSERT INTO measure VALUES(20,'test/recall@1');
INSERT INTO measure VALUES(21,'test/recall@2');
INSERT INTO measure VALUES(22,'test/recall@4');
INSERT INTO measure VALUES(23,'test/recall@8');
INSERT INTO measure VALUES(24,'test/map@r');
INSERT INTO measure VALUES(25,'test/r_precision');
INSERT INTO measure VALUES(26,'test/precision@1');
INSERT INTO measure VALUES(27,'test/tied_queries');
CREATE TABLE metricPoint (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  measureNumber INTEGER NOT NULL REFERENCES measure (number),
  step INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (runNumber, measureNumber, step)
) STRICT, WITHOUT ROWID;
INSERT INTO metricPoint VALUES(1,9,2,0.975000038743019104);
INSERT INTO metricPoint VALUES(1,9,4,0.90000002955396962711);
INSERT INTO metricPoint VALUES(1,10,2,0.41666666666666668517);
INSERT INTO metricPoint VALUES(1,10,4,0.33333333333333337034);
INSERT INTO metricPoint VALUES(1,11,2,0.47817460317460314112);
INSERT INTO metricPoint VALUES(1,11,4,0.54166666666666674068);
INSERT INTO metricPoint VALUES(1,12,2,0.037037037037037034981);
INSERT INTO metricPoint VALUES(1,12,4,0.037037037037037034981);
INSERT INTO metricPoint VALUES(1,13,2,0.037037037037037034981);
INSERT INTO metricPoint VALUES(1,13,4,0.037037037037037034981);
INSERT INTO metricPoint VALUES(1,14,2,0.037037037037037034981);
INSERT INTO metricPoint VALUES(1,14,4,0.037037037037037034981);
INSERT INTO metricPoint VALUES(1,15,2,0.066666666666666665741);
INSERT INTO metricPoint VALUES(1,15,4,0.066666666666666665741);
INSERT INTO metricPoint VALUES(1,16,2,0.027835001783592275975);
INSERT INTO metricPoint VALUES(1,16,4,0.027835001783592275975);
INSERT INTO metricPoint VALUES(1,17,2,0.040350877192982456675);
INSERT INTO metricPoint VALUES(1,17,4,0.040350877192982456675);
INSERT INTO metricPoint VALUES(1,18,2,0.037037037037037034981);
INSERT INTO metricPoint VALUES(1,18,4,0.037037037037037034981);
INSERT INTO metricPoint VALUES(1,19,2,538.0);
INSERT INTO metricPoint VALUES(1,19,4,538.0);
INSERT INTO metricPoint VALUES(1,20,2,0.0094339622641509430361);
INSERT INTO metricPoint VALUES(1,21,2,0.0094339622641509430361);
INSERT INTO metricPoint VALUES(1,22,2,0.0094339622641509430361);
INSERT INTO metricPoint VALUES(1,23,2,0.014150943396226415421);
INSERT INTO metricPoint VALUES(1,24,2,0.0070884322584543668285);
INSERT INTO metricPoint VALUES(1,25,2,0.010427010923535241782);
INSERT INTO metricPoint VALUES(1,26,2,0.0094339622641509430361);
INSERT INTO metricPoint VALUES(1,27,2,2113.0);
CREATE TABLE finalMetric (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  measureNumber INTEGER NOT NULL REFERENCES measure (number),
  value REAL,
  PRIMARY KEY (runNumber, measureNumber)
) STRICT, WITHOUT ROWID;
INSERT INTO finalMetric VALUES(1,9,0.975000038743019104);
INSERT INTO finalMetric VALUES(1,10,0.41666666666666668517);
INSERT INTO finalMetric VALUES(1,11,0.47817460317460314112);
INSERT INTO finalMetric VALUES(1,12,0.037037037037037034981);
INSERT INTO finalMetric VALUES(1,13,0.037037037037037034981);
INSERT INTO finalMetric VALUES(1,14,0.037037037037037034981);
INSERT INTO finalMetric VALUES(1,15,0.066666666666666665741);
INSERT INTO finalMetric VALUES(1,16,0.027835001783592275975);
INSERT INTO finalMetric VALUES(1,17,0.040350877192982456675);
INSERT INTO finalMetric VALUES(1,18,0.037037037037037034981);
INSERT INTO finalMetric VALUES(1,19,538.0);
INSERT INTO finalMetric VALUES(1,20,0.0094339622641509430361);
INSERT INTO finalMetric VALUES(1,21,0.0094339622641509430361);
INSERT INTO finalMetric VALUES(1,22,0.0094339622641509430361);
INSERT INTO finalMetric VALUES(1,23,0.014150943396226415421);
INSERT INTO finalMetric VALUES(1,24,0.0070884322584543668285);
INSERT INTO finalMetric VALUES(1,25,0.010427010923535241782);
INSERT INTO finalMetric VALUES(1,26,0.0094339622641509430361);
INSERT INTO finalMetric VALUES(1,27,2113.0);
CREATE TABLE blob (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO blob VALUES('60c65ca6e9875f33258337f644e43599e5320e86e207e15530c9f1664e29838d',3496);
INSERT INTO blob VALUES('a996078ac3941fc5bc3be54738ac2aa78495d2d3895ecb9547596fb493c1dbf8',3496);
CREATE TABLE blobChunk (
  number INTEGER PRIMARY KEY,
  blobDigest TEXT NOT NULL REFERENCES blob (digest),
  position INTEGER NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (blobDigest, position)
) STRICT;
INSERT INTO blobChunk VALUES(1,'a996078ac3941fc5bc3be54738ac2aa78495d2d3895ecb9547596fb493c1dbf8',0,X'60010000000000007b225f5f6d657461646174615f5f223a7b22636f6e636174656e6174696f6e223a22726177222c226a6f625f6b6579223a2239636639376162316230626335396362323665653331316233373035613365653237633036666134343961366231393832386436393834396333383065656566222c226c6576656c73223a225b5c226d69645c225d222c2270726570726f63657373223a225b5c226c325c222c5c2263656e7465725c225d222c22736368656d61223a2231222c2273746570223a2232227d2c2270726570726f636573732e6d65616e223a7b226474797065223a22463332222c227368617065223a5b3339325d2c22646174615f6f666673657473223a5b302c313536385d7d2c22656d62656464696e672e776569676874223a7b226474797065223a22463332222c227368617065223a5b3339325d2c22646174615f6f666673657473223a5b313536382c333133365d7d7d20202020202020309e663b23b7593be89e833be827fc3b0c37f43c3c0d023c132f903b0c987b3bacc7ca3bde6db63bfd6dde3bb72c433c1a7e233d6508553cca310a3c181fd83bf826013c202dde3bb2a2173c983c723c84272b3d660e7a3c029b243cea4d013cf130e23b315de33b762b303c92b5963c1b63333db4f8783cdb22203ce8ece33baa76b33b3f98b63b9586013ca0bd823cfa7e2e3d8fbf5c3c0a3af43bf7b1b43bb049903bca1b9a3bbaebaa3b885d423cba23243d39ea333c71dbb03b15428e3b19292f3b3edf293bbe613e3b569ce83bbf93f63cf46af43b37114c3bf161303b8b48e83bb3f4c93b120ddd3b4cbe393c85ad283d78095e3c1d85173c3e16fa3badc2853c538e643c28f8803ce85eb33c637e6e3d35c3d33cc750b43cd754953c19a3be3c4056a33ca74cd23cec63113d263c8c3d5ba8073dce09e03ceb26c03ce062b53c655faf3c2cd8e03cec172a3d5c2b933d176d0c3df034da3c45afac3c67858a3c8838893c6657a83c6d2e043da3f9873d6c19f53c36e79c3c8a527f3cd4703c3ce9c54a3cf65e443c6e32a53c07a66d3de5b1a33c7ca6413cfb372d3cee57b23bb642ba3b5a0eb23be3d1303c5ea7293d70e4393ce961b93b6130a33ba368353c81821e3cf146083c8bc2453cb8fc273d20fa643ccf0e1b3cbee1143c8bc7d83cafa7c33c932dc13c9723e43c4f6b723d7c25ef3c881bd83c04ccce3c4c87173dd3da033d455f1b3d5dc33b3d70448c3d1d6c1c3ddf981f3dd179163d64fd213d27b7083dba48103df004363dfc5a973dcb19363df2bc1e3dce1d133de7cdfb3c701fd43c1138dc3c569a0c3de77a893db38b203d2d6bff3c9c82e33ca4bbb33cfc1ca13c2b20973c8523be3c583b673d1f45c53cc9f8993c8ab2a63cdcd5143c9feb0d3c5d1ef13b0fea393c55ba213d9a0d3a3c0005e93ba489083cb5505d3c82c1353ccee2173cf11f4e3c8b2b1f3dc3034d3c5a37133ca2522e3c1a0e083dd889f93c0ed0d93c1143e33c5da05d3d6053d03c4b52cc3c945fda3cdbe7343d93081b3d18d41a3dd2352d3d0bd37c3dda8a113dab2a233dffbe283d1639413de8df183d0b24193dc1332e3dda1a893d3e40283d52e2253dfe3c313da9d31a3d44aae93c2f65f33cc96c123d33d2823d2516253d9c481c3d17d41d3db2a6e93c3728b93ce365a43c11cbc63ce306623dcdcce53c9bd5d23ca5d8db3cf59b313c71831e3c0165fb3b2c3c3f3c47571f3dfb66503cea6d153c7f16293c6287413cd20c4a3cd3d72c3ce8e15f3c15742b3df491563c9556003c0f9e183c3641e93c3ad0e43cc3b6c83c332ce03cea28693d7487c73cae36ac3ca55abf3c063b233df96d0f3d9208083dfbd41b3d1816803dd4b7023da4520a3da7f1113d7518273d9a61113da3eb163dd6672d3db5b6883d0e6e113d1dae153d58541e3d3f43143d5b40ec3c07b4ec3cce651e3d4cd1893d8bfc0a3d22ca003d74d9103d75b4ea3c613ab23c2bd99e3cfe78d83c7621713d0078df3cb641c83cb010df3cd4d9373ce5c91d3cad01013c40d2463c8e37293d5109623cfb80323ce5ac323c16d2253c421f283c63ee193c063d593cf826233d111b3d3cf715f53b8ab20d3c5da7a13cf5f9993cceac973c3ad0ca3cf448653d3f25ab3cd30f7e3c13b2853cf396ce3cddceaf3cbca1c13c8f1c013da70e7d3dffe5dc3c133bbb3c4db7bd3c65c9bc3cd8ffa63c863cc33c4970083d8bc0853ddc67fd3c2e73d03c40e1c23c9edfaa3c07ab963c2653a63ceb75f03c659d803d4802ee3c2dbeb83cf912aa3cedd2963c3cf9743cba8a583c9934a03ce1095f3d206dc43cbba6993cf7a3983c4c92153ca5cdf13b8ca5db3b9c79363c7c811e3dca574e3cf40c1c3c199c123cad9e963bd65a873b0bd68e3bb4380a3c5120053d66a8063c9902933b3f57973be2d1013c76d8e13b5000fb3b6b3b5a3c31ce303dbaf74f3c5d8be83b8ae5e63b4c690e3cb4f7fa3b76d61a3c7e71893cdd8b3e3d6bc8773cc5300a3c55d4003ca31cf13b0effe93ba2df0e3c6a47863c5086423d5624863ccb090f3ca2dff53b64cbe03b29c7cf3b5ee8ee3b97bf623c49b9383df2506e3c73d3023cceeaea3bc006dd3b1af8c23b507ac13bd8313e3c38122f3d53ec623cfb02fd3bc7d9db3b4c39893b66d1733b6dd0813b915b053c99f2043d02a00f3c5c569d3b70007d3b3c2b98bd0d7003bd01837e3ddaf8cd3c20aa933d7a23d5bc1ace053cc7b0943d13ba8a3d136fc63ccff03fbdc5a42239fd10333b82dba73bb80cc6bcd1e4b1bd050d6a3dc6ca523d6ee6bcbc6b638e3d4ed0223d58bd34bd61d27e3d3e15fcbc9d7fc53ce1ab9ebda07acc3ce77c9cbd11fac3bcf2dd66bda9ced4bae4405e3dff58fcbcd9b466bc2caf673db018a0bc03edc6bca0341e3d8f102bbd04c9a9bd1468eebcca10abbd6f286a3d9f0efabcf20793bc6362b7bceb348fbdcce60b3df380aa3ceff0783d6154a63dd140a4bc422fa43d7a84753ddf4fc1bc5014053d40e8dcbcec92943d98c2debbf24d26bde485a9bb7f31203d624da33d42d296bdf64e19bdbbd51e3deb0c8d3d888e87bd8979963d84d8b1bdcec4b03baac9303d98d092bd9e7698bd825279bc4473743b50ce303dabd4b03dae6a99bd94c901bddc9c4abbb9d6f63cbdc54dbde343bfbc3117333b9e56223dc99c8fbd2d6042bdc99f8d3dda92143ce9bb823da41c8b3dccff683dddc91c3b7368dcbc6888623de1d68bbd6b0ba53dca20d43b366f693d4516483d7f161d3d8396d9bc1548a1bc1545303d396a1abcfa3b543d4077983cf08c7a3d7d53953d7f8c8abddb98973a285dfcbc9d9d52bd20c1d33c6a524abd271bc5bc54621f3d5bb491bdb6e34e3daa01433d4245393b913c493debe9f43cb3d4e93c65d99ebd0cb4fe3c6091383dfd69abbc034f143d41489c3da6041a3d806002bd56de693a1cf9b4bb60c0333d31873d3da34d823de3b746bb41c0b73cb523b03d11456ebc57ec33bdc2f9933da49270bd25204abd200a343dabe0543d1798913d88038b3c224a98bdbf9eabbcaeb7c73c6dc40d3d0e4c91bd866366bd60a73bbd8652273c2fe5aabd8d9b7c3da1b8dcbb3519e03c7c3b8ebdbdb49d3d7612b63c90e26abdae8d98bddbb3253d8ce6dc3b3cae963d7e46963c36959bbd9d7897bd2361a7bd403f6d3d759b10bde4faaa3d49e797bdf23690bdfe424dbd04aa6bbd20d6a9bc5a57593d6ec034bdb6db853dda0219bcb7bdcebb5a4ddabc257f7c3b646898bc65b7f43be1fb5e3d7886813d704a01bd65a0cc3cb555033db0fc473cb63c87bdcbfb94bc4b2398bd28beb43cc65ba4bc8b170f3db6b151bc8965a2bdfacf8f3da0cf7dbcbeb4ff3c6bdb2b3d47846fbd7d2517bbfa5eab3d8c612fbd2fee083d52b155bd1d37393d69bb4c3d99aababa1aa3893dc125113dc6de853d6c5cad3d67ab853d889cdebb116f25bdcecbc9399b7e0cbd86a745bda4294fbdafc3933dff559a3d889ba0bdb07394bdb21b85bdbaa2ad3d198ba5bd3c0c903dab69663c0902993de140a8bb9606e43cba50a7bd68068a3dd00a42bddea2f43c5ce1283d8063143c66706c3da6faa63d57a6f33c246e57bdef538ebd217073bdced9b53c2462613dd62299bdae1630bc08fa503dfa4c1fbd78f1853dc115933dbf9b39bd2b63a0bd5689413db9dea4bb7c3b4abd1b4b513dab8f433da0a6ef3c9098aebd1d6297bdfe2b5c3dd83f463d7487bb3b52b1eebb7206823d07e05bbdca736fbc5394b7bc5e36243cd84ec9bb4e98513dc4001b3d396895bcb5618e3d2a7e1dbb9331913dcd87b0bd6daf393ce8543ebd2350a4bd2a4fafbd6d5d6d3d91a32a3dfb1fae3d0fb9b03b6fddafbc50991cbc31288b3d1638e03c1cd3c2bc73c10abde80761bd4fe705bdf3b9163d285197bdfb81863d2969b1bdd457bd3c4c9271bd0510a23d225c48bd16f6803d6e29803d49e47c3d575199bc27a1a7bdc418833d3033a9bdbe28aebc8979ab3d4757a0bd1f133d3d29a585bd36ca50bce53308bde0ee0ebd90bd4a3d1d3b02bc4fd0af3c7f2671bd5a75533d737b3ebd8fc1b0bd6515283d5e7da3bd487425bb5f912a3c9cb0183dc4bbd73ce28f97bd3ed5ef3c36950dbda40ab33be7747dbc3303efbc5a481e3cb9d925bc62cb683d30f4b0bd1a63a9bde19db23c6a883fbd6f49e23b2a0dcfbc4f04873db910da3c1dc18ebd1dd3373b37c292bdd6198d3d1bab693c7759243dee18343ddd0642bd90248e3c5ba7513d7bd2da3b5d8409bde510b33c6794a6bdfa7c59bdf4c4a7bd3b4435bdfd193f3d324d923d0f968a3c958c77bde375333ce92c713d32060a3de7639abd6c3ca0bd4b53103cf1f2043df4cf863b0ce2af3dee0b973d16ad3e3caf496d3b8e9d163de42c243d');
INSERT INTO blobChunk VALUES(2,'60c65ca6e9875f33258337f644e43599e5320e86e207e15530c9f1664e29838d',0,X'60010000000000007b225f5f6d657461646174615f5f223a7b22636f6e636174656e6174696f6e223a22726177222c226a6f625f6b6579223a2239636639376162316230626335396362323665653331316233373035613365653237633036666134343961366231393832386436393834396333383065656566222c226c6576656c73223a225b5c226d69645c225d222c2270726570726f63657373223a225b5c226c325c222c5c2263656e7465725c225d222c22736368656d61223a2231222c2273746570223a2234227d2c2270726570726f636573732e6d65616e223a7b226474797065223a22463332222c227368617065223a5b3339325d2c22646174615f6f666673657473223a5b302c313536385d7d2c22656d62656464696e672e776569676874223a7b226474797065223a22463332222c227368617065223a5b3339325d2c22646174615f6f666673657473223a5b313536382c333133365d7d7d20202020202020309e663b23b7593be89e833be827fc3b0c37f43c3c0d023c132f903b0c987b3bacc7ca3bde6db63bfd6dde3bb72c433c1a7e233d6508553cca310a3c181fd83bf826013c202dde3bb2a2173c983c723c84272b3d660e7a3c029b243cea4d013cf130e23b315de33b762b303c92b5963c1b63333db4f8783cdb22203ce8ece33baa76b33b3f98b63b9586013ca0bd823cfa7e2e3d8fbf5c3c0a3af43bf7b1b43bb049903bca1b9a3bbaebaa3b885d423cba23243d39ea333c71dbb03b15428e3b19292f3b3edf293bbe613e3b569ce83bbf93f63cf46af43b37114c3bf161303b8b48e83bb3f4c93b120ddd3b4cbe393c85ad283d78095e3c1d85173c3e16fa3badc2853c538e643c28f8803ce85eb33c637e6e3d35c3d33cc750b43cd754953c19a3be3c4056a33ca74cd23cec63113d263c8c3d5ba8073dce09e03ceb26c03ce062b53c655faf3c2cd8e03cec172a3d5c2b933d176d0c3df034da3c45afac3c67858a3c8838893c6657a83c6d2e043da3f9873d6c19f53c36e79c3c8a527f3cd4703c3ce9c54a3cf65e443c6e32a53c07a66d3de5b1a33c7ca6413cfb372d3cee57b23bb642ba3b5a0eb23be3d1303c5ea7293d70e4393ce961b93b6130a33ba368353c81821e3cf146083c8bc2453cb8fc273d20fa643ccf0e1b3cbee1143c8bc7d83cafa7c33c932dc13c9723e43c4f6b723d7c25ef3c881bd83c04ccce3c4c87173dd3da033d455f1b3d5dc33b3d70448c3d1d6c1c3ddf981f3dd179163d64fd213d27b7083dba48103df004363dfc5a973dcb19363df2bc1e3dce1d133de7cdfb3c701fd43c1138dc3c569a0c3de77a893db38b203d2d6bff3c9c82e33ca4bbb33cfc1ca13c2b20973c8523be3c583b673d1f45c53cc9f8993c8ab2a63cdcd5143c9feb0d3c5d1ef13b0fea393c55ba213d9a0d3a3c0005e93ba489083cb5505d3c82c1353ccee2173cf11f4e3c8b2b1f3dc3034d3c5a37133ca2522e3c1a0e083dd889f93c0ed0d93c1143e33c5da05d3d6053d03c4b52cc3c945fda3cdbe7343d93081b3d18d41a3dd2352d3d0bd37c3dda8a113dab2a233dffbe283d1639413de8df183d0b24193dc1332e3dda1a893d3e40283d52e2253dfe3c313da9d31a3d44aae93c2f65f33cc96c123d33d2823d2516253d9c481c3d17d41d3db2a6e93c3728b93ce365a43c11cbc63ce306623dcdcce53c9bd5d23ca5d8db3cf59b313c71831e3c0165fb3b2c3c3f3c47571f3dfb66503cea6d153c7f16293c6287413cd20c4a3cd3d72c3ce8e15f3c15742b3df491563c9556003c0f9e183c3641e93c3ad0e43cc3b6c83c332ce03cea28693d7487c73cae36ac3ca55abf3c063b233df96d0f3d9208083dfbd41b3d1816803dd4b7023da4520a3da7f1113d7518273d9a61113da3eb163dd6672d3db5b6883d0e6e113d1dae153d58541e3d3f43143d5b40ec3c07b4ec3cce651e3d4cd1893d8bfc0a3d22ca003d74d9103d75b4ea3c613ab23c2bd99e3cfe78d83c7621713d0078df3cb641c83cb010df3cd4d9373ce5c91d3cad01013c40d2463c8e37293d5109623cfb80323ce5ac323c16d2253c421f283c63ee193c063d593cf826233d111b3d3cf715f53b8ab20d3c5da7a13cf5f9993cceac973c3ad0ca3cf448653d3f25ab3cd30f7e3c13b2853cf396ce3cddceaf3cbca1c13c8f1c013da70e7d3dffe5dc3c133bbb3c4db7bd3c65c9bc3cd8ffa63c863cc33c4970083d8bc0853ddc67fd3c2e73d03c40e1c23c9edfaa3c07ab963c2653a63ceb75f03c659d803d4802ee3c2dbeb83cf912aa3cedd2963c3cf9743cba8a583c9934a03ce1095f3d206dc43cbba6993cf7a3983c4c92153ca5cdf13b8ca5db3b9c79363c7c811e3dca574e3cf40c1c3c199c123cad9e963bd65a873b0bd68e3bb4380a3c5120053d66a8063c9902933b3f57973be2d1013c76d8e13b5000fb3b6b3b5a3c31ce303dbaf74f3c5d8be83b8ae5e63b4c690e3cb4f7fa3b76d61a3c7e71893cdd8b3e3d6bc8773cc5300a3c55d4003ca31cf13b0effe93ba2df0e3c6a47863c5086423d5624863ccb090f3ca2dff53b64cbe03b29c7cf3b5ee8ee3b97bf623c49b9383df2506e3c73d3023cceeaea3bc006dd3b1af8c23b507ac13bd8313e3c38122f3d53ec623cfb02fd3bc7d9db3b4c39893b66d1733b6dd0813b915b053c99f2043d02a00f3c5c569d3b70007d3beb2a98bdc66f03bd79827e3d6cf8cd3cd1a9933d0823d5bcd3cd053c77b0943dc8b98a3da96ec63c68f03fbd6ea422399d10333b28dba73b4e0cc6bc72e4b1bd870c6a3d55ca523d09e6bcbc1e638e3df7cf223df7bc34bdd9d17e3db614fcbc337fc53c8cab9ebd327acc3c937c9cbda8f9c3bc76dd66bd37ced4ba6c405e3d7758fcbc5db466bcb0ae673d5a18a0bc98ecc6bc4b341e3d33102bbda9c8a9bd9467eebc6e10abbdf1276a3d190efabca30793bc0162b7bc9e348fbd81e60b3d9880aa3c69f0783d0854a63d7940a4bcea2ea43df683753d774fc1bc0914053dcae7dcbc9d92943d20c2debb994d26bd8985a9bb2931203d0b4da33df1d196bda34e19bd66d51e3da00c8d3d3f8e87bd3879963d25d8b1bd6fc4b03b4bc9303d49d092bd4c7698bdfc5179bcc072743bf1cd303d4cd4b03d5b6a99bd4fc901bd6f9c4abb35d6f63c4fc54dbd7c43bfbcd116333b4756223d7c9c8fbdc55f42bd7d9f8d3d8b92143ca2bb823d591c8b3d4fff683d89c91c3bfd67dcbcee87623d96d68bbd120ba53d5820d43bb86e693dd915483d2a161d3d0e96d9bcbe47a1bcb644303de6691abc883b543dee76983c6a8c7a3d2d53953d348c8abd8a98973aa05cfcbc2c9d52bdaec0d33cfe514abdbd1ac5bcff611f3d0cb491bd47e34e3d4101433ddf44393b253c493d67e9f43c35d4e93c10d99ebd84b3fe3cfd90383da169abbcb44e143ded479c3d53041a3d3a6002bdd8dd693abbf8b4bbffbf333dcb863d3d5e4d823d78b746bbdebfb73c5623b03d91446ebcf6eb33bd73f9933d229270bdb91f4abdbf09343d39e0543dc997913d3d038b3cd14998bd639eabbc43b7c73c21c40d3dc04b91bd0a6366bdfba63bbd2c52273cd3e4aabd059b7c3d2bb8dcbbbd18e03c2f3b8ebd68b49d3d1412b63c12e26abd5c8d98bd82b3253d16e6dc3bebad963d2d46963ce3949bbd4c7897bdc960a7bdc03e6d3d289b10bd88faaa3df8e697bda53690bd90424dbd86a96bbdc5d5a9bce656593d0dc034bd6fdb853d880219bc48bdcebbe54cdabc9d7e7c3b126898bce1b6f43b69fb5e3d3386813d2b4a01bdf79fcc3c6e55033d45fc473c6d3c87bd7bfb94bcfa2298bdc7bdb43c6e5ba4bc3e170f3d46b151bc3265a2bdadcf8f3d18cf7dbc34b4ff3c0fdb2b3dc7836fbd2c2517bb9e5eab3d2e612fbde6ed083de0b055bdba36393dfbba4c3d35aababad1a2893d7325113d7fde853d0f5cad3d20ab853d109cdebbb86e25bd62cbc939507e0cbd1ca745bd35294fbd60c3933dac559a3d329ba0bd617394bd6b1b85bd5da2ad3dc08aa5bdef0b903d2f69663cb701993d8740a8bb1c06e43c6050a7bd1e068a3d680a42bd5aa2f43c01e1283d3163143ce76f6c3d4dfaa63dd5a5f33cb06d57bda2538ebd9f6f73bd6cd9b53cab61613d842299bd4f1630bc98f9503da54c1fbd31f1853d7215933d5b9b39bdd562a0bdee88413d60dea4bb103b4abdab4a513d428f433d20a6ef3c3298aebdcc6197bd882b5c3d6e3f463d0f87bb3bd2b0eebb2d06823d91df5bbd4a736fbcf093b7bc0636243c6c4ec9bbde97513d71001b3de96795bc68618e3dd57d1dbb4531913d6e87b0bd09af393c82543ebdcb4fa4bdcc4eafbded5c6d3d36a32a3d9e1fae3db0b8b03b11ddafbcfc981cbce6278b3d9e37e03cb3d2c2bc28c10abd700761bd08e705bda2b9163dd75097bdb281863dca68b1bd6e57bd3cca9171bdae0fa23db65b48bdd1f5803d2929803dc1e37c3d045199bccda0a7bd7d18833dd532a9bd6128aebc2d79ab3df156a0bdb9123d3de2a485bdc6c950bc9c3308bd93ee0ebd23bd4a3dd83a02bcf1cfaf3cfd2571bde874533d0d7b3ebd30c1b0bd0b15283d067da3bdef7325bb04912a3c4ab0183d50bbd73c918f97bdbed4ef3cea940dbd440ab33b5f747dbcb302efbc05481e3c60d925bce5ca683dd1f3b0bdbf62a9bd819db23c03883fbdf548e23bbb0ccfbc0604873d4410da3cd0c08ebdbad2373be8c192bd8b198d3d9daa693c1f59243d8d18343d750642bd43248e3ceba6513d05d2da3b148409bd8510b33c0e94a6bd867c59bd9ac4a7bdda4335bd96193f3de34c923dc4958a3c118c77bd8375333c672c713de8050a3d94639abd163ca0bdfe52103caaf2043dabcf863baee1af3d9d0b973db0ac3e3c2f496d3b3d9d163d8c2c243d');
CREATE TABLE checkpoint (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  kind TEXT NOT NULL CHECK (kind IN ('best', 'last')),
  step INTEGER NOT NULL,
  blobDigest TEXT NOT NULL REFERENCES blob (digest),
  PRIMARY KEY (runNumber, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO checkpoint VALUES(1,'best',2,'a996078ac3941fc5bc3be54738ac2aa78495d2d3895ecb9547596fb493c1dbf8');
INSERT INTO checkpoint VALUES(1,'last',4,'60c65ca6e9875f33258337f644e43599e5320e86e207e15530c9f1664e29838d');
CREATE TABLE featureFigure (
  dataDigest TEXT NOT NULL CHECK (length(dataDigest) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('raw', 'centered', 'whitened', 'lda')),
  measureNumber INTEGER NOT NULL REFERENCES measure (number),
  value REAL,
  PRIMARY KEY (dataDigest, kind, measureNumber)
) STRICT, WITHOUT ROWID;
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','centered',1,0.2821251241310799851);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','centered',2,0.0);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','centered',3,0.64528301886792449604);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','centered',4,0.76839622641509430778);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','centered',5,0.64528301886792449604);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','centered',6,0.18275877980094643038);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','centered',7,0.86132075471698110735);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','centered',8,0.9250000000000000444);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','lda',1,0.40131578947368340415);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','lda',2,0.0);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','lda',3,0.7877358490566037652);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','lda',4,0.887735849056603743);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','lda',5,0.7877358490566037652);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','lda',6,0.30082138622625326229);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','lda',7,0.94292452830188677737);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','lda',8,0.97311320754716978953);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','raw',1,0.27365938430982855722);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','raw',2,0.0);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','raw',3,0.64339622641509430778);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','raw',4,0.7622641509433962792);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','raw',5,0.64339622641509430778);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','raw',6,0.18017436261968916566);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','raw',7,0.85330188679245277949);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','raw',8,0.92122641509433966788);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','whitened',1,0.29252730883813093942);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','whitened',2,0.0);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','whitened',3,0.6561320754716981618);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','whitened',4,0.78066037735849058698);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','whitened',5,0.6561320754716981618);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','whitened',6,0.19576357659581761216);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','whitened',7,0.86792452830188682177);
INSERT INTO featureFigure VALUES('49c9057f5645898cc39ba51c70c6e07bb3a0f028482b249f1cb33e851e4d60a0','whitened',8,0.93207547169811322262);
CREATE TABLE tag (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  name TEXT NOT NULL,
  PRIMARY KEY (runNumber, name)
) STRICT, WITHOUT ROWID;
INSERT INTO tag VALUES(1,'paper');
CREATE INDEX launchBySweep ON launch (sweepId);
CREATE INDEX launchWithoutEnd ON launch (endedAt) WHERE endedAt IS NULL;
CREATE INDEX runByJob ON run (jobKey);
CREATE UNIQUE INDEX unfinishedRunOfJob ON run (jobKey)
  WHERE state IN ('pending', 'running', 'interrupted');
CREATE INDEX checkpointByBlob ON checkpoint (blobDigest);
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
COMMIT;
PRAGMA application_id = 1919708275;
PRAGMA user_version = 1;
