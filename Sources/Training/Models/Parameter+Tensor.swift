import Kernels

extension Parameter where Scalar == Float {
  /// Its value under its name; one row is a vector.
  package var tensor: WeightsFile.Tensor {
    WeightsFile.Tensor(
      name: name, shape: value.rows == 1 ? [value.columns] : [value.rows, value.columns],
      values: value.values)
  }

  package func load(_ tensor: WeightsFile.Tensor) {
    precondition(
      tensor.values.count == value.count, "\(tensor.name) has \(tensor.values.count) values")
    value = Matrix(rows: value.rows, columns: value.columns, values: tensor.values)
  }

  /// Takes its value out of the tensors of a weights file.
  func load(from tensors: [WeightsFile.Tensor]) throws(TrainingError) {
    guard let stored = tensors.first(where: { $0.name == name }) else {
      throw TrainingError(.badWeights("they have no \(name)"))
    }
    guard stored.shape == tensor.shape else {
      throw TrainingError(
        .badWeights("\(name) has the shape \(stored.shape), not \(tensor.shape)"))
    }
    load(stored)
  }
}
