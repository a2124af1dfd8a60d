package import Kernels

/// Preprocessing steps with what they learned from the training rows.
///
/// Rows are transformed one by one and in blocks of any size to the same bits.
package struct Preprocessing: Sendable {
  package typealias Step = TrainingConfiguration.PreprocessingStep

  package private(set) var steps: [Step] = []
  /// What each step does besides bringing rows to unit length.
  private var transforms: [LinearTransform?] = []
  /// Columns of a row before the first step.
  package let inputs: Int

  /// Rows taken at a time while fitting. Part of the bits of `pca` and `whiten`.
  private static let blockRows = 256

  private init(inputs: Int) {
    self.inputs = inputs
  }

  /// Fits each step to the given rows of `features`, as the steps before it leave them. Means
  /// are taken in 64 bits, in order of rows.
  package init(
    fitting steps: [Step], rows: [Int64], of features: borrowing Matrix<Float>,
    blas: BLASLibrary
  ) throws(TrainingError) {
    self.init(inputs: features.columns)
    for step in steps {
      if let components = step.components {
        let available = max(min(outputs, rows.count - 1), 0)
        guard (1...max(available, 1)).contains(components), available > 0 else {
          throw TrainingError(
            .componentsUnavailable(
              step: step.name, asked: components, columns: outputs, rows: rows.count))
        }
      }
      let transform = fitted(step, rows: rows, of: features, blas: blas)
      self.steps.append(step)
      transforms.append(transform)
    }
  }

  // MARK: Fitting

  private func fitted(
    _ step: Step, rows: [Int64], of features: borrowing Matrix<Float>, blas: BLASLibrary
  ) -> LinearTransform? {
    switch step {
    case .unitLength: return nil
    case .center: return LinearTransform(mean: mean(rows, of: features))
    case .principalComponents(let count), .whitened(let count):
      var components = PrincipalComponents(
        mean: mean(rows, of: features), blockRows: Self.blockRows)
      eachBlock(rows, of: features) { components.add($0, rows: $1, blas: blas) }
      return components.transform(
        components: count, whitening: step == .whitened(count), blas: blas)
    }
  }

  private func mean(_ rows: [Int64], of features: borrowing Matrix<Float>) -> Matrix<Float> {
    var sums = [Double](repeating: 0, count: outputs)
    eachBlock(rows, of: features) { RowOperations.add($0, rows: $1, to: &sums) }
    let count = Double(max(rows.count, 1))
    return Matrix(rows: 1, columns: sums.count, values: sums.map { Float($0 / count) })
  }

  /// The rows as the steps so far leave them.
  private func eachBlock(
    _ rows: [Int64], of features: borrowing Matrix<Float>,
    _ body: (borrowing Matrix<Float>, Int) -> Void
  ) {
    var block = Matrix<Float>(rows: min(Self.blockRows, rows.count), columns: outputs)
    for start in stride(from: 0, to: rows.count, by: Self.blockRows) {
      let part = Array(rows[start..<min(start + Self.blockRows, rows.count)])
      apply(to: part, of: features, into: &block)
      body(block, part.count)
    }
  }

  // MARK: Applying

  /// Columns of a transformed row.
  package var outputs: Int {
    transforms.reduce(inputs) { $1?.outputs ?? $0 }
  }

  /// Writes the transformed rows named by `rows` to the first rows of `result`. Allocates only
  /// where a step projects.
  package func apply(
    to rows: [Int64], of features: borrowing Matrix<Float>, into result: inout Matrix<Float>
  ) {
    precondition(
      features.columns == inputs && result.columns == outputs && rows.count <= result.rows,
      "\(features.columns) columns into \(result.columns)")
    let startsAtUnitLength = steps.first == .unitLength
    let first = startsAtUnitLength ? 1 : 0
    guard transforms.contains(where: { $0?.projects == true }) else {
      RowOperations.gather(rows, from: features, normalized: startsAtUnitLength, into: &result)
      for transform in transforms.dropFirst(first) {
        Self.apply(transform, to: &result, rows: rows.count)
      }
      return
    }
    var block = Matrix<Float>(rows: rows.count, columns: inputs)
    RowOperations.gather(rows, from: features, normalized: startsAtUnitLength, into: &block)
    for transform in transforms.dropFirst(first) {
      if let transform, transform.projects {
        block = transform.project(&block, rows: rows.count)
      } else {
        Self.apply(transform, to: &block, rows: rows.count)
      }
    }
    result.copyRows(from: block, count: rows.count)
  }

  private static func apply(
    _ transform: LinearTransform?, to block: inout Matrix<Float>, rows: Int
  ) {
    if let transform {
      transform.center(&block, rows: rows)
    } else {
      RowOperations.normalizeInPlace(&block, rows: rows)
    }
  }

  // MARK: Storing

  /// What was learned from the training rows: `preprocess.mean` of `center`, and
  /// `preprocess.pca.mean` and `preprocess.pca.projection` of `pca`, likewise of `whiten`; a
  /// second step of a kind is numbered, `preprocess.mean.2`.
  package var tensors: [WeightsFile.Tensor] {
    zip(Self.tensorNames(of: steps), transforms).flatMap { names, transform in
      guard let transform else { return [WeightsFile.Tensor]() }
      var tensors = [
        WeightsFile.Tensor(
          name: names.mean, shape: [transform.inputs], values: transform.mean.values)
      ]
      if transform.projects {
        tensors.append(
          .init(
            name: names.projection, shape: [transform.outputs, transform.inputs],
            values: transform.projection.values))
      }
      return tensors
    }
  }

  /// Restores what was fitted before; nil where a tensor is missing or has another shape.
  package init?(steps: [Step], inputs: Int, tensors: [WeightsFile.Tensor]) {
    self.init(inputs: inputs)
    for (step, names) in zip(steps, Self.tensorNames(of: steps)) {
      guard step != .unitLength else {
        transforms.append(nil)
        continue
      }
      let columns = outputs
      guard let mean = tensors.first(where: { $0.name == names.mean }), mean.shape == [columns]
      else { return nil }
      let shift = Matrix<Float>(rows: 1, columns: columns, values: mean.values)
      guard let components = step.components else {
        transforms.append(LinearTransform(mean: shift))
        continue
      }
      guard let projection = tensors.first(where: { $0.name == names.projection }),
        projection.shape == [components, columns]
      else { return nil }
      transforms.append(
        LinearTransform(
          mean: shift,
          projection: Matrix(rows: components, columns: columns, values: projection.values)))
    }
    self.steps = steps
  }

  /// Restores what was fitted with a network that was stored beside it: the columns of a row are
  /// those of the first mean, or of the network's first layer where there is no mean.
  init(
    stored configuration: TrainingConfiguration, level: String, tensors: [WeightsFile.Tensor]
  ) throws(TrainingError) {
    let steps = configuration.preprocessing
    let firstLayer =
      configuration.network.hidden.isEmpty ? "embedding.weight" : "hidden.0.weight"
    let mean = zip(steps, Self.tensorNames(of: steps)).first { $0.0 != .unitLength }?.1.mean
    guard let inputs = tensors.first(where: { $0.name == mean ?? firstLayer })?.shape.last,
      let restored = Preprocessing(steps: steps, inputs: inputs, tensors: tensors)
    else {
      throw TrainingError(
        .badWeights(
          "level \(level) lacks " + (mean == nil ? firstLayer : "what preprocessing learned")))
    }
    self = restored
  }

  private static func tensorNames(
    of steps: [Step]
  ) -> [(mean: String, projection: String)] {
    steps.indices.map { place in
      let step = steps[place]
      let number = steps[...place].count { $0.name == step.name }
      let kind = step == .center ? "" : ".\(step.name)"
      let suffix = number > 1 ? ".\(number)" : ""
      return ("preprocess\(kind).mean\(suffix)", "preprocess\(kind).projection\(suffix)")
    }
  }
}
