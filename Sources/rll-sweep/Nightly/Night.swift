import CommandSupport
import Foundation
import Kernels
import Reports
import Runner
import Store
import Sweeps

/// One night of one sweep: all of its jobs again, the judgement, the reports.
struct Night {
  let planned: PlannedSweep
  let store: ExperimentStore
  let blas: BLASLibrary
  let options: NightlyOptions
  let deadline: ContinuousClock.Instant?
  let journal: NightJournal

  func run() async throws -> NightOutcome {
    let request = LaunchRequest(planned, resources: planned.sweep.resources)
    let launch = try await launch(request)
    var gate = GateRequest(sweep: planned.sweep.name)
    gate.launch = request.record.id
    gate.baseline = options.baseline
    gate.storePath = NightlyOptions.absolute(options.store.path)
    let judgement = try gate.judge(in: store)
    let missing = try missingNight(before: judgement.launch)
    let page = try page()
    var outcome = NightOutcome(
      judgement: judgement, launch: launch, folder: options.folder(of: planned.sweep.name),
      hasPage: page != nil,
      remarks: [lateness(of: launch), missing].compactMap(\.self))
    do {
      try judgement.record(in: store)
      try write(outcome, page: page)
    } catch {
      // What was found must be told, the more so on a disk that is full.
      outcome.problem = "not all of this night could be kept: \(error)"
    }
    journal.addIfPossible(
      "\(outcome.headline) (exit code \(outcome.exit.rawValue), "
        + "\(launch.summary.completed) of \(Counted(launch.summary.total, "job")) completed in "
        + "\(ReportCell.seconds(launch.summary.wallSeconds).shownText))")
    return outcome
  }

  private func write(_ outcome: NightOutcome, page: String?) throws {
    var reports: [NightFolder.Kind: String] = [
      .markdown: outcome.markdown, .junit: outcome.judgement.junit,
    ]
    reports[.page] = page
    try outcome.folder.create()
    try outcome.folder.write(
      reports, date: try outcome.judgement.launch.startedAt.date, kept: options.keep)
  }

  private func launch(_ request: LaunchRequest) async throws -> LaunchResult {
    var launcher = SweepLauncher(
      store: store, blas: blas, workers: options.machine.workerCount, policy: LaunchPolicy(),
      usesNativeBLAS: options.machine.nativeBlas, isQuiet: true,
      logger: Diagnostics.logger(isVerbose: false))
    launcher.deadline = deadline
    launcher.listener = { [journal] in journal.addIfPossible($0) }
    let result = try await launcher.launch(request)
    guard let signal = result.signal else { return result }
    var error = NightlyError(
      "the night of \(result.sweepName) was stopped by a signal with "
        + "\(result.summary.completed) of \(Counted(result.summary.total, "job")) done and was not "
        + "judged. The next one goes on with what is left")
    error.commandExit = signal == SIGINT ? .interrupted : .terminated
    throw error
  }

  /// Nil where the launch came to its end in time.
  private func lateness(of launch: LaunchResult) -> String? {
    let left = launch.summary.interrupted + launch.summary.pending
    guard launch.isOutOfTime, left > 0, let seconds = options.timeLimitSeconds else { return nil }
    return "the time limit of \(DurationText.text(ofSeconds: seconds)) was over with \(left) of "
      + "\(Counted(launch.summary.total, "job")) left; the next night, or rll-sweep retry "
      + "\(ShellWord(planned.sweep.name).text) --store "
      + "\(ShellWord(NightlyOptions.absolute(options.store.path)).text), goes on with them; with a "
      + "longer --time-limit nights come to their end"
  }

  private func missingNight(before launch: LaunchRecord) throws -> String? {
    guard let schedule = options.schedule,
      let last = try store.nights(
        of: launch.sweepName, before: launch.startedAt.description, limit: 1
      ).first?.startedAt
    else { return nil }
    let start = launch.startedAt
    guard
      schedule.isMissingNight(between: try Timestamp(storedText: last).date, and: try start.date)
    else { return nil }
    return "no night of \(launch.sweepName) came to a verdict between \(last) and \(start), and "
      + "one is expected every \(DurationText.text(ofSeconds: schedule.everySeconds)): the machine "
      + "was off, cron did not run, or nights ended in errors"
  }

  /// Nil where there is nothing to draw with.
  private func page() throws -> String? {
    let library: String
    do {
      library = try PageLibrary.text(path: nil)
    } catch let error as PageLibraryError {
      journal.addIfPossible("there is no report page: \(error)")
      return nil
    }
    let document = PageDocument(
      program: "rll-sweep \(ProgramVersion.text)", writtenAt: Date(),
      sources: try PageSource.sources(of: planned.sweep.name, in: store, metrics: []))
    return HTMLPage(library: library).text(of: document)
  }
}
