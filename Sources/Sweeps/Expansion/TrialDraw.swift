internal import Crypto

/// Random numbers of a sweep, as functions of its seed and of what they are for.
///
/// Nothing is consumed: a draw is the same whatever else the sweep draws, so an axis that is added
/// leaves the draws of the others as they were.
struct TrialDraw: Sendable {
  let seed: Int

  /// A number in [0, 1), a multiple of 2⁻⁵³: the first 53 bits of SHA-256 over
  /// `rll-sweep draw 1/seed/trial/attempt/purpose`.
  func share(trial: Int, attempt: Int, of purpose: String) -> Double {
    let text = "rll-sweep draw 1/\(seed)/\(trial)/\(attempt)/\(purpose)"
    let bits = UInt64(SHA256.hexadecimal(of: text).prefix(16), radix: 16) ?? 0
    return Double(bits >> 11) * 0x1p-53
  }

  /// A whole number in 0..<bound.
  func index(below bound: Int, trial: Int, attempt: Int, of purpose: String) -> Int {
    min(bound - 1, Int(Double(bound) * share(trial: trial, attempt: attempt, of: purpose)))
  }
}
