import Kernels
import Testing
import Training

struct OptimizerTests {
  private static let rate = 0.1
  private static let decay = 0.01
  /// Ten steps in 32 bits against the same in 64.
  private static let tolerance = 1e-5

  private static func gradient(_ entry: Int, step: Int) -> Double {
    let stream = RandomStream(seed: 17, stream: .synthesis)
    return stream.uniform(at: UInt32(entry), tag: UInt64(step)) - 0.5
  }

  private static func parameter(rateMultiplier: Double, decays: Bool) -> Parameter<Float> {
    Parameter(
      name: "p", value: Matrix(rows: 2, columns: 3, values: [1, -2, 0.5, 0, 3, -1]),
      rateMultiplier: rateMultiplier, decays: decays)
  }

  /// The weights after ten steps with gradients that the seed says.
  private static func weights(
    _ rule: OptimizerRule, rateMultiplier: Double, decays: Bool
  ) -> [Double] {
    let parameter = parameter(rateMultiplier: rateMultiplier, decays: decays)
    let optimizer = Optimizer(rule: rule, weightDecay: decay, parameters: [parameter])
    for step in 0..<10 {
      for entry in 0..<6 {
        parameter.gradient[entry / 3, entry % 3] = Float(gradient(entry, step: step))
      }
      optimizer.advance(rate: rate, step: step)
    }
    return parameter.value.values.map(Double.init)
  }

  @Test(arguments: [(1.0, true), (1, false), (50, true)])
  func `descent with momentum follows its formula`(multiplier: Double, decays: Bool) {
    var expected: [Double] = [1, -2, 0.5, 0, 3, -1]
    var velocity = [Double](repeating: 0, count: 6)
    for step in 0..<10 {
      for entry in 0..<6 {
        let gradient =
          Self.gradient(entry, step: step) + (decays ? Self.decay : 0) * expected[entry]
        velocity[entry] = 0.9 * velocity[entry] + Self.rate * multiplier * gradient
        expected[entry] -= velocity[entry]
      }
    }
    let weights = Self.weights(
      .sgd(momentum: 0.9), rateMultiplier: multiplier, decays: decays)
    for (weight, value) in zip(weights, expected) {
      #expect(abs(weight - value) < Self.tolerance * max(1, abs(value)))
    }
  }

  @Test(arguments: [(1.0, true, false), (1, false, false), (3, true, true), (1, false, true)])
  func `Adam follows its formula, with decay inside the gradient or beside it`(
    multiplier: Double, decays: Bool, decouples: Bool
  ) {
    var expected: [Double] = [1, -2, 0.5, 0, 3, -1]
    var first = [Double](repeating: 0, count: 6)
    var second = first
    var (power1, power2) = (1.0, 1.0)
    let decay = decays ? Self.decay : 0
    let rate = Self.rate * multiplier
    for step in 0..<10 {
      power1 *= 0.8
      power2 *= 0.99
      for entry in 0..<6 {
        var gradient = Self.gradient(entry, step: step)
        if decouples {
          expected[entry] -= rate * decay * expected[entry]
        } else {
          gradient += decay * expected[entry]
        }
        first[entry] = 0.8 * first[entry] + 0.2 * gradient
        second[entry] = 0.99 * second[entry] + 0.01 * gradient * gradient
        let corrected = (first[entry] / (1 - power1), second[entry] / (1 - power2))
        expected[entry] -= rate * corrected.0 / (corrected.1.squareRoot() + 1e-6)
      }
    }
    let rule = OptimizerRule.adam(
      firstDecay: 0.8, secondDecay: 0.99, epsilon: 1e-6, decouplesDecay: decouples)
    let weights = Self.weights(rule, rateMultiplier: multiplier, decays: decays)
    for (weight, value) in zip(weights, expected) {
      #expect(abs(weight - value) < Self.tolerance * max(1, abs(value)))
    }
  }

  @Test func `schedules give the rates of their definitions`() {
    func rates(_ schedule: LearningRateSchedule) -> [Double] {
      (0..<8).map { schedule.rate(base: 0.5, step: $0, of: 8) }
    }
    #expect(rates(.init(.constant)) == [Double](repeating: 0.5, count: 8))
    #expect(
      rates(.init(.multistep(at: [3, 5], factor: 0.5)))
        == [0.5, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125, 0.125])
    #expect(
      rates(.init(.constant, warmup: 4)) == [0.125, 0.25, 0.375, 0.5, 0.5, 0.5, 0.5, 0.5])
    let cosine = rates(.init(.cosine(floor: 0.2)))
    #expect(cosine[0] == 0.5)
    #expect(abs(cosine[4] - 0.3) < 1e-15)
    #expect(zip(cosine, cosine.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test(arguments: [
    LearningRateSchedule.Form.constant, .multistep(at: [2, 5], factor: 0.5), .cosine(floor: 0.2),
  ])
  func `a warm-up rises in a straight line to what the form says`(
    form: LearningRateSchedule.Form
  ) {
    for step in 0..<8 {
      let bare = LearningRateSchedule(form).rate(base: 0.5, step: step, of: 8)
      let warm = LearningRateSchedule(form, warmup: 4).rate(base: 0.5, step: step, of: 8)
      let expected = bare * min(Double(step + 1) / 4, 1)
      #expect(abs(warm - expected) <= expected.ulp, "\(form), step \(step)")
    }
  }

  @Test func `powers agree with repeated products`() {
    var product = 1.0
    for exponent in 0..<200 {
      let difference = abs(PortableMath.power(0.97, exponent) - product)
      #expect(difference <= 1e-14 * product, "\(exponent)")
      product *= 0.97
    }
  }
}
