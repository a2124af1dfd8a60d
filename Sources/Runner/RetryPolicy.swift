package import Store

/// Whether a job that failed is tried again under the same launch. It is decided by the code of
/// the reason, never by a text.
package struct RetryPolicy: Sendable, Hashable {
  package let retries: Int

  package init(retries: Int) {
    self.retries = retries
  }

  /// - Parameter retriesMade: How often this launch has tried the job again before.
  package func triesAgain(after reason: AttemptReason?, retriesMade: Int) -> Bool {
    guard let reason, reason.isOfSurroundings else { return false }
    return retriesMade < retries
  }
}
