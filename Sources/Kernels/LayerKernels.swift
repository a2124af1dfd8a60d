internal import CKernels

/// The kernels of layers, optimisers and pair distances, for one element type; the header of
/// the C target says what each computes.
package protocol LayerKernels: BitwiseCopyable {
  static func addRow(
    _ rows: Int, _ columns: Int, _ row: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  static func sumColumns(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  static func rectify(_ count: Int, _ x: UnsafeMutablePointer<Self>)
  static func mask(_ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  static func adamUpdate(
    _ count: Int, _ step: AdamStep<Self>, _ gradient: UnsafePointer<Self>,
    _ first: UnsafeMutablePointer<Self>, _ second: UnsafeMutablePointer<Self>,
    _ weights: UnsafeMutablePointer<Self>)
  static func pairDistances(
    _ size: Int, _ columns: Int, _ unit: UnsafePointer<Self>,
    _ similarity: UnsafeMutablePointer<Self>)
  static func dividePairs(
    _ count: Int, _ least: Self, _ distances: UnsafePointer<Self>,
    _ coefficients: UnsafeMutablePointer<Self>)
}

extension Float: LayerKernels {
  package static func addRow(
    _ rows: Int, _ columns: Int, _ row: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) { rll_add_row_f32(rows, columns, row, result) }

  package static func sumColumns(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) { rll_sum_columns_f32(rows, columns, x, result) }

  package static func rectify(_ count: Int, _ x: UnsafeMutablePointer<Self>) {
    rll_rectify_f32(count, x)
  }

  package static func mask(
    _ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) { rll_mask_f32(count, x, result) }

  package static func adamUpdate(
    _ count: Int, _ step: AdamStep<Self>, _ gradient: UnsafePointer<Self>,
    _ first: UnsafeMutablePointer<Self>, _ second: UnsafeMutablePointer<Self>,
    _ weights: UnsafeMutablePointer<Self>
  ) {
    rll_adam_update_f32(
      count, step.rate, step.firstDecay, step.secondDecay, step.firstCorrection,
      step.secondCorrection, step.epsilon, step.decay, step.shrinkage, gradient, first, second,
      weights)
  }

  package static func pairDistances(
    _ size: Int, _ columns: Int, _ unit: UnsafePointer<Self>,
    _ similarity: UnsafeMutablePointer<Self>
  ) { rll_pair_distances_f32(size, columns, unit, similarity) }

  package static func dividePairs(
    _ count: Int, _ least: Self, _ distances: UnsafePointer<Self>,
    _ coefficients: UnsafeMutablePointer<Self>
  ) { rll_divide_pairs_f32(count, least, distances, coefficients) }
}

extension Double: LayerKernels {
  package static func addRow(
    _ rows: Int, _ columns: Int, _ row: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) { rll_add_row_f64(rows, columns, row, result) }

  package static func sumColumns(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) { rll_sum_columns_f64(rows, columns, x, result) }

  package static func rectify(_ count: Int, _ x: UnsafeMutablePointer<Self>) {
    rll_rectify_f64(count, x)
  }

  package static func mask(
    _ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) { rll_mask_f64(count, x, result) }

  package static func adamUpdate(
    _ count: Int, _ step: AdamStep<Self>, _ gradient: UnsafePointer<Self>,
    _ first: UnsafeMutablePointer<Self>, _ second: UnsafeMutablePointer<Self>,
    _ weights: UnsafeMutablePointer<Self>
  ) {
    rll_adam_update_f64(
      count, step.rate, step.firstDecay, step.secondDecay, step.firstCorrection,
      step.secondCorrection, step.epsilon, step.decay, step.shrinkage, gradient, first, second,
      weights)
  }

  package static func pairDistances(
    _ size: Int, _ columns: Int, _ unit: UnsafePointer<Self>,
    _ similarity: UnsafeMutablePointer<Self>
  ) { rll_pair_distances_f64(size, columns, unit, similarity) }

  package static func dividePairs(
    _ count: Int, _ least: Self, _ distances: UnsafePointer<Self>,
    _ coefficients: UnsafeMutablePointer<Self>
  ) { rll_divide_pairs_f64(count, least, distances, coefficients) }
}
