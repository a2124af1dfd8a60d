/// Jobs of a launch are of its search or repeat what the search chose; several models can be
/// judged as one.
enum Migration002 {
  static let tables = """
    ALTER TABLE launchJob ADD COLUMN role TEXT NOT NULL DEFAULT 'search'
      CHECK (role IN ('search', 'repeat'));

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
    """
}
