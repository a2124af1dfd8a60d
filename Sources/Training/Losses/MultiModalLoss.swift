package import Kernels

/// MultiModal loss: each item is softly assigned to proxies that say which levels (modalities)
/// carry its class.
///
/// With u the class probabilities of all M levels side by side, p_ck the K proxies of class c and
/// κ = 1/γ:
///
///     s_ck = cos(u, p_ck),   a = softmax(κ s) over all proxies,   t = Σ a_ck p_ck
///     o¹_c = Σ_k b_ck s_ck,   b = softmax(κ s) over the classes, or over the slots k of a class
///     o²_c = Σ_μ (u ∘ t + u)_μc,   L = (1/N) Σ_i CE(o¹ + o², y_i)
///
/// It takes the raw embeddings of the levels side by side, `batch × M · E`, and learns the linear
/// classifiers that turn them to u. The released code takes b over the classes; SoftTriple, from
/// which it is adapted, over the slots. Its regulariser of proxies, of weight 0, is left out. For
/// retrieval there is `represent`: our choice, the loss is one of classification.
///
/// Memory is that of four tables of `C K × M C`: it suits hundreds of classes, not thousands.
///
/// Source: Moon and Lee, 2023, arXiv 2308.10486; Qian et al., "SoftTriple Loss", ICCV 2019,
/// arXiv 1909.05235.
package final class MultiModalLoss<Scalar: KernelScalar>: MetricLoss {
  /// What b sums to 1 over.
  package enum ProxySoftmaxAxis: String, Sendable, CaseIterable {
    /// The classes, for each slot: the released code.
    case classes
    /// The slots of a class, as in SoftTriple.
    case slots
  }

  package struct Parameters: Sendable, Hashable {
    /// K ≥ 1.
    package var proxiesPerClass = 20
    /// γ > 0, divides the similarities.
    package var gamma = 0.1
    package var proxySoftmaxAxis = ProxySoftmaxAxis.classes
    /// What the learning rates of the proxies and of the classifiers are multiplied by, ≥ 0.
    package var proxyRateMultiplier = 1.0
    package var classifierRateMultiplier = 1.0

    package init() {}
  }

  private let size: Int
  private let levels: Int
  private let classes: Int
  private let blas: BLASLibrary
  private let levelProbabilities: LevelProbabilities<Scalar>
  private let proxies: SubgroupProxies<Scalar>
  private var assignment: ProxyAssignment<Scalar>

  /// u and its gradient, `batch × levels · classes`.
  private var probabilities: Matrix<Scalar>
  private var probabilityGradient: Matrix<Scalar>
  /// u at unit length; t; both `batch × levels · classes`.
  private var unit: Matrix<Scalar>
  private var norms: Matrix<Scalar>
  private var attended: Matrix<Scalar>
  /// `∂L/∂t` above u at unit length: what the two gradients of the proxies are products with.
  private var factors: Matrix<Scalar>
  private var unitGradient: Matrix<Scalar>
  /// o¹ + o², then the gradient by it; `batch × classes`.
  private var scores: Matrix<Scalar>

  /// A loss over batches of `size` rows of `levels · embedding` values; all its memory is taken
  /// here.
  package init(
    parameters: Parameters, size: Int, levels: Int, embedding: Int, classes: Int, seed: UInt64,
    blas: BLASLibrary
  ) {
    self.size = size
    self.levels = levels
    self.classes = classes
    self.blas = blas
    let slots = parameters.proxiesPerClass
    let width = levels * classes
    levelProbabilities = LevelProbabilities(
      levels: levels, size: size, classes: classes, embedding: embedding, seed: seed,
      rateMultiplier: parameters.classifierRateMultiplier, blas: blas)
    proxies = SubgroupProxies(
      rows: classes * slots, columns: width, initial: InitialValues(seed: seed),
      rateMultiplier: parameters.proxyRateMultiplier)
    assignment = ProxyAssignment(
      size: size, classes: classes, slots: slots, steepness: 1 / parameters.gamma,
      acrossClasses: parameters.proxySoftmaxAxis == .classes)
    probabilities = Matrix(rows: size, columns: width)
    probabilityGradient = Matrix(rows: size, columns: width)
    unit = Matrix(rows: size, columns: width)
    norms = Matrix(rows: 1, columns: size)
    attended = Matrix(rows: size, columns: width)
    factors = Matrix(rows: 2 * size, columns: width)
    unitGradient = Matrix(rows: size, columns: width)
    scores = Matrix(rows: size, columns: classes)
  }

  package var takesUnitRows: Bool { false }

  package var parameters: [Parameter<Scalar>] {
    levelProbabilities.parameters + [proxies.parameter]
  }

  /// O(N M C² K).
  package func evaluate(
    _ embeddings: borrowing Matrix<Scalar>, batch: TrainingBatch, gradient: inout Matrix<Scalar>
  ) -> LossOutcome {
    levelProbabilities.forward(embeddings, into: &probabilities)
    RowOperations.normalize(probabilities, into: &unit, norms: &norms)
    proxies.normalize()
    blas.multiply(unit, proxies.unit, transposingSecond: true, into: &assignment.similarities)
    assignment.fill(scores: &scores)
    blas.multiply(
      assignment.attention, rows: 0..<size, transposingFirst: false, proxies.unit,
      rows: 0..<proxies.unit.rows, transposingSecond: false, into: &attended, rows: 0..<size)
    addAttendedScores()
    var loss = 0.0
    for row in 0..<size {
      loss += CrossEntropy.evaluate(
        &scores, row: row, target: Int(batch.labels[row]), weight: 1 / Double(size))
    }
    backward()
    levelProbabilities.backward(
      embeddings, probabilities: probabilities, probabilityGradient: probabilityGradient,
      into: &gradient)
    return LossOutcome(loss: loss / Double(size))
  }

  /// Adds o² to the scores.
  @_specialize(where Scalar == Float)
  private func addAttendedScores() {
    let (width, classes) = (probabilities.columns, classes)
    probabilities.withValues { u in
      attended.withValues { t in
        scores.withMutableValues { scores in
          for place in u.indices {
            let score = place / width * classes + place % width % classes
            scores[score] += u[place] * (1 + t[place])
          }
        }
      }
    }
  }

  /// The gradients of o² by u and by t.
  @_specialize(where Scalar == Float)
  private func fillAttendedGradients() {
    let (width, classes) = (probabilities.columns, classes)
    scores.withValues { changes in
      for place in 0..<probabilities.count {
        let (row, column) = (place / width, place % width)
        let change = changes[row * classes + column % classes]
        probabilityGradient[row, column] = change * (1 + attended[row, column])
        factors[row, column] = change * probabilities[row, column]
      }
    }
  }

  /// From the gradient by the scores to those of u and of the proxies.
  private func backward() {
    fillAttendedGradients()
    let all = 0..<proxies.unit.rows
    blas.multiply(
      factors, rows: 0..<size, transposingFirst: false, proxies.unit, rows: all,
      transposingSecond: true, into: &assignment.gradients, rows: 0..<size)
    assignment.backward(scoreGradient: scores)
    factors.copyRows(from: unit, count: size, at: size)
    // Attention times ∂L/∂t, and the gradient of the similarities times u, in one product.
    blas.multiply(assignment.attention, transposingFirst: true, factors, into: &proxies.scratch)
    proxies.backward()
    blas.multiply(
      assignment.attention, rows: size..<(2 * size), transposingFirst: false, proxies.unit,
      rows: all, transposingSecond: false, into: &unitGradient, rows: 0..<size)
    RowOperations.normalizeBackward(
      gradient: unitGradient, unit: unit, norms: norms, into: &attended)
    probabilityGradient.add(attended)
  }

  /// `u ∘ t + u` of any number of rows, `rows × levels · classes`, not of unit length. Equal rows
  /// give equal bits. Takes memory: for evaluation.
  package func represent(_ embeddings: borrowing Matrix<Scalar>) -> Matrix<Scalar> {
    proxies.normalize()
    var result = levelProbabilities.probabilities(of: embeddings)
    let (rows, width) = (result.rows, result.columns)
    var unit = Matrix<Scalar>(rows: rows, columns: width)
    var norms = Matrix<Scalar>(rows: 1, columns: rows)
    RowOperations.normalize(result, into: &unit, norms: &norms)
    var attention = Matrix<Scalar>(rows: rows, columns: proxies.unit.rows)
    RowOperations.orderedProduct(unit, rows: rows, transposing: proxies.unit, into: &attention)
    for row in 0..<rows {
      _ = attention.softmax(
        row: row, columns: 0..<attention.columns, scale: assignment.steepness)
    }
    RowOperations.orderedProduct(
      attention, rows: rows, transposing: proxies.unit.transposed(), into: &unit)
    for row in 0..<rows {
      for column in 0..<width { result[row, column] *= 1 + unit[row, column] }
    }
    return result
  }
}
