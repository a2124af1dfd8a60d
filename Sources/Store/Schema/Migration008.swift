/// What the sweep of a baseline was gated by when it was set, so that it shows where the file asks
/// for less since.
enum Migration008 {
  /// Not known (NULL) of baselines whose launch is gone.
  static let tables = """
    ALTER TABLE baseline ADD COLUMN gate TEXT CHECK (gate IS NULL OR json_valid(gate));
    UPDATE baseline SET gate = (SELECT gate FROM launch WHERE launch.id = baseline.launchId)
    WHERE setDigest IS NOT NULL;
    """

  static let views = """
    DROP VIEW baselines;
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
    """
}
