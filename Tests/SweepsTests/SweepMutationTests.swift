import Foundation
import Sweeps
import Testing

/// Damaged sweep files: whatever the text, it expands or is refused with places that exist.
///
/// `SWEEP_MUTATION_SEED` repeats a run.
@Suite struct SweepMutationTests {
  @Test func `a damaged sweep file expands or is refused, and never ends the program`() {
    let given = ProcessInfo.processInfo.environment["SWEEP_MUTATION_SEED"]
    let seed = given.flatMap { UInt64($0) } ?? UInt64.random(in: 0 ... .max)
    print("SweepMutationTests: seed \(seed)")
    var generator = SplitMix(state: seed)
    var expanded = 0
    for round in 0..<2_000 {
      var text = Array(Self.originals[round % Self.originals.count].unicodeScalars)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        Self.mutate(&text, using: &generator)
      }
      var damaged = String.UnicodeScalarView()
      damaged.append(contentsOf: text)
      do throws(SweepError) {
        let sweep = try SweepFixture.expand(String(damaged), exclusion: Self.nothing)
        expanded += 1
        #expect(!sweep.jobs.isEmpty, "seed \(seed), round \(round)")
      } catch {
        #expect(!error.diagnostics.isEmpty, "seed \(seed), round \(round)")
        for diagnostic in error.diagnostics {
          #expect(Self.isPlaced(diagnostic), "seed \(seed), round \(round): \(diagnostic)")
        }
      }
    }
    #expect(expanded > 50, "seed \(seed): mutations that break nothing are part of the test")
  }

  @Test func `the undamaged sweep files expand`() throws {
    let counts = try Self.originals.map {
      try SweepFixture.expand($0, exclusion: Self.nothing).jobs.count
    }
    #expect(counts == [486, 8, 60, 24])
  }

  private static let nothing: ExclusionEvaluator = { expressions, _, rows in
    expressions.map { _ in rows.map { _ in nil } }
  }

  private static func isPlaced(_ diagnostic: SweepDiagnostic) -> Bool {
    guard case .line(_, let line, let column, let source) = diagnostic.place else { return true }
    return line >= 1 && column >= 1 && column <= source.unicodeScalars.count + 1
  }

  private static func mutate(_ text: inout [Unicode.Scalar], using generator: inout SplitMix) {
    let place = Int.random(in: 0...text.count, using: &generator)
    let length = min(text.count - place, Int.random(in: 1...8, using: &generator))
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: text.removeSubrange(place..<place + length)
    case 1: text.insert(contentsOf: text[place..<place + length], at: place)
    case 2:
      let other = Int.random(in: 0...text.count, using: &generator)
      text.insert(contentsOf: text[place..<place + length], at: other)
    case 3: text.removeSubrange((place + length)...)
    default:
      let token = tokens[Int.random(in: 0..<tokens.count, using: &generator)]
      text.insert(contentsOf: token.unicodeScalars, at: place)
    }
  }

  private static let tokens = [
    "&a ", "*a", "<<: ", "!!int ", "[", "]", "{", "}", ": ", "- ", "? ", "\n", "\n  ", "\t", "\"",
    "'", "#", "|\n", ">", "---\n", "...\n", "%YAML 1.1\n", "\u{0}", "\u{7}", "\u{FEFF}", "\u{85}",
    "\u{2028}", "é", "λ", "\u{1F600}", "\r\n", "\\x", "\"\\uD800\"", "\"\\U00110000\"", "1e999",
    "-1", "99999999999999999999", "nan", "inf", ".", "true", "~", "null", "${", "}", "range", ",",
    "- - - - - - - - - - - - ", "[[[[[[[[[[[[[[[[[[[[[[", "0x10", "1_000", "seeds: 5\n",
  ]

  private static let originals = [
    """
    name: omniglot-alpha-margin
    description: free text
    base:
      dataset: {path: ../data/omniglot-small.h5, levels: [high]}
      model: {embedding: 64}
      steps: 1000
    sweep:
      alpha: [1.0, 1.2, 1.4]
      m: {range: [0.2, 0.6, 0.2]}
      T: [0, 10, inf]
      lambda: {linspace: [0.3, 0.7, 3]}
      batch: [60x3, 30x6]
    seeds: 3
    exclude:
      - margin > alpha
      - batch = '30x6' AND temperature = 0
    objective: {metric: validation/map@r, goal: maximize}

    """,
    """
    name: zipped
    description: |
      several lines & more
      *text*
    base:
      dataset: "${DATA:-/data}/d.h5"
      schedule: {cosine: {floor: 0.1}}
      loss: {α: 1.2, query_weighting: hardness}
    zip:
      - learning_rate: {logspace: [0.01, 1, 3]}
        steps: [1000, 2000, 3000]
    include:
      - {alpha: 2.0, m: 1.3, T: 1}
    seeds: [1, 2]
    max_jobs: 500

    """,
    """
    name: field
    base:
      dataset: {path: d.h5, levels: [low, high], preprocess: [l2, {pca: 64}]}
      model: {hidden: [512], batch_normalization: true}
      optimizer: {name: adamw, beta1: 0.8}
      schedule: {multistep: {at: [5, 8], factor: 0.2}, warmup: 3}
      evaluation: {few_shot: {ways: [5]}, clustering: true}
    sweep:
      loss: [ranked_list, triplet, multimodal]
      learning_rate: {when: {loss.name: triplet}, choice: [0.1, 0.3]}
      lr: {when: {loss.name: [ranked_list, multimodal]}, logspace: [0.01, 1, 3]}
      mining: [hard, all]
    ablate:
      - {T: [0, 5]}
      - {alpha: [1.1, 1.2], m: [0.2, 0.3]}
    folds: 2
    exclude: mining = 'hard'

    """,
    """
    name: drawn
    base: {dataset: d.h5}
    strategy: {random: {trials: 3, seed: 4}}
    protocol: reality_check
    repeat: {seeds: 4}
    sweep:
      loss: [contrastive, margin]
      lr: {log_uniform: [0.001, 1]}
      nu: {uniform: [0, 1]}
      power: {int_uniform: [1, 2]}

    """,
  ]
}

/// The generator of Steele, Lea and Flood (2014), doi:10.1145/2660193.2660195.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
