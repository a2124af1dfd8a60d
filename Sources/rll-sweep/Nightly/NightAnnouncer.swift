import CommandSupport
import Reports

/// Tells what came of nights, and knows how the call ends because of it.
///
/// Where standard output cannot be written the nights go on: what they find is told on standard
/// error and in the log, and decides over the exit code all the same.
struct NightAnnouncer {
  /// Whether everything is told as one document at the end.
  private let isJSON: Bool
  private let journal: NightJournal
  private var outcomes: [NightOutcome] = []
  private var mails = 0
  private var failures: [CommandExit] = []

  /// The gravest first.
  private static let order: [CommandExit] = [
    .interrupted, .terminated, .regression, .failed, .inputOutput, .cannotJudge,
  ]

  init(isJSON: Bool, journal: NightJournal) {
    self.isJSON = isJSON
    self.journal = journal
  }

  var exit: CommandExit {
    let exits = failures + outcomes.map(\.exit)
    return Self.order.first(where: exits.contains) ?? exits.first { $0 != .done } ?? .done
  }

  /// A night that is over.
  mutating func tell(_ outcome: NightOutcome) {
    outcomes.append(outcome)
    guard !isJSON, !outcome.isUneventful else { return }
    write((mails == 0 ? "" : "\n") + outcome.mail, about: [outcome])
    mails += 1
  }

  /// What ended the call early, or kept it from ending well.
  mutating func tell(_ error: any Error) {
    failures.append(CommandExit(error))
    Diagnostics.error("\(error)")
    journal.addIfPossible("error: \(error) (exit code \(exit.rawValue))")
  }

  /// - Parameter isArray: Whether several nights were asked for.
  mutating func tellDocuments(asArray isArray: Bool) {
    guard isJSON, let first = outcomes.first else { return }
    let document = isArray ? JSONValue.array(outcomes.map(\.document)) : first.document
    write(document.text, about: outcomes)
  }

  private mutating func write(_ text: String, about nights: [NightOutcome]) {
    do {
      try StandardOutput.write(text)
    } catch {
      failures.append(.inputOutput)
      let message =
        "\(error). It was to say: \(nights.map(\.headline).joined(separator: "; "))"
      Diagnostics.error(message)
      journal.addIfPossible("error: \(message)")
    }
  }
}
