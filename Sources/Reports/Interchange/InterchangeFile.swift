package import Foundation
package import Store

/// A file of a folder that another program reads.
package struct InterchangeFile: Sendable, Hashable {
  /// Below the folder, parts separated by slashes.
  package let path: String
  package let content: Data

  init(_ path: String, _ content: Data) {
    self.path = path
    self.content = content
  }

  init(_ path: String, text: String) {
    self.init(path, Data(text.utf8))
  }
}

/// A run with what goes beside it to other programs.
package struct InterchangeRun: Sendable {
  package let detail: RunDetail
  package let history: [MetricPoint]

  package init(detail: RunDetail, history: [MetricPoint]) {
    self.detail = detail
    self.history = history
  }

  var summary: RunSummary { detail.summary }

  /// Moments of the store are RFC 3339 with milliseconds; nil where there is none yet.
  static func date(_ text: String?) -> Date? {
    text.flatMap {
      try? Date($0, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
  }
}
