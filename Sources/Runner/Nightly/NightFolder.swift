package import Foundation
import Store

/// Where the reports of a sweep's nights lie: the latest ones, and a dated copy of each night.
package struct NightFolder: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case markdown = "md"
    case junit = "junit.xml"
    case page = "html"
  }

  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// The file whose lock a night of the sweep holds.
  package var lock: String { "\(path)/\(Self.lockName)" }

  package func latest(_ kind: Kind) -> String { "\(path)/\(Self.latestName(kind))" }

  package func copy(_ kind: Kind, of date: Date) -> String {
    "\(path)/\(Self.stamp(date)).\(kind.rawValue)"
  }

  /// Creates the folder and those above it that are missing.
  package func create() throws(RunnerError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .refused(path, "created", error)
    }
  }

  /// Throws what making it and writing there would, and leaves nothing behind.
  ///
  /// - Parameter body: Tries out what may lie in folders that come with this one.
  package func tryOut(_ body: () throws(RunnerError) -> Void = {}) throws(RunnerError) {
    // Another process that tries it out may take away folders that this one has found or made.
    for _ in 1..<Self.attempts {
      do { return try tryOutOnce(body) } catch {
        if FileManager.default.fileExists(atPath: path) { throw error }
      }
    }
    try tryOutOnce(body)
  }

  private static let attempts = 20

  private func tryOutOnce(_ body: () throws(RunnerError) -> Void) throws(RunnerError) {
    var missing: [String] = []
    var place = path
    while !place.isEmpty, !FileManager.default.fileExists(atPath: place) {
      missing.append(place)
      place = place.parentFolder
    }
    // From the innermost to the outermost; one that is in use by now is not empty and stays.
    defer { for folder in missing { rmdir(folder) } }
    try create()
    try DurableFile.tryOutShared(latest(.markdown))
    try body()
  }

  /// Writes the reports of a night, each complete under its name or not there; a kind that is not
  /// given has no latest report either. Dated ones of all but the last `kept` nights go.
  package func write(
    _ reports: [Kind: String], date: Date, kept: Int
  ) throws(RunnerError) {
    for kind in Kind.allCases {
      if let text = reports[kind] {
        let copy = copy(kind, of: date)
        try DurableFile.writeShared(Data(text.utf8), to: copy, mode: 0o666)
        // By the temporary name of the copy it goes with old nights where this one is killed here.
        try DurableFile.writeShared(Data(text.utf8), to: latest(kind), mode: 0o666, under: copy)
      } else if unlink(latest(kind)) != 0 && errno != ENOENT {
        throw .refused(latest(kind), "removed", errno: errno)
      }
    }
    try removeOld(keeping: kept)
  }

  /// Whether a file of this name in such a folder is the lock or a report.
  package static func isOwn(_ name: String) -> Bool {
    name == lockName || Kind.allCases.contains { name == latestName($0) }
      || name.wholeMatch(of: dated) != nil
  }

  private static var dated: Regex<(Substring, Substring, Substring, Substring?)> {
    /(\d{8}T\d{6}\.\d{3}Z)\.(md|junit\.xml|html)((?:\.[0-9a-f]+)?\.partial)?/
  }

  private static let lockName = "lock"

  private static func latestName(_ kind: Kind) -> String { "latest.\(kind.rawValue)" }

  private func removeOld(keeping kept: Int) throws(RunnerError) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw .refused(path, "read", error)
    }
    // Files of other names are not ours.
    let nights = Dictionary(
      grouping: names.compactMap { $0.wholeMatch(of: Self.dated) }, by: \.output.1)
    for night in nights.keys.sorted().dropLast(kept) {
      for file in nights[night] ?? [] {
        let old = "\(path)/\(file.output.0)"
        guard unlink(old) == 0 || errno == ENOENT else {
          throw .refused(old, "removed", errno: errno)
        }
      }
    }
  }

  /// Such as `20261121T023000.000Z`; UTC, so that names are in the order of the nights. Nights of
  /// small sweeps may begin within a second.
  private static func stamp(_ date: Date) -> String {
    date.formatted(
      Date.ISO8601FormatStyle(
        dateSeparator: .omitted, timeSeparator: .omitted, includingFractionalSeconds: true))
  }
}
