import Runner
import Store
import Testing

struct RetryPolicyTests {
  @Test(arguments: AttemptReason.allCases)
  func `only what something around a job did is tried again`(reason: AttemptReason) {
    let surroundings: Set<AttemptReason> = [.died, .notStarted, .outOfMemory, .file]
    let policy = RetryPolicy(retries: 2)
    #expect(policy.triesAgain(after: reason, retriesMade: 0) == surroundings.contains(reason))
    #expect(policy.triesAgain(after: reason, retriesMade: 1) == surroundings.contains(reason))
    #expect(!policy.triesAgain(after: reason, retriesMade: 2))
    #expect(!RetryPolicy(retries: 0).triesAgain(after: reason, retriesMade: 0))
  }

  @Test func `what completed is not tried again`() {
    #expect(!RetryPolicy(retries: 2).triesAgain(after: nil, retriesMade: 0))
  }
}
