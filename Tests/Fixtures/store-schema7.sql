-- A store of schema 7 with one run completed, one failed, one interrupted and one waiting: that of
-- schema 6 as rll-sweep 0.1.0 brought it up (sqlite3's .dump).
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE document (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO document VALUES('b4ea85a3f80dd1cbde3f11013cff246cc713b408db1fb18783160542310e2614',replace('extends: base.yaml\nname: practice\nsweep:\n  learning_rate: [0.1, 1e30]\nseeds: 1\n\n# extends base.yaml:\nname: practice\ndescription: what version 2 wrote\nbase:\n  dataset: {path: features.h5, levels: [mid]}\n  embedding: 1\n  batch: 8x3\n  steps: 4\n  evaluation: {every: 2, clustering: false}\n','\n',char(10)));
INSERT INTO document VALUES('e5bfc0b3514658135b488798f9ec95ca8a0ba224118e6295bbadb261ce60f595',replace('extends: base.yaml\nname: long\nbase: {steps: 20000000, evaluation: {every: 10000000}}\nseeds: 2\n\n# extends base.yaml:\nname: practice\ndescription: what version 2 wrote\nbase:\n  dataset: {path: features.h5, levels: [mid]}\n  embedding: 1\n  batch: 8x3\n  steps: 4\n  evaluation: {every: 2, clustering: false}\n','\n',char(10)));
CREATE TABLE sweep (
  id TEXT PRIMARY KEY CHECK (length(id) = 16),
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  createdAt TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sweep VALUES('4dc2e01c7543e3a0','long',NULL,'2026-11-21T14:41:43.733Z');
INSERT INTO sweep VALUES('9d0ee15f2e8fbb71','practice',NULL,'2026-11-21T14:41:43.597Z');
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
INSERT INTO launch VALUES(1,'2fc98c7e0afe70a3','9d0ee15f2e8fbb71','practice.yaml','b4ea85a3f80dd1cbde3f11013cff246cc713b408db1fb18783160542310e2614','["rll-sweep","launch","practice.yaml","--store","experiments.sqlite","--workers","1"]','[{"name":"optimizer.learning_rate","values":[0.1,1e+30]}]','validation/map@r','maximize','example',16158,'2026-11-21T14:41:43.597Z','2026-11-21T14:41:43.685Z','{"retries":0}',NULL,0,'[]');
INSERT INTO launch VALUES(2,'e26c3651c5aec7fe','4dc2e01c7543e3a0','long.yaml','e5bfc0b3514658135b488798f9ec95ca8a0ba224118e6295bbadb261ce60f595','["rll-sweep","launch","long.yaml","--store","experiments.sqlite","--workers","1"]','[]','validation/map@r','maximize','example',16175,'2026-11-21T14:41:43.733Z','2026-11-21T14:41:45.707Z','{"retries":0}',NULL,0,'[]');
CREATE TABLE job (
  key TEXT PRIMARY KEY CHECK (length(key) = 64),
  canonicalText TEXT NOT NULL CHECK (json_valid(canonicalText))
) STRICT, WITHOUT ROWID;
INSERT INTO job VALUES('4085684032e9805ecb1a7c69914fe017031e8754c2095a47153367aec4e6b3a5','{"data":{"mid":"e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11"},"defaults":2,"objective":{"goal":"maximize","metric":"validation/map@r"},"settings":{"batch":"8x3","evaluation.clustering":false,"evaluation.every":2,"model.embedding":1,"steps":4}}');
INSERT INTO job VALUES('4fdb46bb0cb79e3d9c3d09f1091d5a88388729bb6aef4d089ab3bff54bffb48a','{"data":{"mid":"e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11"},"defaults":2,"objective":{"goal":"maximize","metric":"validation/map@r"},"settings":{"batch":"8x3","evaluation.clustering":false,"evaluation.every":10000000,"model.embedding":1,"steps":20000000}}');
INSERT INTO job VALUES('ab0b2895b6ecd856a221f7ab746e9b670a5d5471885d91de142b863a9ec4374a','{"data":{"mid":"e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11"},"defaults":2,"objective":{"goal":"maximize","metric":"validation/map@r"},"settings":{"batch":"8x3","evaluation.clustering":false,"evaluation.every":2,"model.embedding":1,"optimizer.learning_rate":1e+30,"steps":4}}');
INSERT INTO job VALUES('c3ab9c0af22b2017ac8b85f8d1df288b5f47cbd3a867ca98ff948fde13753afa','{"data":{"mid":"e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11"},"defaults":2,"objective":{"goal":"maximize","metric":"validation/map@r"},"settings":{"batch":"8x3","evaluation.clustering":false,"evaluation.every":10000000,"model.embedding":1,"seed":1,"steps":20000000}}');
CREATE TABLE environment (
  number INTEGER PRIMARY KEY,
  content TEXT NOT NULL UNIQUE CHECK (json_valid(content))
) STRICT;
INSERT INTO environment VALUES(1,'{"compiler":"Swift 6.3","hdf5":"1.10.8","host":"example","kernel":"6.1.0","memory_bytes":"25276514304","numerics_identity":"code 1, streams 1, OpenBLAS 0.3.21, Haswell, 1 thread","openblas":"OpenBLAS 0.3.21","openblas_core":"Haswell","operating_system":"Debian GNU/Linux 12 (bookworm)","processor":"AMD EPYC","processors":"2","program_commit":"4651d02b3159b627406b131858c39e1143bd6d05","program_version":"0.1.0"}');
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
INSERT INTO run VALUES(1,'4cb7ad9dd0dc73b5','4085684032e9805ecb1a7c69914fe017031e8754c2095a47153367aec4e6b3a5','2fc98c7e0afe70a3','completed',0,'{"batch":"8x3","checkpoint.keep":["best","last"],"dataset.levels":["mid"],"dataset.path":"/home/user/practice/features.h5","dataset.preprocess":["l2","center"],"dataset.split":"auto","dataset.split_seed":0,"dataset.validation":0.2,"evaluation.clustering":false,"evaluation.distances":false,"evaluation.every":2,"evaluation.few_shot":false,"evaluation.map":false,"evaluation.recall_at":[1,2,4,8],"loss.alpha":1.2,"loss.gradient":"query_only","loss.lambda":0.5,"loss.margin":0.4,"loss.name":"ranked_list","loss.pair_gradient":"unit","loss.positive_temperature":0,"loss.query_weighting":"uniform","loss.temperature":10,"model.batch_normalization":false,"model.bias":false,"model.concatenation":"raw","model.dropout":0,"model.embedding":1,"model.hidden":[],"optimizer.learning_rate":0.1,"optimizer.momentum":0.9,"optimizer.name":"sgd","optimizer.weight_decay":2e-05,"sampler":"balanced","schedule":{"cosine":{"floor":0}},"seed":0,"select":"best","steps":4}','{"batch":{"line":{"_0":1}},"checkpoint.keep":{"defaults":{}},"dataset.levels":{"line":{"_0":1}},"dataset.path":{"line":{"_0":1}},"dataset.preprocess":{"defaults":{}},"dataset.split":{"defaults":{}},"dataset.split_seed":{"defaults":{}},"dataset.validation":{"defaults":{}},"evaluation.clustering":{"line":{"_0":1}},"evaluation.distances":{"defaults":{}},"evaluation.every":{"line":{"_0":1}},"evaluation.few_shot":{"defaults":{}},"evaluation.map":{"defaults":{}},"evaluation.recall_at":{"defaults":{}},"loss.alpha":{"defaults":{}},"loss.gradient":{"defaults":{}},"loss.lambda":{"defaults":{}},"loss.margin":{"defaults":{}},"loss.name":{"defaults":{}},"loss.pair_gradient":{"defaults":{}},"loss.positive_temperature":{"defaults":{}},"loss.query_weighting":{"defaults":{}},"loss.temperature":{"defaults":{}},"model.batch_normalization":{"defaults":{}},"model.bias":{"defaults":{}},"model.concatenation":{"defaults":{}},"model.dropout":{"defaults":{}},"model.embedding":{"line":{"_0":1}},"model.hidden":{"defaults":{}},"optimizer.learning_rate":{"line":{"_0":4}},"optimizer.momentum":{"defaults":{}},"optimizer.name":{"defaults":{}},"optimizer.weight_decay":{"defaults":{}},"sampler":{"defaults":{}},"schedule":{"defaults":{}},"seed":{"line":{"_0":5}},"select":{"defaults":{}},"steps":{"line":{"_0":1}}}','{"mid":"e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11"}','2026-11-21T14:41:43.597Z','2026-11-21T14:41:43.600Z','2026-11-21T14:41:43.644Z',0.017861906999999999784,0.035534000000000003083,64569344,2,NULL,1,'the first',NULL);
INSERT INTO run VALUES(2,'ee4e8885820678a6','ab0b2895b6ecd856a221f7ab746e9b670a5d5471885d91de142b863a9ec4374a','2fc98c7e0afe70a3','failed',0,'{"batch":"8x3","checkpoint.keep":["best","last"],"dataset.levels":["mid"],"dataset.path":"/home/user/practice/features.h5","dataset.preprocess":["l2","center"],"dataset.split":"auto","dataset.split_seed":0,"dataset.validation":0.2,"evaluation.clustering":false,"evaluation.distances":false,"evaluation.every":2,"evaluation.few_shot":false,"evaluation.map":false,"evaluation.recall_at":[1,2,4,8],"loss.alpha":1.2,"loss.gradient":"query_only","loss.lambda":0.5,"loss.margin":0.4,"loss.name":"ranked_list","loss.pair_gradient":"unit","loss.positive_temperature":0,"loss.query_weighting":"uniform","loss.temperature":10,"model.batch_normalization":false,"model.bias":false,"model.concatenation":"raw","model.dropout":0,"model.embedding":1,"model.hidden":[],"optimizer.learning_rate":1e+30,"optimizer.momentum":0.9,"optimizer.name":"sgd","optimizer.weight_decay":2e-05,"sampler":"balanced","schedule":{"cosine":{"floor":0}},"seed":0,"select":"best","steps":4}','{"batch":{"line":{"_0":1}},"checkpoint.keep":{"defaults":{}},"dataset.levels":{"line":{"_0":1}},"dataset.path":{"line":{"_0":1}},"dataset.preprocess":{"defaults":{}},"dataset.split":{"defaults":{}},"dataset.split_seed":{"defaults":{}},"dataset.validation":{"defaults":{}},"evaluation.clustering":{"line":{"_0":1}},"evaluation.distances":{"defaults":{}},"evaluation.every":{"line":{"_0":1}},"evaluation.few_shot":{"defaults":{}},"evaluation.map":{"defaults":{}},"evaluation.recall_at":{"defaults":{}},"loss.alpha":{"defaults":{}},"loss.gradient":{"defaults":{}},"loss.lambda":{"defaults":{}},"loss.margin":{"defaults":{}},"loss.name":{"defaults":{}},"loss.pair_gradient":{"defaults":{}},"loss.positive_temperature":{"defaults":{}},"loss.query_weighting":{"defaults":{}},"loss.temperature":{"defaults":{}},"model.batch_normalization":{"defaults":{}},"model.bias":{"defaults":{}},"model.concatenation":{"defaults":{}},"model.dropout":{"defaults":{}},"model.embedding":{"line":{"_0":1}},"model.hidden":{"defaults":{}},"optimizer.learning_rate":{"line":{"_0":4}},"optimizer.momentum":{"defaults":{}},"optimizer.name":{"defaults":{}},"optimizer.weight_decay":{"defaults":{}},"sampler":{"defaults":{}},"schedule":{"defaults":{}},"seed":{"line":{"_0":5}},"select":{"defaults":{}},"steps":{"line":{"_0":1}}}','{"mid":"e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11"}','2026-11-21T14:41:43.597Z','2026-11-21T14:41:43.647Z','2026-11-21T14:41:43.684Z',0.012975491999999999928,0.0315729999999999969,65019904,NULL,'training diverged: the loss is not finite at step 2. Lower optimizer.learning_rate or the temperatures',1,NULL,NULL);
INSERT INTO run VALUES(3,'efc379dee87ba65a','4fdb46bb0cb79e3d9c3d09f1091d5a88388729bb6aef4d089ab3bff54bffb48a','e26c3651c5aec7fe','interrupted',0,'{"batch":"8x3","checkpoint.keep":["best","last"],"dataset.levels":["mid"],"dataset.path":"/home/user/practice/features.h5","dataset.preprocess":["l2","center"],"dataset.split":"auto","dataset.split_seed":0,"dataset.validation":0.2,"evaluation.clustering":false,"evaluation.distances":false,"evaluation.every":10000000,"evaluation.few_shot":false,"evaluation.map":false,"evaluation.recall_at":[1,2,4,8],"loss.alpha":1.2,"loss.gradient":"query_only","loss.lambda":0.5,"loss.margin":0.4,"loss.name":"ranked_list","loss.pair_gradient":"unit","loss.positive_temperature":0,"loss.query_weighting":"uniform","loss.temperature":10,"model.batch_normalization":false,"model.bias":false,"model.concatenation":"raw","model.dropout":0,"model.embedding":1,"model.hidden":[],"optimizer.learning_rate":0.1,"optimizer.momentum":0.9,"optimizer.name":"sgd","optimizer.weight_decay":2e-05,"sampler":"balanced","schedule":{"cosine":{"floor":0}},"seed":0,"select":"best","steps":20000000}','{"batch":{"line":{"_0":1}},"checkpoint.keep":{"defaults":{}},"dataset.levels":{"line":{"_0":1}},"dataset.path":{"line":{"_0":1}},"dataset.preprocess":{"defaults":{}},"dataset.split":{"defaults":{}},"dataset.split_seed":{"defaults":{}},"dataset.validation":{"defaults":{}},"evaluation.clustering":{"line":{"_0":1}},"evaluation.distances":{"defaults":{}},"evaluation.every":{"line":{"_0":3}},"evaluation.few_shot":{"defaults":{}},"evaluation.map":{"defaults":{}},"evaluation.recall_at":{"defaults":{}},"loss.alpha":{"defaults":{}},"loss.gradient":{"defaults":{}},"loss.lambda":{"defaults":{}},"loss.margin":{"defaults":{}},"loss.name":{"defaults":{}},"loss.pair_gradient":{"defaults":{}},"loss.positive_temperature":{"defaults":{}},"loss.query_weighting":{"defaults":{}},"loss.temperature":{"defaults":{}},"model.batch_normalization":{"defaults":{}},"model.bias":{"defaults":{}},"model.concatenation":{"defaults":{}},"model.dropout":{"defaults":{}},"model.embedding":{"line":{"_0":1}},"model.hidden":{"defaults":{}},"optimizer.learning_rate":{"defaults":{}},"optimizer.momentum":{"defaults":{}},"optimizer.name":{"defaults":{}},"optimizer.weight_decay":{"defaults":{}},"sampler":{"defaults":{}},"schedule":{"defaults":{}},"seed":{"line":{"_0":4}},"select":{"defaults":{}},"steps":{"line":{"_0":3}}}','{"mid":"e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11"}','2026-11-21T14:41:43.733Z','2026-11-21T14:41:43.736Z','2026-11-21T14:41:45.704Z',1.9331918839999999715,1.9375,50073600,NULL,NULL,1,NULL,NULL);
INSERT INTO run VALUES(4,'5516ad719bc7fc7c','c3ab9c0af22b2017ac8b85f8d1df288b5f47cbd3a867ca98ff948fde13753afa','e26c3651c5aec7fe','pending',1,'{"batch":"8x3","checkpoint.keep":["best","last"],"dataset.levels":["mid"],"dataset.path":"/home/user/practice/features.h5","dataset.preprocess":["l2","center"],"dataset.split":"auto","dataset.split_seed":0,"dataset.validation":0.2,"evaluation.clustering":false,"evaluation.distances":false,"evaluation.every":10000000,"evaluation.few_shot":false,"evaluation.map":false,"evaluation.recall_at":[1,2,4,8],"loss.alpha":1.2,"loss.gradient":"query_only","loss.lambda":0.5,"loss.margin":0.4,"loss.name":"ranked_list","loss.pair_gradient":"unit","loss.positive_temperature":0,"loss.query_weighting":"uniform","loss.temperature":10,"model.batch_normalization":false,"model.bias":false,"model.concatenation":"raw","model.dropout":0,"model.embedding":1,"model.hidden":[],"optimizer.learning_rate":0.1,"optimizer.momentum":0.9,"optimizer.name":"sgd","optimizer.weight_decay":2e-05,"sampler":"balanced","schedule":{"cosine":{"floor":0}},"seed":1,"select":"best","steps":20000000}','{"batch":{"line":{"_0":1}},"checkpoint.keep":{"defaults":{}},"dataset.levels":{"line":{"_0":1}},"dataset.path":{"line":{"_0":1}},"dataset.preprocess":{"defaults":{}},"dataset.split":{"defaults":{}},"dataset.split_seed":{"defaults":{}},"dataset.validation":{"defaults":{}},"evaluation.clustering":{"line":{"_0":1}},"evaluation.distances":{"defaults":{}},"evaluation.every":{"line":{"_0":3}},"evaluation.few_shot":{"defaults":{}},"evaluation.map":{"defaults":{}},"evaluation.recall_at":{"defaults":{}},"loss.alpha":{"defaults":{}},"loss.gradient":{"defaults":{}},"loss.lambda":{"defaults":{}},"loss.margin":{"defaults":{}},"loss.name":{"defaults":{}},"loss.pair_gradient":{"defaults":{}},"loss.positive_temperature":{"defaults":{}},"loss.query_weighting":{"defaults":{}},"loss.temperature":{"defaults":{}},"model.batch_normalization":{"defaults":{}},"model.bias":{"defaults":{}},"model.concatenation":{"defaults":{}},"model.dropout":{"defaults":{}},"model.embedding":{"line":{"_0":1}},"model.hidden":{"defaults":{}},"optimizer.learning_rate":{"defaults":{}},"optimizer.momentum":{"defaults":{}},"optimizer.name":{"defaults":{}},"optimizer.weight_decay":{"defaults":{}},"sampler":{"defaults":{}},"schedule":{"defaults":{}},"seed":{"line":{"_0":4}},"select":{"defaults":{}},"steps":{"line":{"_0":3}}}','{"mid":"e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11"}','2026-11-21T14:41:43.733Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO launchJob VALUES(1,0,'4085684032e9805ecb1a7c69914fe017031e8754c2095a47153367aec4e6b3a5',1,'run','new','search');
INSERT INTO launchJob VALUES(1,1,'ab0b2895b6ecd856a221f7ab746e9b670a5d5471885d91de142b863a9ec4374a',2,'run','new','search');
INSERT INTO launchJob VALUES(2,0,'4fdb46bb0cb79e3d9c3d09f1091d5a88388729bb6aef4d089ab3bff54bffb48a',3,'run','new','search');
INSERT INTO launchJob VALUES(2,1,'c3ab9c0af22b2017ac8b85f8d1df288b5f47cbd3a867ca98ff948fde13753afa',4,'run','new','search');
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
INSERT INTO attempt VALUES(1,1,1,'completed','2026-11-21T14:41:43.600Z','2026-11-21T14:41:43.644Z','exit 0',NULL,replace('step 2  train/loss 0.9375  train/nontrivial_positives 0.3750  train/nontrivial_negatives 0.5040  validation/recall@1 0.5000  validation/recall@2 0.5000  validation/recall@4 0.7500  validation/recall@8 1.0000  validation/map@r 0.2983  validation/r_precision 0.4167  validation/precision@1 0.5000  validation/tied_queries 12.0000\nstep 4  train/loss 0.9375  train/nontrivial_positives 0.3750  train/nontrivial_negatives 0.4683  validation/recall@1 0.5000  validation/recall@2 0.5000  validation/recall@4 0.7500  validation/recall@8 1.0000  validation/map@r 0.2983  validation/r_precision 0.4167  validation/precision@1 0.5000  validation/tied_queries 12.0000\nstep 2  test/recall@1 0.2500  test/recall@2 0.2500  test/recall@4 0.3333  test/recall@8 0.6667  test/map@r 0.1356  test/r_precision 0.2000  test/precision@1 0.2500  test/tied_queries 24.0000\n','\n',char(10)),NULL);
INSERT INTO attempt VALUES(2,1,1,'failed','2026-11-21T14:41:43.647Z','2026-11-21T14:41:43.684Z','exit 0','training diverged: the loss is not finite at step 2. Lower optimizer.learning_rate or the temperatures',replace('training diverged: the loss is not finite at step 2. Lower optimizer.learning_rate or the temperatures\n','\n',char(10)),NULL);
INSERT INTO attempt VALUES(3,1,2,'interrupted','2026-11-21T14:41:43.736Z','2026-11-21T14:41:45.704Z','exit 0','training was stopped after step 84849',replace('training was stopped after step 84849\n','\n',char(10)),NULL);
CREATE TABLE measure (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO measure VALUES(1,'recall@2');
INSERT INTO measure VALUES(2,'map@r');
INSERT INTO measure VALUES(3,'precision@1');
INSERT INTO measure VALUES(4,'recall@8');
INSERT INTO measure VALUES(5,'r_precision');
INSERT INTO measure VALUES(6,'recall@1');
INSERT INTO measure VALUES(7,'tied_queries');
INSERT INTO measure VALUES(8,'recall@4');
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
INSERT INTO metricPoint VALUES(1,9,2,0.93750003725290298461);
INSERT INTO metricPoint VALUES(1,9,4,0.93750003725290298461);
INSERT INTO metricPoint VALUES(1,10,2,0.375);
INSERT INTO metricPoint VALUES(1,10,4,0.375);
INSERT INTO metricPoint VALUES(1,11,2,0.50396825396825395415);
INSERT INTO metricPoint VALUES(1,11,4,0.46825396825396825573);
INSERT INTO metricPoint VALUES(1,12,2,0.5);
INSERT INTO metricPoint VALUES(1,12,4,0.5);
INSERT INTO metricPoint VALUES(1,13,2,0.5);
INSERT INTO metricPoint VALUES(1,13,4,0.5);
INSERT INTO metricPoint VALUES(1,14,2,0.75);
INSERT INTO metricPoint VALUES(1,14,4,0.75);
INSERT INTO metricPoint VALUES(1,15,2,1.0);
INSERT INTO metricPoint VALUES(1,15,4,1.0);
INSERT INTO metricPoint VALUES(1,16,2,0.29833333333333328374);
INSERT INTO metricPoint VALUES(1,16,4,0.29833333333333328374);
INSERT INTO metricPoint VALUES(1,17,2,0.41666666666666674068);
INSERT INTO metricPoint VALUES(1,17,4,0.41666666666666674068);
INSERT INTO metricPoint VALUES(1,18,2,0.5);
INSERT INTO metricPoint VALUES(1,18,4,0.5);
INSERT INTO metricPoint VALUES(1,19,2,12.0);
INSERT INTO metricPoint VALUES(1,19,4,12.0);
INSERT INTO metricPoint VALUES(1,20,2,0.25);
INSERT INTO metricPoint VALUES(1,21,2,0.25);
INSERT INTO metricPoint VALUES(1,22,2,0.33333333333333331482);
INSERT INTO metricPoint VALUES(1,23,2,0.66666666666666662965);
INSERT INTO metricPoint VALUES(1,24,2,0.13555555555555559577);
INSERT INTO metricPoint VALUES(1,25,2,0.20000000000000006661);
INSERT INTO metricPoint VALUES(1,26,2,0.25);
INSERT INTO metricPoint VALUES(1,27,2,24.0);
CREATE TABLE finalMetric (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  measureNumber INTEGER NOT NULL REFERENCES measure (number),
  value REAL,
  PRIMARY KEY (runNumber, measureNumber)
) STRICT, WITHOUT ROWID;
INSERT INTO finalMetric VALUES(1,9,0.93750003725290298461);
INSERT INTO finalMetric VALUES(1,10,0.375);
INSERT INTO finalMetric VALUES(1,11,0.50396825396825395415);
INSERT INTO finalMetric VALUES(1,12,0.5);
INSERT INTO finalMetric VALUES(1,13,0.5);
INSERT INTO finalMetric VALUES(1,14,0.75);
INSERT INTO finalMetric VALUES(1,15,1.0);
INSERT INTO finalMetric VALUES(1,16,0.29833333333333328374);
INSERT INTO finalMetric VALUES(1,17,0.41666666666666674068);
INSERT INTO finalMetric VALUES(1,18,0.5);
INSERT INTO finalMetric VALUES(1,19,12.0);
INSERT INTO finalMetric VALUES(1,20,0.25);
INSERT INTO finalMetric VALUES(1,21,0.25);
INSERT INTO finalMetric VALUES(1,22,0.33333333333333331482);
INSERT INTO finalMetric VALUES(1,23,0.66666666666666662965);
INSERT INTO finalMetric VALUES(1,24,0.13555555555555559577);
INSERT INTO finalMetric VALUES(1,25,0.20000000000000006661);
INSERT INTO finalMetric VALUES(1,26,0.25);
INSERT INTO finalMetric VALUES(1,27,24.0);
CREATE TABLE blob (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO blob VALUES('c3db09a048e0609e6dc4afe36c06e405f97729062d1070990d27a2106536c3a9',3496);
INSERT INTO blob VALUES('d020db39039523513637a609e7c5581f929e562abb16b758ecf30f61c1b2cc87',3496);
CREATE TABLE blobChunk (
  number INTEGER PRIMARY KEY,
  blobDigest TEXT NOT NULL REFERENCES blob (digest),
  position INTEGER NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (blobDigest, position)
) STRICT;
INSERT INTO blobChunk VALUES(1,'c3db09a048e0609e6dc4afe36c06e405f97729062d1070990d27a2106536c3a9',0,X'60010000000000007b225f5f6d657461646174615f5f223a7b22636f6e636174656e6174696f6e223a22726177222c226a6f625f6b6579223a2234303835363834303332653938303565636231613763363939313466653031373033316538373534633230393561343731353333363761656334653662336135222c226c6576656c73223a225b5c226d69645c225d222c2270726570726f63657373223a225b5c226c325c222c5c2263656e7465725c225d222c22736368656d61223a2231222c2273746570223a2232227d2c2270726570726f636573732e6d65616e223a7b226474797065223a22463332222c227368617065223a5b3339325d2c22646174615f6f666673657473223a5b302c313536385d7d2c22656d62656464696e672e776569676874223a7b226474797065223a22463332222c227368617065223a5b3339325d2c22646174615f6f666673657473223a5b313536382c333133365d7d7d20202020202020e306b23bb56c9d3b54ad913b5186223c348a1f3dc86e4e3cafc5ce3b2e8fe43b3544753c2310333c7c93123c158c863c69b4633dd5f0ae3c45a0743c29914d3cba26f13b3714f03b6259153c8d239c3cfe49803d37f9bf3cd22c683cfb43ff3bfd81af3b1da1d83bbc23433c3d3cce3c5efa803d6079c83c1123143cb0ec9d3b4ba43e3b04a5693b514b563cbab6063d961e873dbaa7a83c13749a3b4ad94a3b54ed963bbc78993b0f73063cbcc7d23c9854743d2faec33c2d90153c33d8c23b91b7733b43575d3bb47c513b358d1f3cb9fd2f3d3cca3e3cdb2fde3bb3c9be3b285b3b3caa55f63bd496f23b2a65393caa3f273decbaa83c1c016a3ce2123e3c36cffd3c0a518c3cf4233e3cf7e8b63c9a83913d6d24453d6b57083da6eccd3c35fdb13c41d8c13c02fcac3c069a133d211bc43d3f34383dfd48f53c9ae5a23ca13ba63c10e3dc3c2e50ed3c8dfc3c3d7785ac3d3b2f183d9b54d93cbb4bc93c3b644f3c8753a43cc9039b3c102a113d10b3973dbfc0e83c5a36a03c5d4e923c71119c3c4ebf923ca5d92c3cd08a893c82398a3d0e7ae23c1756533c39686f3c94bf423ca6c8613cd16ecf3bca2e043ce9d52a3d0b6e643cfcd90b3c26d94e3c9583523cc153253cee01d73b0352603cda3a2a3da788883c18ef013c7cf2173c1125fb3c6c68e83ced7aaf3c8327e83c18fe883d29271b3d5966b33c057dcb3c4970ea3cd1fc223ddf262b3dde3a1d3d38c1a23dc4803f3d11f0f13cac1e0e3da0181d3d9e81073d005dec3c7330133da29c8a3d53155b3deb845e3de821513d0937eb3c58ea103d342fbd3cb1290c3d7c1f973d8175363d6919183dd57fd93c40bbbc3c4cb1c83c252f793ce362913c36c47e3d1f0aba3c84ec703c30a7923ca2d8ed3ba38d443c7cfcef3bb7ea113c04e4283d693f563c594ce33bf397053cd79c853cc409833cf494ff3badf4463cbb5e2f3db21e773c22aa293c8a324c3ca35c183d25e0403d38410e3d82e8f93c88cf6e3d9b24183df0f7d43c1e7acb3c24f8083d28bb283d89ab353d5942173dbaa2893d52e90f3ded87d13c14ead53c5d851a3ddb470c3d514afa3c201d093dfd12993db120473de076353d25cc163d7b0c053da6c9db3cb6edf53cbaa4453dc597b53da10e553dbeb7263d625ede3c2323d83ceadedc3cd43abb3c328a013d2bf5983d2fcc1a3d749fbd3cad78a63cc69aed3b481d0f3ce4a2063ce73a523c4b96463df1af883c0132fe3b5c90013c126d5e3c4e0a6f3c0063393c73408a3cea362d3d3afa7e3c4ba3603c5089593cba062a3df65d0a3d0810ba3c65cbd83c0e89613d0c76f33cfe97cf3c1a8df73ce579083db9a3033d4fdb083d17bc0b3d48eb4e3d08a2d03ca68fb73cc5fee23cffe1d43ccd54e13c31851a3d11b2073d6e1e8c3d63eef43ce207a13c7c43e33c6c0ec73c1b6fd13cc219243d80a3353d3d4e813d76a6e73c577dac3ca3ceeb3c8d5ada3cd5d1bd3c1d5bef3c19491c3d99165c3d83527f3cc4e21d3cef23ae3ce2533c3c558a233c2d451b3c3d69313cdb2b173d9362123cc6958c3b87a8dc3b608d083ca672433c494e293c16655b3cca4d463da390763ce5c1513c1235253c72d0163d3902e33c3309793c8bfbce3c17d0843dbbabe23c4c94ca3c8c36db3cc362013d8d15af3c4796913c925c103d060e923da2feb83cb4c0cf3cf83a063de9fb593c8b3b3b3c880af13c202d1f3d7380b63d99dcd23c59e2613c587d6e3c5f8e0c3c9c76843c1b9ad43ce4af333d8e3d993d7ecbc83c4a3a163ceaf9373c87b4583ccc07353c3ff4503c6d0cc93cd5ad903d6bb29d3cf1a3123c3b8a743cbbcab83b8d29923bbe7f783b18c82a3c164f5a3d8f4a3b3c9c479f3b2a8a933b75be1f3b07a01c3b75f4303b87e9b03bc02ddf3c4598d93b7fea8f3b39464c3b5dd51f3caa3bac3b85739b3bff36243c36ba173df4b0583cb956373c288a313c76d5413cadf69f3b6420cf3bd3399b3c73a4573de92fa43c78fe843c8054653c20c3ce3be811b33bd9741f3cbf41c23ccba85e3d79947f3c35554a3c4800de3b4b88723bb827203cf21d4a3c9190cc3ccc8d2c3d8f47413c6ae1923bc7f2453b9404843b19bd833b62dbad3b9e64203c65b2103ddbac3c3c3448e63b38ef8d3b7421293b57f6253b0d48243b936aad3b5a77df3ca4d1053c873fb73b1860413b3c2b98bd0d7003bd01837e3ddaf8cd3c20aa933d7a23d5bc1ace053cc7b0943d13ba8a3d136fc63ccff03fbdc5a42239fd10333b82dba73bb80cc6bcd1e4b1bd050d6a3dc6ca523d6ee6bcbc6b638e3d4ed0223d58bd34bd61d27e3d3e15fcbc9d7fc53ce1ab9ebda07acc3ce77c9cbd11fac3bcf2dd66bda9ced4bae4405e3dff58fcbcd9b466bc2caf673db018a0bc03edc6bca0341e3d8f102bbd04c9a9bd1468eebcca10abbd6f286a3d9f0efabcf20793bc6362b7bceb348fbdcce60b3df380aa3ceff0783d6154a63dd140a4bc422fa43d7a84753ddf4fc1bc5014053d40e8dcbcec92943d98c2debbf24d26bde485a9bb7f31203d624da33d42d296bdf64e19bdbbd51e3deb0c8d3d888e87bd8979963d84d8b1bdcec4b03baac9303d98d092bd9e7698bd825279bc4473743b50ce303dabd4b03dae6a99bd94c901bddc9c4abbb9d6f63cbdc54dbde343bfbc3117333b9e56223dc99c8fbd2d6042bdc99f8d3dda92143ce9bb823da41c8b3dccff683dddc91c3b7368dcbc6888623de1d68bbd6b0ba53dca20d43b366f693d4516483d7f161d3d8396d9bc1548a1bc1545303d396a1abcfa3b543d4077983cf08c7a3d7d53953d7f8c8abddb98973a285dfcbc9d9d52bd20c1d33c6a524abd271bc5bc54621f3d5bb491bdb6e34e3daa01433d4245393b913c493debe9f43cb3d4e93c65d99ebd0cb4fe3c6091383dfd69abbc034f143d41489c3da6041a3d806002bd56de693a1cf9b4bb60c0333d31873d3da34d823de3b746bb41c0b73cb523b03d11456ebc57ec33bdc2f9933da49270bd25204abd200a343dabe0543d1798913d88038b3c224a98bdbf9eabbcaeb7c73c6dc40d3d0e4c91bd866366bd60a73bbd8652273c2fe5aabd8d9b7c3da1b8dcbb3519e03c7c3b8ebdbdb49d3d7612b63c90e26abdae8d98bddbb3253d8ce6dc3b3cae963d7e46963c36959bbd9d7897bd2361a7bd403f6d3d759b10bde4faaa3d49e797bdf23690bdfe424dbd04aa6bbd20d6a9bc5a57593d6ec034bdb6db853dda0219bcb7bdcebb5a4ddabc257f7c3b646898bc65b7f43be1fb5e3d7886813d704a01bd65a0cc3cb555033db0fc473cb63c87bdcbfb94bc4b2398bd28beb43cc65ba4bc8b170f3db6b151bc8965a2bdfacf8f3da0cf7dbcbeb4ff3c6bdb2b3d47846fbd7d2517bbfa5eab3d8c612fbd2fee083d52b155bd1d37393d69bb4c3d99aababa1aa3893dc125113dc6de853d6c5cad3d67ab853d889cdebb116f25bdcecbc9399b7e0cbd86a745bda4294fbdafc3933dff559a3d889ba0bdb07394bdb21b85bdbaa2ad3d198ba5bd3c0c903dab69663c0902993de140a8bb9606e43cba50a7bd68068a3dd00a42bddea2f43c5ce1283d8063143c66706c3da6faa63d57a6f33c246e57bdef538ebd217073bdced9b53c2462613dd62299bdae1630bc08fa503dfa4c1fbd78f1853dc115933dbf9b39bd2b63a0bd5689413db9dea4bb7c3b4abd1b4b513dab8f433da0a6ef3c9098aebd1d6297bdfe2b5c3dd83f463d7487bb3b52b1eebb7206823d07e05bbdca736fbc5394b7bc5e36243cd84ec9bb4e98513dc4001b3d396895bcb5618e3d2a7e1dbb9331913dcd87b0bd6daf393ce8543ebd2350a4bd2a4fafbd6d5d6d3d91a32a3dfb1fae3d0fb9b03b6fddafbc50991cbc31288b3d1638e03c1cd3c2bc73c10abde80761bd4fe705bdf3b9163d285197bdfb81863d2969b1bdd457bd3c4c9271bd0510a23d225c48bd16f6803d6e29803d49e47c3d575199bc27a1a7bdc418833d3033a9bdbe28aebc8979ab3d4757a0bd1f133d3d29a585bd36ca50bce53308bde0ee0ebd90bd4a3d1d3b02bc4fd0af3c7f2671bd5a75533d737b3ebd8fc1b0bd6515283d5e7da3bd487425bb5f912a3c9cb0183dc4bbd73ce28f97bd3ed5ef3c36950dbda40ab33be7747dbc3303efbc5a481e3cb9d925bc62cb683d30f4b0bd1a63a9bde19db23c6a883fbd6f49e23b2a0dcfbc4f04873db910da3c1dc18ebd1dd3373b37c292bdd6198d3d1bab693c7759243dee18343ddd0642bd90248e3c5ba7513d7bd2da3b5d8409bde510b33c6794a6bdfa7c59bdf4c4a7bd3b4435bdfd193f3d324d923d0f968a3c958c77bde375333ce92c713d32060a3de7639abd6c3ca0bd4b53103cf1f2043df4cf863b0ce2af3dee0b973d16ad3e3caf496d3b8e9d163de42c243d');
INSERT INTO blobChunk VALUES(2,'d020db39039523513637a609e7c5581f929e562abb16b758ecf30f61c1b2cc87',0,X'60010000000000007b225f5f6d657461646174615f5f223a7b22636f6e636174656e6174696f6e223a22726177222c226a6f625f6b6579223a2234303835363834303332653938303565636231613763363939313466653031373033316538373534633230393561343731353333363761656334653662336135222c226c6576656c73223a225b5c226d69645c225d222c2270726570726f63657373223a225b5c226c325c222c5c2263656e7465725c225d222c22736368656d61223a2231222c2273746570223a2234227d2c2270726570726f636573732e6d65616e223a7b226474797065223a22463332222c227368617065223a5b3339325d2c22646174615f6f666673657473223a5b302c313536385d7d2c22656d62656464696e672e776569676874223a7b226474797065223a22463332222c227368617065223a5b3339325d2c22646174615f6f666673657473223a5b313536382c333133365d7d7d20202020202020e306b23bb56c9d3b54ad913b5186223c348a1f3dc86e4e3cafc5ce3b2e8fe43b3544753c2310333c7c93123c158c863c69b4633dd5f0ae3c45a0743c29914d3cba26f13b3714f03b6259153c8d239c3cfe49803d37f9bf3cd22c683cfb43ff3bfd81af3b1da1d83bbc23433c3d3cce3c5efa803d6079c83c1123143cb0ec9d3b4ba43e3b04a5693b514b563cbab6063d961e873dbaa7a83c13749a3b4ad94a3b54ed963bbc78993b0f73063cbcc7d23c9854743d2faec33c2d90153c33d8c23b91b7733b43575d3bb47c513b358d1f3cb9fd2f3d3cca3e3cdb2fde3bb3c9be3b285b3b3caa55f63bd496f23b2a65393caa3f273decbaa83c1c016a3ce2123e3c36cffd3c0a518c3cf4233e3cf7e8b63c9a83913d6d24453d6b57083da6eccd3c35fdb13c41d8c13c02fcac3c069a133d211bc43d3f34383dfd48f53c9ae5a23ca13ba63c10e3dc3c2e50ed3c8dfc3c3d7785ac3d3b2f183d9b54d93cbb4bc93c3b644f3c8753a43cc9039b3c102a113d10b3973dbfc0e83c5a36a03c5d4e923c71119c3c4ebf923ca5d92c3cd08a893c82398a3d0e7ae23c1756533c39686f3c94bf423ca6c8613cd16ecf3bca2e043ce9d52a3d0b6e643cfcd90b3c26d94e3c9583523cc153253cee01d73b0352603cda3a2a3da788883c18ef013c7cf2173c1125fb3c6c68e83ced7aaf3c8327e83c18fe883d29271b3d5966b33c057dcb3c4970ea3cd1fc223ddf262b3dde3a1d3d38c1a23dc4803f3d11f0f13cac1e0e3da0181d3d9e81073d005dec3c7330133da29c8a3d53155b3deb845e3de821513d0937eb3c58ea103d342fbd3cb1290c3d7c1f973d8175363d6919183dd57fd93c40bbbc3c4cb1c83c252f793ce362913c36c47e3d1f0aba3c84ec703c30a7923ca2d8ed3ba38d443c7cfcef3bb7ea113c04e4283d693f563c594ce33bf397053cd79c853cc409833cf494ff3badf4463cbb5e2f3db21e773c22aa293c8a324c3ca35c183d25e0403d38410e3d82e8f93c88cf6e3d9b24183df0f7d43c1e7acb3c24f8083d28bb283d89ab353d5942173dbaa2893d52e90f3ded87d13c14ead53c5d851a3ddb470c3d514afa3c201d093dfd12993db120473de076353d25cc163d7b0c053da6c9db3cb6edf53cbaa4453dc597b53da10e553dbeb7263d625ede3c2323d83ceadedc3cd43abb3c328a013d2bf5983d2fcc1a3d749fbd3cad78a63cc69aed3b481d0f3ce4a2063ce73a523c4b96463df1af883c0132fe3b5c90013c126d5e3c4e0a6f3c0063393c73408a3cea362d3d3afa7e3c4ba3603c5089593cba062a3df65d0a3d0810ba3c65cbd83c0e89613d0c76f33cfe97cf3c1a8df73ce579083db9a3033d4fdb083d17bc0b3d48eb4e3d08a2d03ca68fb73cc5fee23cffe1d43ccd54e13c31851a3d11b2073d6e1e8c3d63eef43ce207a13c7c43e33c6c0ec73c1b6fd13cc219243d80a3353d3d4e813d76a6e73c577dac3ca3ceeb3c8d5ada3cd5d1bd3c1d5bef3c19491c3d99165c3d83527f3cc4e21d3cef23ae3ce2533c3c558a233c2d451b3c3d69313cdb2b173d9362123cc6958c3b87a8dc3b608d083ca672433c494e293c16655b3cca4d463da390763ce5c1513c1235253c72d0163d3902e33c3309793c8bfbce3c17d0843dbbabe23c4c94ca3c8c36db3cc362013d8d15af3c4796913c925c103d060e923da2feb83cb4c0cf3cf83a063de9fb593c8b3b3b3c880af13c202d1f3d7380b63d99dcd23c59e2613c587d6e3c5f8e0c3c9c76843c1b9ad43ce4af333d8e3d993d7ecbc83c4a3a163ceaf9373c87b4583ccc07353c3ff4503c6d0cc93cd5ad903d6bb29d3cf1a3123c3b8a743cbbcab83b8d29923bbe7f783b18c82a3c164f5a3d8f4a3b3c9c479f3b2a8a933b75be1f3b07a01c3b75f4303b87e9b03bc02ddf3c4598d93b7fea8f3b39464c3b5dd51f3caa3bac3b85739b3bff36243c36ba173df4b0583cb956373c288a313c76d5413cadf69f3b6420cf3bd3399b3c73a4573de92fa43c78fe843c8054653c20c3ce3be811b33bd9741f3cbf41c23ccba85e3d79947f3c35554a3c4800de3b4b88723bb827203cf21d4a3c9190cc3ccc8d2c3d8f47413c6ae1923bc7f2453b9404843b19bd833b62dbad3b9e64203c65b2103ddbac3c3c3448e63b38ef8d3b7421293b57f6253b0d48243b936aad3b5a77df3ca4d1053c873fb73b1860413beb2a98bdc66f03bd79827e3d6cf8cd3cd1a9933d0823d5bcd3cd053c77b0943dc8b98a3da96ec63c68f03fbd6ea422399d10333b28dba73b4e0cc6bc72e4b1bd870c6a3d55ca523d09e6bcbc1e638e3df7cf223df7bc34bdd9d17e3db614fcbc337fc53c8cab9ebd327acc3c937c9cbda8f9c3bc76dd66bd37ced4ba6c405e3d7758fcbc5db466bcb0ae673d5a18a0bc98ecc6bc4b341e3d33102bbda9c8a9bd9467eebc6e10abbdf1276a3d190efabca30793bc0162b7bc9e348fbd81e60b3d9880aa3c69f0783d0854a63d7940a4bcea2ea43df683753d774fc1bc0914053dcae7dcbc9d92943d20c2debb994d26bd8985a9bb2931203d0b4da33df1d196bda34e19bd66d51e3da00c8d3d3f8e87bd3879963d25d8b1bd6fc4b03b4bc9303d49d092bd4c7698bdfc5179bcc072743bf1cd303d4cd4b03d5b6a99bd4fc901bd6f9c4abb35d6f63c4fc54dbd7c43bfbcd116333b4756223d7c9c8fbdc55f42bd7d9f8d3d8b92143ca2bb823d591c8b3d4fff683d89c91c3bfd67dcbcee87623d96d68bbd120ba53d5820d43bb86e693dd915483d2a161d3d0e96d9bcbe47a1bcb644303de6691abc883b543dee76983c6a8c7a3d2d53953d348c8abd8a98973aa05cfcbc2c9d52bdaec0d33cfe514abdbd1ac5bcff611f3d0cb491bd47e34e3d4101433ddf44393b253c493d67e9f43c35d4e93c10d99ebd84b3fe3cfd90383da169abbcb44e143ded479c3d53041a3d3a6002bdd8dd693abbf8b4bbffbf333dcb863d3d5e4d823d78b746bbdebfb73c5623b03d91446ebcf6eb33bd73f9933d229270bdb91f4abdbf09343d39e0543dc997913d3d038b3cd14998bd639eabbc43b7c73c21c40d3dc04b91bd0a6366bdfba63bbd2c52273cd3e4aabd059b7c3d2bb8dcbbbd18e03c2f3b8ebd68b49d3d1412b63c12e26abd5c8d98bd82b3253d16e6dc3bebad963d2d46963ce3949bbd4c7897bdc960a7bdc03e6d3d289b10bd88faaa3df8e697bda53690bd90424dbd86a96bbdc5d5a9bce656593d0dc034bd6fdb853d880219bc48bdcebbe54cdabc9d7e7c3b126898bce1b6f43b69fb5e3d3386813d2b4a01bdf79fcc3c6e55033d45fc473c6d3c87bd7bfb94bcfa2298bdc7bdb43c6e5ba4bc3e170f3d46b151bc3265a2bdadcf8f3d18cf7dbc34b4ff3c0fdb2b3dc7836fbd2c2517bb9e5eab3d2e612fbde6ed083de0b055bdba36393dfbba4c3d35aababad1a2893d7325113d7fde853d0f5cad3d20ab853d109cdebbb86e25bd62cbc939507e0cbd1ca745bd35294fbd60c3933dac559a3d329ba0bd617394bd6b1b85bd5da2ad3dc08aa5bdef0b903d2f69663cb701993d8740a8bb1c06e43c6050a7bd1e068a3d680a42bd5aa2f43c01e1283d3163143ce76f6c3d4dfaa63dd5a5f33cb06d57bda2538ebd9f6f73bd6cd9b53cab61613d842299bd4f1630bc98f9503da54c1fbd31f1853d7215933d5b9b39bdd562a0bdee88413d60dea4bb103b4abdab4a513d428f433d20a6ef3c3298aebdcc6197bd882b5c3d6e3f463d0f87bb3bd2b0eebb2d06823d91df5bbd4a736fbcf093b7bc0636243c6c4ec9bbde97513d71001b3de96795bc68618e3dd57d1dbb4531913d6e87b0bd09af393c82543ebdcb4fa4bdcc4eafbded5c6d3d36a32a3d9e1fae3db0b8b03b11ddafbcfc981cbce6278b3d9e37e03cb3d2c2bc28c10abd700761bd08e705bda2b9163dd75097bdb281863dca68b1bd6e57bd3cca9171bdae0fa23db65b48bdd1f5803d2929803dc1e37c3d045199bccda0a7bd7d18833dd532a9bd6128aebc2d79ab3df156a0bdb9123d3de2a485bdc6c950bc9c3308bd93ee0ebd23bd4a3dd83a02bcf1cfaf3cfd2571bde874533d0d7b3ebd30c1b0bd0b15283d067da3bdef7325bb04912a3c4ab0183d50bbd73c918f97bdbed4ef3cea940dbd440ab33b5f747dbcb302efbc05481e3c60d925bce5ca683dd1f3b0bdbf62a9bd819db23c03883fbdf548e23bbb0ccfbc0604873d4410da3cd0c08ebdbad2373be8c192bd8b198d3d9daa693c1f59243d8d18343d750642bd43248e3ceba6513d05d2da3b148409bd8510b33c0e94a6bd867c59bd9ac4a7bdda4335bd96193f3de34c923dc4958a3c118c77bd8375333c672c713de8050a3d94639abd163ca0bdfe52103caaf2043dabcf863baee1af3d9d0b973db0ac3e3c2f496d3b3d9d163d8c2c243d');
CREATE TABLE checkpoint (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  kind TEXT NOT NULL CHECK (kind IN ('best', 'last')),
  step INTEGER NOT NULL,
  blobDigest TEXT NOT NULL REFERENCES blob (digest),
  PRIMARY KEY (runNumber, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO checkpoint VALUES(1,'best',2,'c3db09a048e0609e6dc4afe36c06e405f97729062d1070990d27a2106536c3a9');
INSERT INTO checkpoint VALUES(1,'last',4,'d020db39039523513637a609e7c5581f929e562abb16b758ecf30f61c1b2cc87');
CREATE TABLE featureFigure (
  dataDigest TEXT NOT NULL CHECK (length(dataDigest) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('raw', 'centered', 'whitened', 'lda')),
  measureNumber INTEGER NOT NULL REFERENCES measure (number),
  value REAL,
  PRIMARY KEY (dataDigest, kind, measureNumber)
) STRICT, WITHOUT ROWID;
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','centered',1,0.95833333333333337034);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','centered',2,0.59902777777777771461);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','centered',3,0.875);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','centered',4,1.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','centered',5,0.65833333333333343695);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','centered',6,0.875);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','centered',7,0.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','centered',8,1.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','lda',1,0.91666666666666662965);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','lda',2,0.48027777777777774792);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','lda',3,0.75);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','lda',4,1.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','lda',5,0.55833333333333345915);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','lda',6,0.75);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','lda',7,0.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','lda',8,0.95833333333333337034);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','raw',1,1.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','raw',2,0.5704166666666664609);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','raw',3,0.91666666666666662965);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','raw',4,1.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','raw',5,0.64166666666666671847);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','raw',6,0.91666666666666662965);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','raw',7,0.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','raw',8,1.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','whitened',1,0.91666666666666662965);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','whitened',2,0.44611111111111106941);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','whitened',3,0.79166666666666662965);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','whitened',4,1.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','whitened',5,0.53333333333333332593);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','whitened',6,0.79166666666666662965);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','whitened',7,0.0);
INSERT INTO featureFigure VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','whitened',8,0.95833333333333337034);
CREATE TABLE tag (
  runNumber INTEGER NOT NULL REFERENCES run (number),
  name TEXT NOT NULL,
  PRIMARY KEY (runNumber, name)
) STRICT, WITHOUT ROWID;
INSERT INTO tag VALUES(1,'paper');
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
CREATE TABLE testReading (
  dataDigest TEXT NOT NULL,
  runId TEXT NOT NULL CHECK (length(runId) = 16),
  PRIMARY KEY (dataDigest, runId)
) STRICT, WITHOUT ROWID;
INSERT INTO testReading VALUES('e6099a525012314509a89efa2c72dbccbedfbe5e2c9264d6571a68dc00514c11','4cb7ad9dd0dc73b5');
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
CREATE INDEX runToCancel ON run (launchId) WHERE cancelRequestedAt IS NOT NULL;
CREATE INDEX queryOutcomeByClasses ON queryOutcome (classesDigest);
CREATE INDEX finalMetricByValue ON finalMetric (measureNumber, value);
CREATE INDEX runByCreation ON run (createdAt);
CREATE INDEX runningAttempt ON attempt (launchNumber) WHERE state = 'running';
CREATE INDEX resultSetJobByResult ON resultSetJob (resultDigest);
CREATE INDEX baselineByName ON baseline (name, at);
CREATE INDEX nightBySweep ON night (sweep, startedAt);
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
CREATE UNIQUE INDEX slurmTaskByPosition ON slurmTask (submissionId, position);
COMMIT;
PRAGMA application_id = 1919708275;
PRAGMA user_version = 7;
