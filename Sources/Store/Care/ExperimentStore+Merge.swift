import Foundation
import GRDB

extension ExperimentStore {
  /// Brings everything that another store holds into this one, in one transaction.
  ///
  /// The other store is only read. What is here already stays as it is, so that merging twice
  /// changes nothing.
  package func merge(_ path: String, now: Timestamp) throws -> MergeResult {
    try requireWritable()
    let other = StoreLocation(path: path).path
    let inspected = try ExperimentStore(path: other, access: .inspect, schema: schema)
    guard FileStamp(of: other)?.isSameFile(as: FileStamp(of: location.path)) != true else {
      throw StoreError(.exists, "\(other) is the store itself. Name the one to be merged into it")
    }
    let version = try inspected.version()
    let damage = try inspected.check().damage
    try inspected.close()
    if let first = damage.first {
      throw StoreError(
        .damaged,
        "\(other) is damaged, so nothing was taken from it: \(first.text). "
          + "rll-report store check --store \(other) lists everything")
    }
    guard version < schema.version else { return try merge(attaching: other, now: now) }
    return try withCurrentCopy(of: other) { try merge(attaching: $0, now: now) }
  }

  /// An older store is copied and the copy brought up, so that the store itself stays as it is.
  private func withCurrentCopy<Result>(
    of other: String, _ body: (String) throws -> Result
  ) throws -> Result {
    let copy = location.path + ".merging-\(Identifier.random())"
    try DatabaseCopy.write(other, to: copy)
    let result = Swift.Result {
      try StoreError.translating(copy) {
        let queue = try DatabaseQueue(path: copy)
        try queue.writeWithoutTransaction { _ = try schema.migrate($0, path: copy) }
        try queue.close()
      }
      return try body(copy)
    }
    try DatabaseCopy.removeDatabase(copy)
    return try result.get()
  }

  private func merge(attaching other: String, now: Timestamp) throws -> MergeResult {
    try StoreError.translating(location.path) {
      try database.writeWithoutTransaction { database in
        let name = StoreConnection.readingName(of: other)
        let stamp = FileStamp(of: other)
        try database.execute(sql: "ATTACH DATABASE ? AS other", arguments: [name])
        let result = Result {
          try Self.transaction(database) { database in
            var merge = try StoreMerge(database, now: now)
            try merge.run()
            // Read as immutable, it may have been read at two moments if somebody wrote to it.
            guard name != StoreConnection.immutableName(of: other) || FileStamp(of: other) == stamp
            else {
              throw StoreError(
                .busy,
                "\(other) was written to while it was merged, so nothing was taken from it. "
                  + "Try again")
            }
            return merge.result
          }
        }
        try database.execute(sql: "DETACH DATABASE other")
        return try result.get()
      }
    }
  }
}
