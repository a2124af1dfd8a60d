/// `resources.slurm`, and a profile.
extension SweepParser {
  private static let allowedCounts = 1...1_000_000
  private static let allowedCPUs = 1...1_024
  private static let allowedMemory = "a size with its unit from 1MiB, as 512MiB or 2GiB"
  private static let allowedTime = "a duration with its unit, as 30min, 2h or 1d"

  mutating func slurm(_ node: DocumentNode?) -> SlurmOptions {
    var options = SlurmOptions()
    guard let entries = node?.mapping else {
      report(
        node == nil ? .missing : .badValue, node?.position ?? .init(line: 1, column: 1),
        node.map { "Slurm's options cannot be '\($0.typed)'" } ?? "there are no options for Slurm",
        allowed: "a mapping, as {partition: long, time: 2h}, of \(SlurmKey.listText)")
      return options
    }
    for entry in entries {
      guard let key = entry.key.scalar.flatMap(SlurmKey.init(rawValue:)) else {
        unknownSlurmKey(entry.key)
        continue
      }
      read(entry, as: key, into: &options)
    }
    return options
  }

  private mutating func unknownSlurmKey(_ key: DocumentNode) {
    let word = key.scalar ?? ""
    let nearest =
      SlurmKey.foreignWords[word.lowercased()]
      ?? NearestSpelling.suggestion(for: word, among: SlurmKey.allCases.map(\.rawValue))
    report(
      .unknownName, key.position, "Slurm's options cannot have '\(key.typed)'",
      allowed: SlurmKey.listText, suggestion: nearest.map { "'\($0)'" })
  }

  private mutating func read(
    _ entry: DocumentNode.Entry, as key: SlurmKey, into options: inout SlurmOptions
  ) {
    switch key {
    case .partition: options.partition = name(entry)
    case .account: options.account = name(entry)
    case .qos: options.qos = name(entry)
    case .time:
      options.timeSeconds = value(entry, allowed: Self.allowedTime) {
        $0.scalar.flatMap(ResourceLimit<Double>.init(duration:))?.value
      }
    case .memory:
      options.memoryBytes = value(entry, allowed: Self.allowedMemory) {
        $0.scalar.flatMap(ResourceLimit<Int>.init(size:))?.value
      }
    case .cpus: options.cpus = count(entry, in: Self.allowedCPUs)
    case .arrayLimit: options.arrayLimit = count(entry, in: Self.allowedCounts)
    case .maxArray: options.maxArray = count(entry, in: Self.allowedCounts)
    case .sbatch: options.sbatch = sbatchLines(entry)
    case .setup: options.setup = setupLines(entry)
    }
  }

  private mutating func value<Value>(
    _ entry: DocumentNode.Entry, allowed: String, _ read: (DocumentNode) -> Value?
  ) -> Value? {
    if let value = read(entry.value) { return value }
    report(
      .badValue, entry.value.position, "\(entry.key.typed) cannot be '\(entry.value.typed)'",
      allowed: allowed)
    return nil
  }

  private mutating func count(_ entry: DocumentNode.Entry, in range: ClosedRange<Int>) -> Int? {
    value(entry, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)") {
      $0.integer.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  private mutating func name(_ entry: DocumentNode.Entry) -> String? {
    value(entry, allowed: "a name of letters, digits and . _ - + @, several with commas") {
      guard let text = $0.scalar, (1...200).contains(text.utf8.count),
        text.utf8.allSatisfy(Self.isClusterNameByte), !text.hasPrefix("-")
      else { return nil }
      return text
    }
  }

  private static func isClusterNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: ".,_-+@".utf8.contains(byte)
    }
  }

  private mutating func sbatchLines(_ entry: DocumentNode.Entry) -> [String]? {
    lines(entry, allowed: "a list of options as sbatch has them, as ['--constraint=avx2']") {
      parser, line in
      guard line.scalar?.hasPrefix("-") == true else { return false }
      guard let own = line.scalar.flatMap(SlurmKey.ownOption) else { return true }
      let way = own.key.map { "give it as \($0.rawValue)" } ?? "a launch sets it itself"
      parser.report(.conflict, line.position, "sbatch cannot have \(own.name)", allowed: way)
      return true
    }
  }

  private mutating func setupLines(_ entry: DocumentNode.Entry) -> [String]? {
    if let text = entry.value.scalar, !entry.value.isNothing, Self.isPrintable(text) {
      return text.split(separator: "\n").map(String.init)
    }
    return lines(entry, allowed: "lines of a shell, as ['module load gcc']") { _, _ in true }
  }

  /// A list of texts of one line each; `isRight` may say more about one that is wrong.
  private mutating func lines(
    _ entry: DocumentNode.Entry, allowed: String,
    isRight: (inout SweepParser, DocumentNode) -> Bool
  ) -> [String]? {
    guard let nodes = entry.value.sequence else {
      return value(entry, allowed: allowed) { _ in nil }
    }
    for node in nodes {
      let isLine = node.scalar.map { Self.isPrintable($0) && !$0.contains("\n") } ?? false
      if !isLine || !isRight(&self, node) {
        report(
          .badValue, node.position, "\(entry.key.typed) cannot have '\(node.typed)'",
          allowed: allowed)
      }
    }
    return nodes.compactMap(\.scalar)
  }

  private static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0.value != 0x7f || $0 == "\n" || $0 == "\t"
    }
  }
}
