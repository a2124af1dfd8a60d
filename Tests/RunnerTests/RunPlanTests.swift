import Runner
import Store
import Testing

struct RunPlanTests {
  private static func options(fresh: Bool = false, retries: Bool = false) -> RerunOptions {
    var options = RerunOptions()
    options.isFresh = fresh
    options.retriesFailed = retries
    return options
  }

  @Test(arguments: [
    (nil, options(), PlannedJob.Action.run, "new"),
    (RunState.pending, options(), .run, "waiting since an earlier launch"),
    (.interrupted, options(), .run, "was interrupted"),
    (.running, options(), .run, "running under another launch, which is waited for"),
    (.completed, options(), .skip, "completed as 01234567"),
    (.completed, options(fresh: true), .run, "completed before, asked to run again"),
    (.failed, options(), .skip, "failed before, --retry-failed runs it again: boom"),
    (.failed, options(retries: true), .retry, "failed before: boom"),
    (.cancelled, options(), .skip, "cancelled"),
  ])
  func `what the store knows of a job decides what a launch does with it`(
    state: RunState?, options: RerunOptions, action: PlannedJob.Action, reason: String
  ) throws {
    let fixture = try LaunchFixture()
    let job = fixture.jobs(1)[0]
    let known = state.map {
      KnownJob(
        runID: "0123456789abcdef", state: $0, error: "boom", numericsIdentity: nil,
        wallSeconds: nil)
    }
    let plan = RunPlan(
      jobs: [job], known: known.map { [job.key: $0] } ?? [:], options: options,
      numericsIdentity: "here")
    #expect(plan.jobs.map(\.action) == [action])
    #expect(plan.jobs.map(\.reason) == [reason])
    #expect(plan.warnings.isEmpty)
  }

  @Test func `results of other numerics are skipped with a warning`() throws {
    let fixture = try LaunchFixture()
    let jobs = fixture.jobs(2)
    let known = KnownJob(
      runID: "0123456789abcdef", state: .completed, error: nil, numericsIdentity: "there",
      wallSeconds: 1)
    let plan = RunPlan(
      jobs: jobs, known: [jobs[0].key: known], options: .init(), numericsIdentity: "here")
    #expect(plan.jobs.map(\.action) == [.skip, .run])
    #expect(
      plan.warnings == [
        "1 completed jobs were computed with other numerics than this host's (here); "
          + "--fresh runs them again"
      ])
  }
}
