/// What listings of many runs go along: measures by their value, runs by their age; and what every
/// opening asks for, attempts that run.
enum Migration005 {
  static let tables = """
    CREATE INDEX finalMetricByValue ON finalMetric (measureNumber, value);
    CREATE INDEX runByCreation ON run (createdAt);
    CREATE INDEX runningAttempt ON attempt (launchNumber) WHERE state = 'running';
    """
}
