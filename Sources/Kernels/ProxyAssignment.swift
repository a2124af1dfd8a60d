/// How the items of a batch are shared out among the proxies of `MultiModalLoss`.
///
/// From similarities s of items and proxies, `batch × classes · slots`, to attention
/// `a = softmax(κ s)` over all proxies and to scores `o¹_c = Σ_k b_ck s_ck`, where b is a softmax
/// of κ s over the classes of a slot or over the slots of a class.
package struct ProxyAssignment<Scalar: KernelScalar>: ~Copyable {
  private let size: Int
  private let classes: Int
  private let slots: Int
  /// κ.
  package let steepness: Double
  private let acrossClasses: Bool

  /// s.
  package var similarities: Matrix<Scalar>
  /// a; below it, after `backward`, `∂L/∂s`; `2 batch × classes · slots`.
  package private(set) var attention: Matrix<Scalar>
  /// b, with what a softmax runs over side by side: see `place`.
  private var shares: Matrix<Scalar>
  /// `∂L/∂a`, to be filled before `backward`.
  package var gradients: Matrix<Scalar>

  package init(size: Int, classes: Int, slots: Int, steepness: Double, acrossClasses: Bool) {
    self.size = size
    self.classes = classes
    self.slots = slots
    self.steepness = steepness
    self.acrossClasses = acrossClasses
    similarities = Matrix(rows: size, columns: classes * slots)
    attention = Matrix(rows: 2 * size, columns: classes * slots)
    shares = Matrix(rows: size, columns: classes * slots)
    gradients = Matrix(rows: size, columns: classes * slots)
  }

  private var groupSize: Int { acrossClasses ? classes : slots }

  /// Where `shares` has the proxy of a class and a slot.
  private func place(_ column: Int, _ slot: Int) -> Int {
    acrossClasses ? slot * classes + column : column * slots + slot
  }

  /// Fills `attention`, and `scores`, `batch × classes`, with o¹.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func fill(scores: inout Matrix<Scalar>) {
    attention.copyRows(from: similarities, count: size)
    for row in 0..<size {
      _ = attention.softmax(row: row, columns: 0..<attention.columns, scale: steepness)
      for column in 0..<classes {
        for slot in 0..<slots {
          shares[row, place(column, slot)] = similarities[row, column * slots + slot]
        }
      }
      for first in stride(from: 0, to: shares.columns, by: groupSize) {
        _ = shares.softmax(row: row, columns: first..<(first + groupSize), scale: steepness)
      }
      for column in 0..<classes {
        var score: Scalar = 0
        for slot in 0..<slots {
          score += shares[row, place(column, slot)] * similarities[row, column * slots + slot]
        }
        scores[row, column] = score
      }
    }
  }

  /// Fills the lower half of `attention` with `∂L/∂s` from `gradients` and the gradient g of the
  /// scores:
  ///
  ///     κ a ∘ (∂L/∂a − Σ a ∂L/∂a) + b g + κ b ∘ (g s − Σ_group b g s)
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func backward(scoreGradient: borrowing Matrix<Scalar>) {
    for row in 0..<size {
      addAttentionPart(row)
      addScorePart(row, scoreGradient: scoreGradient)
    }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private mutating func addAttentionPart(_ row: Int) {
    var along = 0.0
    for proxy in 0..<attention.columns {
      along += Double(attention[row, proxy]) * Double(gradients[row, proxy])
    }
    for proxy in 0..<attention.columns {
      attention[size + row, proxy] =
        Scalar(steepness) * attention[row, proxy] * (gradients[row, proxy] - Scalar(along))
    }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private mutating func addScorePart(_ row: Int, scoreGradient: borrowing Matrix<Scalar>) {
    for group in 0..<(shares.columns / groupSize) {
      var along = 0.0
      for member in 0..<groupSize {
        let (column, slot) = acrossClasses ? (member, group) : (group, member)
        let weighted = shares[row, place(column, slot)] * scoreGradient[row, column]
        along += Double(weighted) * Double(similarities[row, column * slots + slot])
      }
      for member in 0..<groupSize {
        let (column, slot) = acrossClasses ? (member, group) : (group, member)
        let (share, proxy) = (shares[row, place(column, slot)], column * slots + slot)
        let change = scoreGradient[row, column]
        let through = change * similarities[row, proxy] - Scalar(along)
        attention[size + row, proxy] += share * (change + Scalar(steepness) * through)
      }
    }
  }
}
