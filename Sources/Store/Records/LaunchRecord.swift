package import Sweeps

/// One launch of a sweep: what was asked, by whom and where.
package struct LaunchRecord: Sendable {
  package var id: String
  package var sweepName: String
  package var sweepDescription: String?
  /// The sweep file as it was named.
  package var file: String
  package var text: String
  /// SHA-256 of the text, in hexadecimal.
  package var textDigest: String
  package var commandLine: [String]
  package var axes: [Axis]
  package var objective: Objective
  package var host: String
  package var processID: Int32
  package var startedAt: Timestamp
  /// What each of its jobs may take.
  package var resources = JobResources()
  /// What the nightly gate judges it by.
  package var gate: [GateRule] = []
  /// The boot of the host, which tells hosts of one name apart.
  package var bootID: String?

  /// A swept setting with its values, in the order of the file.
  package struct Axis: Sendable, Codable, Hashable {
    package var name: String
    package var values: [SettingValue]

    package init(name: String, values: [SettingValue]) {
      self.name = name
      self.values = values
    }
  }

  package init(
    id: String, sweepName: String, sweepDescription: String?, file: String, text: String,
    textDigest: String, commandLine: [String], axes: [Axis], objective: Objective, host: String,
    processID: Int32, startedAt: Timestamp
  ) {
    self.id = id
    self.sweepName = sweepName
    self.sweepDescription = sweepDescription
    self.file = file
    self.text = text
    self.textDigest = textDigest
    self.commandLine = commandLine
    self.axes = axes
    self.objective = objective
    self.host = host
    self.processID = processID
    self.startedAt = startedAt
  }
}
