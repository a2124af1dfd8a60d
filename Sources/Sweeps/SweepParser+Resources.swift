/// `resources`.
extension SweepParser {
  private static let resourceKeys = ["timeout", "retries", "memory", "slurm"]

  /// What other programs call them.
  private static let foreignResourceKeys = [
    "time": "timeout", "time_limit": "timeout", "walltime": "timeout", "mem": "memory",
    "ram": "memory", "memory_limit": "memory", "retry": "retries", "max_retries": "retries",
    "attempts": "retries",
  ]

  mutating func resources(_ node: DocumentNode?) -> JobResources {
    var resources = JobResources()
    guard let node else { return resources }
    let allowed = "{timeout: 2h, retries: 1, memory: 2GiB, slurm: {partition: long}}"
    guard let entries = node.mapping else {
      report(
        .badValue, node.position, "resources cannot be '\(node.typed)'", allowed: allowed)
      return resources
    }
    for entry in entries {
      let text = entry.value.scalar ?? ""
      switch entry.key.scalar {
      case "timeout":
        let limit = ResourceLimit<Double>(duration: text)
        resources.timeoutSeconds = limit?.value
        check(limit != nil, entry, allowed: ResourceLimit<Double>.allowedText)
      case "memory":
        let limit = ResourceLimit<Int>(size: text)
        resources.memoryBytes = limit?.value
        check(limit != nil, entry, allowed: ResourceLimit<Int>.allowedText)
      case "retries":
        let range = JobResources.allowedRetries
        let count = entry.value.integer.flatMap { range.contains($0) ? $0 : nil }
        resources.retries = count ?? 0
        check(
          count != nil, entry,
          allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)")
      case "slurm": resources.slurm = slurm(entry.value)
      default:
        let word = entry.key.scalar ?? ""
        let nearest =
          Self.foreignResourceKeys[word.lowercased()]
          ?? NearestSpelling.suggestion(for: word, among: Self.resourceKeys)
        report(
          .unknownName, entry.key.position, "resources cannot have '\(entry.key.typed)'",
          allowed: allowed, suggestion: nearest.map { "'\($0)'" })
      }
    }
    return resources
  }

  private mutating func check(_ isRight: Bool, _ entry: DocumentNode.Entry, allowed: String) {
    guard !isRight else { return }
    report(
      .badValue, entry.value.position, "\(entry.key.typed) cannot be '\(entry.value.typed)'",
      allowed: allowed)
  }
}
