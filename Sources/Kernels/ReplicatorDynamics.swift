/// Rounds of replicator dynamics: shares of classes grow where alike rows have them too.
///
/// From shares X⁰, `batch × classes`, and similarities W, `batch × batch`:
///
///     Π = W X,   V = X ∘ Π,   X ← V / rowsum V
///
/// Needs a positive diagonal of W and rows of X that sum to 1; then no row sum of V is 0.
package struct ReplicatorDynamics<Scalar: KernelScalar>: ~Copyable {
  private let size: Int
  private let iterations: Int
  /// X⁰ … X^R, one below the other.
  package var states: Matrix<Scalar>
  /// Π of each round, one below the other, and the row sums of V.
  private var payoffs: Matrix<Scalar>
  private var sums: Matrix<Scalar>
  private var payoffGradient: Matrix<Scalar>
  private var flow: Matrix<Scalar>
  private var product: Matrix<Scalar>

  package init(size: Int, classes: Int, iterations: Int) {
    self.size = size
    self.iterations = iterations
    states = Matrix(rows: (iterations + 1) * size, columns: classes)
    payoffs = Matrix(rows: iterations * size, columns: classes)
    sums = Matrix(rows: iterations, columns: size)
    payoffGradient = Matrix(rows: size, columns: classes)
    flow = Matrix(rows: size, columns: classes)
    product = Matrix(rows: size, columns: size)
  }

  /// The share of a class in a row after all rounds.
  package func share(row: Int, class column: Int) -> Scalar {
    states[iterations * size + row, column]
  }

  /// Runs all rounds from the first `size` rows of `states`. O(R N² C).
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func run(_ similarity: borrowing Matrix<Scalar>, blas: BLASLibrary) {
    for round in 0..<iterations {
      blas.multiply(
        similarity, rows: 0..<size, transposingFirst: false, states, rows: rows(of: round),
        transposingSecond: false, into: &payoffs, rows: rows(of: round))
      for row in 0..<size {
        let (old, new) = (round * size + row, (round + 1) * size + row)
        var sum = 0.0
        for column in 0..<states.columns {
          let value = states[old, column] * payoffs[old, column]
          states[new, column] = value
          sum += Double(value)
        }
        sums[round, row] = Scalar(sum)
        for column in 0..<states.columns { states[new, column] /= sums[round, row] }
      }
    }
  }

  private func rows(of round: Int) -> Range<Int> { round * size..<(round + 1) * size }

  /// Turns `∂L/∂X^R` to `∂L/∂X⁰` in place, and fills `similarityGradient` with `∂L/∂W`:
  ///
  ///     dV = (G − rowsum(G ∘ Y)) / σ,   dΠ = dV ∘ X,   dW += dΠ Xᵀ,   G ← dV ∘ Π + Wᵀ dΠ
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func backward(
    _ gradient: inout Matrix<Scalar>, similarity: borrowing Matrix<Scalar>,
    similarityGradient: inout Matrix<Scalar>, blas: BLASLibrary
  ) {
    similarityGradient.fill(0)
    for round in (0..<iterations).reversed() {
      for row in 0..<size { backwardRow(row, round: round, gradient: &gradient) }
      blas.multiply(
        payoffGradient, rows: 0..<size, transposingFirst: false, states, rows: rows(of: round),
        transposingSecond: true, into: &product, rows: 0..<size)
      similarityGradient.add(product)
      blas.multiply(similarity, transposingFirst: true, payoffGradient, into: &flow)
      gradient.add(flow)
    }
  }

  /// One row of `dV`, which leaves dΠ in `payoffGradient` and `dV ∘ Π` in `gradient`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private mutating func backwardRow(_ row: Int, round: Int, gradient: inout Matrix<Scalar>) {
    let (old, new) = (round * size + row, (round + 1) * size + row)
    var along = 0.0
    for column in 0..<states.columns {
      along += Double(gradient[row, column]) * Double(states[new, column])
    }
    for column in 0..<states.columns {
      let change = (gradient[row, column] - Scalar(along)) / sums[round, row]
      payoffGradient[row, column] = change * states[old, column]
      gradient[row, column] = change * payoffs[old, column]
    }
  }
}
