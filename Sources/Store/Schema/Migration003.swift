/// What policies need: reasons of attempts, requests to cancel, limits, and leases.
enum Migration003 {
  static let tables = """
    ALTER TABLE attempt ADD COLUMN reason TEXT;

    ALTER TABLE run ADD COLUMN cancelRequestedAt TEXT;
    CREATE INDEX runToCancel ON run (launchId) WHERE cancelRequestedAt IS NOT NULL;

    ALTER TABLE launch ADD COLUMN resources TEXT NOT NULL DEFAULT '{"retries":0}'
      CHECK (json_valid(resources));
    ALTER TABLE launch ADD COLUMN bootId TEXT;
    ALTER TABLE launch ADD COLUMN beat INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE launchSighting (
      launchNumber INTEGER NOT NULL REFERENCES launch (number),
      observerBootId TEXT NOT NULL,
      beat INTEGER NOT NULL,
      seconds REAL NOT NULL,
      PRIMARY KEY (launchNumber, observerBootId)
    ) STRICT, WITHOUT ROWID;
    """
}
