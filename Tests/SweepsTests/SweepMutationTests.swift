import Sweeps
import TestSupport
import Testing

/// Damaged sweep files and overrides: whatever the text, it expands or is refused with places that
/// exist.
@Suite struct SweepMutationTests {
  @Test(.timeLimit(.minutes(60)))
  func `a damaged sweep file expands or is refused, and never ends the program`() {
    let run = FuzzRun("SweepMutationTests, files", usually: 2_000)
    var expanded = 0
    for input in run.inputs {
      var generator = run.generator(of: input)
      let damaged = Self.damaged(Self.originals[input % Self.originals.count], using: &generator)
      do throws(SweepError) {
        let sweep = try SweepFixture.expand(damaged, exclusion: Self.nothing)
        expanded += 1
        #expect(!sweep.jobs.isEmpty, "\(run.place(of: input))")
      } catch {
        #expect(!error.diagnostics.isEmpty, "\(run.place(of: input))")
        for diagnostic in error.diagnostics {
          #expect(Self.isPlaced(diagnostic), "\(run.place(of: input)): \(diagnostic)")
        }
      }
    }
    #expect(
      expanded > run.inputs.count / 40,
      "seed \(run.seed): mutations that break nothing are part of the test")
  }

  @Test(.timeLimit(.minutes(60)))
  func `a damaged override is taken or refused, and never ends the program`() {
    let run = FuzzRun("SweepMutationTests, overrides", usually: 2_000)
    var taken = 0
    for input in run.inputs {
      var generator = run.generator(of: input)
      let original = Self.overrides[input % Self.overrides.count]
      let damaged = Self.damaged(original, using: &generator)
      do throws(SweepError) {
        let sweep = try SweepFixture.expand(SweepFixture.sweep(""), overrides: [damaged])
        taken += 1
        #expect(sweep.jobs.count == 1, "\(run.place(of: input))")
      } catch {
        #expect(!error.diagnostics.isEmpty, "\(run.place(of: input))")
      }
    }
    #expect(taken > run.inputs.count / 40, "seed \(run.seed)")
  }

  @Test(arguments: overrides)
  func `the undamaged overrides are taken`(override: String) throws {
    let sweep = try SweepFixture.expand(SweepFixture.sweep(""), overrides: [override])
    #expect(sweep.jobs.count == 1)
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

  private static func damaged(_ text: String, using generator: inout SplitMix) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      mutate(&scalars, using: &generator)
    }
    var damaged = String.UnicodeScalarView()
    damaged.append(contentsOf: scalars)
    return String(damaged)
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

  static let overrides = [
    "loss.alpha=1.5", "α=1.5", "T=inf", "dataset.path=../e.h5", "P=10", "batch=30×6",
    "preprocess=[l2, center, {pca: 64}]", "schedule={cosine: {floor: 0.5}, warmup: 3}",
    "loss={name: margin, nu: 0.1, beta_kind: learned_one}", "seed=4", "hidden=[512, 256]",
    "validation={folds: 4, fold: 0}", "evaluation.few_shot={ways: [5], shots: [1]}",
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
