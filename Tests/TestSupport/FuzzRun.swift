import Foundation

/// A series of damaged inputs for one test.
///
/// `RLL_FUZZ_INPUTS` says how many where the usual number is not enough, and `RLL_FUZZ_SEED`
/// repeats a series. The seed is printed at once: an input that ends the process leaves no other
/// word.
package struct FuzzRun: Sendable {
  package let seed: UInt64
  package let inputs: Range<Int>

  /// `usually`: how many inputs an ordinary run of the tests takes.
  package init(_ name: String, usually count: Int) {
    let environment = ProcessInfo.processInfo.environment
    seed = environment["RLL_FUZZ_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0 ... .max)
    inputs = 0..<(environment["RLL_FUZZ_INPUTS"].flatMap { Int($0) } ?? count)
    print("\(name): \(inputs.count) inputs, RLL_FUZZ_SEED=\(seed)")
  }

  /// The draws of one input, which do not depend on those before it.
  package func generator(of input: Int) -> SplitMix {
    var seeds = SplitMix(seed: seed &+ UInt64(input))
    return SplitMix(seed: seeds.next())
  }

  /// What a failure says of where it was.
  package func place(of input: Int) -> String { "seed \(seed), input \(input)" }
}
