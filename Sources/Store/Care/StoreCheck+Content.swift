import Crypto
import Foundation
import GRDB
import Sweeps

/// What only we can say of a store: digests, and what a completed run must have.
extension StoreCheck {
  /// What stands in the texts of sweep files between a file and one that it extends.
  private static let extensionMark = "\n# extends "

  mutating func checkJobKeys() throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT key, canonicalText FROM job ORDER BY key")
    while let row = try rows.next() {
      let (key, text): (String, String) = (row[0], row[1])
      guard Self.digest(of: text) != key else { continue }
      report(
        .damage, .jobKey, "the job \(key.prefix(12))… has a text whose SHA-256 is another one",
        Self.restore)
    }
  }

  mutating func checkDocuments() throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT digest, text FROM document ORDER BY 1")
    while let row = try rows.next() {
      let (digest, text): (String, String) = (row[0], row[1])
      // Version 0.1 digested the sweep file alone, without those that it extends.
      let own = text.range(of: Self.extensionMark).map { String(text[..<$0.lowerBound]) } ?? text
      guard Self.digest(of: text) != digest, Self.digest(of: own) != digest else { continue }
      report(
        .damage, .document,
        "the sweep file \(digest.prefix(12))… has a text whose SHA-256 is another one",
        Self.restore)
    }
  }

  mutating func checkWeights() throws {
    let isOrphan = try ForeignKeys(database).isUnreferenced("blob", except: ["blobChunk"])
    let blobs = try Row.fetchAll(
      database, sql: "SELECT digest, bytes, \(isOrphan) AS isOrphan FROM blob ORDER BY digest")
    var orphans: [Int] = []
    for blob in blobs {
      let (digest, bytes): (String, Int) = (blob[0], blob[1])
      if blob["isOrphan"] { orphans.append(bytes) }
      count(weightBytes: bytes)
      if let difference = try difference(ofBlob: digest, bytes: bytes) {
        let runs = try runs(withBlob: digest)
        report(
          .damage, .weights,
          "the weights \(digest.prefix(12))…\(runs) \(difference)",
          "Restore a backup, or run the job again with rll-sweep launch --fresh")
      }
    }
    if !orphans.isEmpty {
      report(
        .remark, .orphanWeights,
        "no run refers to \(orphans.count) of the stored weights (\(orphans.reduce(0, +)) bytes)",
        "rll-report store gc removes them")
    }
  }

  /// How the stored content differs from what was stored; nil where it does not.
  private func difference(ofBlob digest: String, bytes: Int) throws -> String? {
    var hasher = SHA256()
    var total = 0
    var next = 0
    let chunks = try Row.fetchCursor(
      database,
      sql: "SELECT position, content FROM blobChunk WHERE blobDigest = ? ORDER BY position",
      arguments: [digest])
    while let chunk = try chunks.next() {
      guard chunk["position"] as Int == next else { return "lack their part \(next)" }
      let content: Data = chunk["content"]
      hasher.update(data: content)
      total += content.count
      next += 1
    }
    guard total == bytes else { return "have \(total) bytes instead of \(bytes)" }
    return ContentDigest.text(of: hasher.finalize()) == digest ? nil : "have another SHA-256"
  }

  private func runs(withBlob digest: String) throws -> String {
    let runs = try String.fetchAll(
      database,
      sql: """
        SELECT DISTINCT run.id FROM checkpoint JOIN run ON run.number = checkpoint.runNumber
        WHERE checkpoint.blobDigest = ? ORDER BY run.number
        """, arguments: [digest])
    return runs.isEmpty
      ? "" : " of run " + runs.map { String($0.prefix(8)) }.joined(separator: ", ")
  }

  mutating func checkCompletedRuns() throws {
    count(runs: try Int.fetchOne(database, sql: "SELECT count(*) FROM run") ?? 0)
    // A gc may have dropped the last weights where there are the best ones, but never all.
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT id,
          EXISTS (SELECT 1 FROM finalMetric WHERE runNumber = run.number) AS hasMeasures,
          coalesce(json_array_length(settings, '$."checkpoint.keep"'), 0) = 0
            OR EXISTS (SELECT 1 FROM checkpoint WHERE runNumber = run.number) AS hasWeights
        FROM run WHERE state = 'completed' ORDER BY number
        """)
    for row in rows {
      let id: String = row["id"]
      for (column, what) in [("hasMeasures", "measures"), ("hasWeights", "weights")]
      where !(row[column] as Bool) {
        report(
          .damage, .completedRun, "the run \(id.prefix(8)) is completed, but has no \(what)",
          "Restore a backup, or run its job again with rll-sweep launch --fresh")
      }
    }
  }

  private static func digest(of text: String) -> String { ContentDigest.text(of: Data(text.utf8)) }
}
