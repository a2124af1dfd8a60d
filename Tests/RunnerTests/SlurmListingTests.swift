import Runner
import Testing

/// What Slurm's programs print, in the forms that its versions have.
struct SlurmListingTests {
  private static let name = "rll-0123456789abcdef"

  private static func queue(_ text: String) -> [String: SlurmState] {
    Dictionary(
      uniqueKeysWithValues: SlurmListing.queue(text, names: [name]).map {
        ($0.key.description, $0.value)
      })
  }

  @Test func `a listing of the queue has each task of an array once, waiting ones in ranges`() {
    let states = Self.queue(
      """
      12_[4-5,9-13:2%2]|PENDING|\(Self.name)|(Resources)
      12_0|RUNNING|\(Self.name)|None
      12_1|COMPLETED|\(Self.name)|None
      12_2|COMPLETING|\(Self.name)|NonZeroExitCode
      12_3|NODE_FAIL|\(Self.name)|NodeDown
      12_0|FAILED|somebody-else|None
      7|RUNNING|\(Self.name)|None

      """)
    #expect(
      states == [
        "12_4": .waiting(reason: "Resources"), "12_5": .waiting(reason: "Resources"),
        "12_9": .waiting(reason: "Resources"), "12_11": .waiting(reason: "Resources"),
        "12_13": .waiting(reason: "Resources"), "12_0": .running, "12_1": .ended(.completed),
        "12_2": .running, "12_3": .ended(.nodeFailed),
      ])
  }

  /// What is said of a task whose state is not one word of a fixed list: versions differ.
  @Test(arguments: [
    ("PENDING", SlurmState.waiting(reason: "x")), ("CONFIGURING", .waiting(reason: "x")),
    ("REQUEUED", .waiting(reason: "x")), ("REQUEUE_HOLD", .waiting(reason: "x")),
    ("SPECIAL_EXIT", .waiting(reason: "x")), ("SUSPENDED", .running), ("STAGE_OUT", .running),
    ("SIGNALING", .running), ("STOPPED", .running), ("RESIZING", .running),
    ("A_STATE_OF_THE_FUTURE", .running), ("", .running), ("CANCELLED", .ended(.cancelled)),
    ("CANCELLED+", .ended(.cancelled)), ("CANCELLED by 1000", .ended(.cancelled)),
    ("TIMEOUT", .ended(.timeout)), ("DEADLINE", .ended(.deadline)),
    ("OUT_OF_MEMORY", .ended(.outOfMemory)), ("PREEMPTED", .ended(.preempted)),
    ("BOOT_FAIL", .ended(.bootFailed)), ("REVOKED", .ended(.revoked)),
  ])
  func `states`(word: String, state: SlurmState) {
    #expect(Self.queue("1_2|\(word)|\(Self.name)|x\n") == ["1_2": state])
  }

  @Test(arguments: [
    "", "\n\n", "slurm_load_jobs error: Unable to contact slurm controller\n", "12_3|RUNNING\n",
    "12_x|RUNNING|\(name)|None\n", "_3|RUNNING|\(name)|None\n", "12|RUNNING|\(name)|None\n",
    "12_[9-4]|RUNNING|\(name)|None\n", "12_[1-99999999]|PENDING|\(name)|None\n",
    "12_[1-5:0]|PENDING|\(name)|None\n", "12_[-1]|PENDING|\(name)|None\n",
  ])
  func `lines that say nothing of a task are passed over`(text: String) {
    #expect(Self.queue(text).isEmpty)
  }

  @Test func `a list that squeue has cut short is read as far as it goes`() {
    #expect(Set(Self.queue("12_[1,3,5...]|PENDING|\(Self.name)|None\n").keys) == ["12_1", "12_3"])
  }

  @Test func `the array of a name is found, and not that of another`() {
    let text = "15_[0-3]|PENDING|\(Self.name)|Priority\n"
    #expect(SlurmListing.job(named: Self.name, in: text) == 15)
    #expect(SlurmListing.job(named: "rll-ffffffffffffffff", in: text) == nil)
    #expect(SlurmListing.job(named: Self.name, in: "") == nil)
  }

  /// One line of `scontrol --oneliner show job` of 22.05, one in the form of 23.11, one of 17.11.
  private static let details = """
    JobId=13 ArrayJobId=12 ArrayTaskId=0 ArrayTaskThrottle=2 JobName=rll-0 UserId=a(0) \
    JobState=FAILED Reason=NonZeroExitCode Dependency=(null) Requeue=1 Restarts=0 BatchFlag=1 \
    Reboot=0 ExitCode=143:0 RunTime=00:00:17 ReqNodeList=(null) ExcNodeList=(null) NodeList=n1
    JobId=14 ArrayJobId=12 ArrayTaskId=1 JobName=rll-0 JobState=FAILED Reason=JobLaunchFailure \
    Dependency=(null) ExitCode=0:53 DerivedExitCode=0:0 NodeList=gpu[03] NumNodes=1
    JobId=15 ArrayJobId=12 ArrayTaskId=2 JobName=a JobState=TIMEOUT b JobState=OUT_OF_MEMORY \
    Reason=OutOfMemory ExitCode=0:125 NodeList=(null)
    JobId=12 ArrayJobId=12 ArrayTaskId=3-7%2 JobName=rll-0 JobState=PENDING Reason=Priority \
    ExitCode=0:0 NodeList=
    JobId=16 ArrayJobId=12 ArrayTaskId=8-9 JobName=rll-0 JobState=CANCELLED Reason=None \
    ExitCode=0:15 NodeList=(null)
    slurm_load_jobs error: Invalid job id specified
    JobId=99 JobName=x JobState=FAILED Reason=None ExitCode=1:0

    """

  @Test func `how tasks ended is read from scontrol, without jobs of another name`() {
    let ends = SlurmListing.ends(details: Self.details, names: ["rll-0", "x"])
    #expect(
      ends == [
        SlurmTaskID(job: 12, task: 0): SlurmEnd(
          .failed, exitCode: 143, node: "n1", reason: "NonZeroExitCode"),
        SlurmTaskID(job: 12, task: 1): SlurmEnd(
          .failed, exitCode: 0, signal: 53, node: "gpu[03]", reason: "JobLaunchFailure"),
        SlurmTaskID(job: 12, task: 8): SlurmEnd(.cancelled, exitCode: 0, signal: 15),
        SlurmTaskID(job: 12, task: 9): SlurmEnd(.cancelled, exitCode: 0, signal: 15),
      ])
  }

  @Test func `how tasks ended is read from sacct, without steps and other jobs`() {
    let ends = SlurmListing.ends(
      accounts: """
        12_0|COMPLETED|0:0|n1|\(Self.name)
        12_1|CANCELLED by 1000|0:15|None assigned|\(Self.name)
        12_2|NODE_FAIL|0:0|n2|\(Self.name)
        12_[3-4]|PENDING|0:0|None assigned|\(Self.name)
        12_5|OUT_OF_ME+|0:125|n1|\(Self.name)
        12_0|FAILED|1:0|n1|another
        Slurm accounting storage is disabled

        """, names: [Self.name])
    #expect(
      ends == [
        SlurmTaskID(job: 12, task: 0): SlurmEnd(.completed, exitCode: 0, node: "n1"),
        SlurmTaskID(job: 12, task: 1): SlurmEnd(.cancelled, exitCode: 0, signal: 15),
        SlurmTaskID(job: 12, task: 2): SlurmEnd(.nodeFailed, exitCode: 0, node: "n2"),
      ])
  }

  @Test(arguments: [
    ("17\n", 17), ("17;hal\n", 17), ("sbatch: a word of the site\n17\n", 17),
    ("Submitted batch job 17\n", nil), ("", nil), ("\n", nil), ("17;hal;x", 17),
    ("-5\n", nil), ("0\n", nil),
  ])
  func `the number of a new job`(text: String, job: Int?) {
    #expect(SlurmListing.submittedJob(text) == job)
  }

  @Test func `settings of the cluster are found among others`() {
    let text = """
      Configuration data as of 2026-11-21T18:06:36
      AccountingStorageType   = accounting_storage/none
      ClusterName             = hal
      MaxArraySize            = 1001
      SLURM_CONF              = /etc/slurm/slurm.conf

      Slurmctld(primary) at localhost is UP
      """
    #expect(SlurmListing.setting("ClusterName", in: text) == "hal")
    #expect(SlurmListing.setting("MaxArraySize", in: text) == "1001")
    #expect(SlurmListing.setting("MaxJobCount", in: text) == nil)
  }
}
