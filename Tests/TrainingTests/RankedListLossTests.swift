import Foundation
import Kernels
import Testing
import Training

struct RankedListLossTests {
  /// Golden numbers are given with six decimals.
  private static let goldenTolerance = 1e-6

  private static let angles = [0.0, 60, 90, 180, 75]
  private static let labels: [Int32] = [0, 0, 1, 1, 2]

  /// The five points of losses.md §3.10 as unit rows.
  private static func points() -> Matrix<Double> {
    Matrix(
      rows: 5, columns: 2,
      values: angles.flatMap { [cos($0 * .pi / 180), sin($0 * .pi / 180)] })
  }

  @Test(arguments: [
    (
      RankedListLoss<Double>.Gradient.queryOnly, RankedListLoss<Double>.QueryWeighting.uniform,
      [
        0.050000, -0.086603, -0.142688, 0.123987, 0.169673, 0.056742, -0.070711, -0.070711,
        -0.003378, -0.012608,
      ]
    ),
    (
      .queryOnly, .hardness,
      [
        0.000005, -0.000009, -0.184960, 0.160718, 0.219939, 0.073553, -0.000007, -0.000007,
        -0.008132, -0.030351,
      ]
    ),
    (
      .fullList, .uniform,
      [
        0.100000, -0.173205, -0.245776, 0.231571, 0.296850, 0.119080, -0.141421, -0.141421,
        -0.009653, -0.036024,
      ]
    ),
    (
      .exact, .uniform,
      [
        0.100000, -0.173205, -0.228635, 0.229276, 0.280858, 0.125663, -0.141421, -0.141421,
        -0.010802, -0.040312,
      ]
    ),
  ])
  func `gradients agree with the golden values in all four columns`(
    gradient: RankedListLoss<Double>.Gradient,
    weighting: RankedListLoss<Double>.QueryWeighting, expected: [Double]
  ) throws {
    var parameters = RankedListLoss<Double>.Parameters()
    parameters.gradient = gradient
    parameters.queryWeighting = weighting
    let loss = RankedListLoss<Double>(
      parameters: parameters, size: 5, blas: try BLASLibrary.load())
    var result = Matrix<Double>(rows: 5, columns: 2)
    let outcome = loss.evaluate(
      Self.points(), batch: TrainingBatch(distinct: Self.labels), gradient: &result)
    #expect(abs(outcome.loss - 0.440864575) < 1e-9)
    for (value, golden) in zip(result.values, expected) {
      #expect(abs(value - golden) < Self.goldenTolerance)
    }
    let positive = [0.2, 0.2, 0.614214, 0.614214, 0]
    let negative = [0, 0.920636, 0.920636, 0, 0.938948]
    for query in 0..<5 {
      #expect(abs(loss.lists.positiveLoss(of: query) - positive[query]) < Self.goldenTolerance)
      #expect(abs(loss.lists.negativeLoss(of: query) - negative[query]) < Self.goldenTolerance)
    }
  }

  @Test func `rows that are no numbers have no loss, and do not look as if they were done`() throws
  {
    let loss = RankedListLoss<Double>(parameters: .init(), size: 5, blas: try BLASLibrary.load())
    var unit = Self.points()
    unit[3, 1] = .nan
    var gradient = Matrix<Double>(rows: 5, columns: 2)
    let outcome = loss.evaluate(
      unit, batch: TrainingBatch(distinct: Self.labels), gradient: &gradient)
    #expect(outcome.loss.isNaN)
    #expect(gradient.values.allSatisfy { $0.isNaN })
  }
}
