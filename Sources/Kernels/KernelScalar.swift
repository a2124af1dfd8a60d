internal import CKernels
internal import COpenBLAS

/// The element type of a matrix: `Float` in training, `Double` in checks against references.
///
/// Each requirement is one C kernel, compiled from one source for both types; the header of
/// the C target says what it computes. The callers in this module check shapes.
package protocol KernelScalar: BinaryFloatingPoint, LayerKernels, SearchKernels, Sendable {
  static func normalizeRows(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ unit: UnsafeMutablePointer<Self>,
    _ norms: UnsafeMutablePointer<Self>?)
  static func normalizeRowsBackward(
    _ rows: Int, _ columns: Int, _ gradient: UnsafePointer<Self>, _ unit: UnsafePointer<Self>,
    _ norms: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  static func gatherRows(
    _ count: Int, _ columns: Int, _ indices: UnsafePointer<Int64>, _ source: UnsafePointer<Self>,
    _ normalize: Int32, _ result: UnsafeMutablePointer<Self>)
  static func subtractRow(
    _ rows: Int, _ columns: Int, _ shift: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  static func mirrorLower(_ size: Int, _ matrix: UnsafeMutablePointer<Self>)
  static func rankedListRows(
    _ size: Int, _ columns: Int, _ unit: UnsafePointer<Self>, _ similarity: UnsafePointer<Self>,
    _ labels: UnsafePointer<Int32>, _ alpha: Self, _ beta: Self, _ positiveTemperature: Self,
    _ negativeTemperature: Self, _ lambda: Self, _ coefficients: Int32,
    _ scratch: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
    _ positiveLoss: UnsafeMutablePointer<Self>, _ negativeLoss: UnsafeMutablePointer<Self>,
    _ positiveCount: UnsafeMutablePointer<Int32>, _ negativeCount: UnsafeMutablePointer<Int32>,
    _ classCount: UnsafeMutablePointer<Int32>,
    _ positivePeak: UnsafeMutablePointer<Self>, _ negativePeak: UnsafeMutablePointer<Self>,
    _ positiveSum: UnsafeMutablePointer<Self>, _ negativeSum: UnsafeMutablePointer<Self>)
  static func queryHardness(
    _ size: Int, _ positiveTemperature: Self, _ negativeTemperature: Self,
    _ positivePeak: UnsafePointer<Self>, _ negativePeak: UnsafePointer<Self>,
    _ positiveSum: UnsafePointer<Self>, _ negativeSum: UnsafePointer<Self>,
    _ factors: UnsafeMutablePointer<Self>)
  static func scaleRows(
    _ rows: Int, _ columns: Int, _ factors: UnsafePointer<Self>,
    _ matrix: UnsafeMutablePointer<Self>)
  static func symmetrize(_ size: Int, _ matrix: UnsafeMutablePointer<Self>)
  static func graphLaplacian(_ size: Int, _ matrix: UnsafeMutablePointer<Self>)
  static func sgdUpdate(
    _ count: Int, _ rate: Self, _ momentum: Self, _ decay: Self, _ gradient: UnsafePointer<Self>,
    _ velocity: UnsafeMutablePointer<Self>, _ weights: UnsafeMutablePointer<Self>)
  static func exponential(
    _ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  static func exactDot(_ columns: Int, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>) -> Double
  static func addRows(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Double>)
  static func firstNonFinite(_ count: Int, _ x: UnsafePointer<Self>) -> Int
  static func orderedProduct(
    _ rows: Int, _ inner: Int, _ columns: Int, _ x: UnsafePointer<Self>,
    _ w: UnsafePointer<Self>, _ panel: UnsafeMutablePointer<Self>,
    _ result: UnsafeMutablePointer<Self>)
  static func nthLargest(
    _ count: Int, _ x: UnsafePointer<Self>, _ depth: Int, _ heap: UnsafeMutablePointer<Self>
  ) -> Self
  static func selectAtLeast(
    _ count: Int, _ x: UnsafePointer<Self>, _ threshold: Self,
    _ positions: UnsafeMutablePointer<Int32>
  ) -> Int
  /// C = a A B + b C with optional transposes, through OpenBLAS.
  static func product(_ library: BLASLibrary, _ call: ProductCall<Self>)
  /// The lower triangle of A A^T, through OpenBLAS.
  static func gram(
    _ library: BLASLibrary, _ size: Int, _ columns: Int, _ a: UnsafePointer<Self>,
    _ result: UnsafeMutablePointer<Self>)
}

extension Float: KernelScalar {
  package static func orderedProduct(
    _ rows: Int, _ inner: Int, _ columns: Int, _ x: UnsafePointer<Self>,
    _ w: UnsafePointer<Self>, _ panel: UnsafeMutablePointer<Self>,
    _ result: UnsafeMutablePointer<Self>
  ) {
    rll_ordered_product_f32(rows, inner, columns, x, w, panel, result)
  }

  package static func nthLargest(
    _ count: Int, _ x: UnsafePointer<Self>, _ depth: Int, _ heap: UnsafeMutablePointer<Self>
  ) -> Self {
    rll_nth_largest_f32(count, x, depth, heap)
  }

  package static func normalizeRows(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ unit: UnsafeMutablePointer<Self>,
    _ norms: UnsafeMutablePointer<Self>?
  ) {
    rll_normalize_rows_f32(rows, columns, x, unit, norms)
  }

  package static func normalizeRowsBackward(
    _ rows: Int, _ columns: Int, _ gradient: UnsafePointer<Self>, _ unit: UnsafePointer<Self>,
    _ norms: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) {
    rll_normalize_rows_backward_f32(rows, columns, gradient, unit, norms, result)
  }

  package static func gatherRows(
    _ count: Int, _ columns: Int, _ indices: UnsafePointer<Int64>, _ source: UnsafePointer<Self>,
    _ normalize: Int32, _ result: UnsafeMutablePointer<Self>
  ) {
    rll_gather_rows_f32(count, columns, indices, source, normalize, result)
  }

  package static func subtractRow(
    _ rows: Int, _ columns: Int, _ shift: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) {
    rll_subtract_row_f32(rows, columns, shift, result)
  }

  package static func mirrorLower(_ size: Int, _ matrix: UnsafeMutablePointer<Self>) {
    rll_mirror_lower_f32(size, matrix)
  }

  package static func rankedListRows(
    _ size: Int, _ columns: Int, _ unit: UnsafePointer<Self>, _ similarity: UnsafePointer<Self>,
    _ labels: UnsafePointer<Int32>, _ alpha: Self, _ beta: Self, _ positiveTemperature: Self,
    _ negativeTemperature: Self, _ lambda: Self, _ coefficients: Int32,
    _ scratch: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
    _ positiveLoss: UnsafeMutablePointer<Self>, _ negativeLoss: UnsafeMutablePointer<Self>,
    _ positiveCount: UnsafeMutablePointer<Int32>, _ negativeCount: UnsafeMutablePointer<Int32>,
    _ classCount: UnsafeMutablePointer<Int32>,
    _ positivePeak: UnsafeMutablePointer<Self>, _ negativePeak: UnsafeMutablePointer<Self>,
    _ positiveSum: UnsafeMutablePointer<Self>, _ negativeSum: UnsafeMutablePointer<Self>
  ) {
    rll_ranked_list_rows_f32(
      size, columns, unit, similarity, labels, alpha, beta, positiveTemperature,
      negativeTemperature, lambda, coefficients, scratch, u, positiveLoss, negativeLoss,
      positiveCount, negativeCount, classCount, positivePeak, negativePeak, positiveSum, negativeSum
    )
  }

  package static func queryHardness(
    _ size: Int, _ positiveTemperature: Self, _ negativeTemperature: Self,
    _ positivePeak: UnsafePointer<Self>, _ negativePeak: UnsafePointer<Self>,
    _ positiveSum: UnsafePointer<Self>, _ negativeSum: UnsafePointer<Self>,
    _ factors: UnsafeMutablePointer<Self>
  ) {
    rll_query_hardness_f32(
      size, positiveTemperature, negativeTemperature, positivePeak, negativePeak, positiveSum,
      negativeSum, factors)
  }

  package static func scaleRows(
    _ rows: Int, _ columns: Int, _ factors: UnsafePointer<Self>,
    _ matrix: UnsafeMutablePointer<Self>
  ) {
    rll_scale_rows_f32(rows, columns, factors, matrix)
  }

  package static func symmetrize(_ size: Int, _ matrix: UnsafeMutablePointer<Self>) {
    rll_symmetrize_f32(size, matrix)
  }

  package static func graphLaplacian(_ size: Int, _ matrix: UnsafeMutablePointer<Self>) {
    rll_graph_laplacian_f32(size, matrix)
  }

  package static func sgdUpdate(
    _ count: Int, _ rate: Self, _ momentum: Self, _ decay: Self, _ gradient: UnsafePointer<Self>,
    _ velocity: UnsafeMutablePointer<Self>, _ weights: UnsafeMutablePointer<Self>
  ) {
    rll_sgd_update_f32(count, rate, momentum, decay, gradient, velocity, weights)
  }

  package static func exponential(
    _ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) {
    rll_exp_f32(count, x, result)
  }

  package static func exactDot(
    _ columns: Int, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>
  ) -> Double {
    rll_exact_dot_f32(columns, a, b)
  }

  package static func addRows(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Double>
  ) {
    rll_add_rows_f32(rows, columns, x, sums)
  }

  package static func firstNonFinite(_ count: Int, _ x: UnsafePointer<Self>) -> Int {
    rll_first_non_finite_f32(count, x)
  }

  package static func selectAtLeast(
    _ count: Int, _ x: UnsafePointer<Self>, _ threshold: Self,
    _ positions: UnsafeMutablePointer<Int32>
  ) -> Int {
    rll_select_at_least_f32(count, x, threshold, positions)
  }

  package static func product(_ library: BLASLibrary, _ call: ProductCall<Self>) {
    library.sgemm(
      CblasRowMajor, call.transposeA ? CblasTrans : CblasNoTrans,
      call.transposeB ? CblasTrans : CblasNoTrans, blasint(call.m), blasint(call.n),
      blasint(call.k), call.alpha, call.a, blasint(call.leadingA), call.b, blasint(call.leadingB),
      call.beta, call.c, blasint(call.leadingC))
  }

  package static func gram(
    _ library: BLASLibrary, _ size: Int, _ columns: Int, _ a: UnsafePointer<Self>,
    _ result: UnsafeMutablePointer<Self>
  ) {
    library.ssyrk(
      CblasRowMajor, CblasLower, CblasNoTrans, blasint(size), blasint(columns), 1, a,
      blasint(columns), 0, result, blasint(size))
  }
}

extension Double: KernelScalar {
  package static func orderedProduct(
    _ rows: Int, _ inner: Int, _ columns: Int, _ x: UnsafePointer<Self>,
    _ w: UnsafePointer<Self>, _ panel: UnsafeMutablePointer<Self>,
    _ result: UnsafeMutablePointer<Self>
  ) {
    rll_ordered_product_f64(rows, inner, columns, x, w, panel, result)
  }

  package static func nthLargest(
    _ count: Int, _ x: UnsafePointer<Self>, _ depth: Int, _ heap: UnsafeMutablePointer<Self>
  ) -> Self {
    rll_nth_largest_f64(count, x, depth, heap)
  }

  package static func normalizeRows(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ unit: UnsafeMutablePointer<Self>,
    _ norms: UnsafeMutablePointer<Self>?
  ) {
    rll_normalize_rows_f64(rows, columns, x, unit, norms)
  }

  package static func normalizeRowsBackward(
    _ rows: Int, _ columns: Int, _ gradient: UnsafePointer<Self>, _ unit: UnsafePointer<Self>,
    _ norms: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) {
    rll_normalize_rows_backward_f64(rows, columns, gradient, unit, norms, result)
  }

  package static func gatherRows(
    _ count: Int, _ columns: Int, _ indices: UnsafePointer<Int64>, _ source: UnsafePointer<Self>,
    _ normalize: Int32, _ result: UnsafeMutablePointer<Self>
  ) {
    rll_gather_rows_f64(count, columns, indices, source, normalize, result)
  }

  package static func subtractRow(
    _ rows: Int, _ columns: Int, _ shift: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) {
    rll_subtract_row_f64(rows, columns, shift, result)
  }

  package static func mirrorLower(_ size: Int, _ matrix: UnsafeMutablePointer<Self>) {
    rll_mirror_lower_f64(size, matrix)
  }

  package static func rankedListRows(
    _ size: Int, _ columns: Int, _ unit: UnsafePointer<Self>, _ similarity: UnsafePointer<Self>,
    _ labels: UnsafePointer<Int32>, _ alpha: Self, _ beta: Self, _ positiveTemperature: Self,
    _ negativeTemperature: Self, _ lambda: Self, _ coefficients: Int32,
    _ scratch: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
    _ positiveLoss: UnsafeMutablePointer<Self>, _ negativeLoss: UnsafeMutablePointer<Self>,
    _ positiveCount: UnsafeMutablePointer<Int32>, _ negativeCount: UnsafeMutablePointer<Int32>,
    _ classCount: UnsafeMutablePointer<Int32>,
    _ positivePeak: UnsafeMutablePointer<Self>, _ negativePeak: UnsafeMutablePointer<Self>,
    _ positiveSum: UnsafeMutablePointer<Self>, _ negativeSum: UnsafeMutablePointer<Self>
  ) {
    rll_ranked_list_rows_f64(
      size, columns, unit, similarity, labels, alpha, beta, positiveTemperature,
      negativeTemperature, lambda, coefficients, scratch, u, positiveLoss, negativeLoss,
      positiveCount, negativeCount, classCount, positivePeak, negativePeak, positiveSum, negativeSum
    )
  }

  package static func queryHardness(
    _ size: Int, _ positiveTemperature: Self, _ negativeTemperature: Self,
    _ positivePeak: UnsafePointer<Self>, _ negativePeak: UnsafePointer<Self>,
    _ positiveSum: UnsafePointer<Self>, _ negativeSum: UnsafePointer<Self>,
    _ factors: UnsafeMutablePointer<Self>
  ) {
    rll_query_hardness_f64(
      size, positiveTemperature, negativeTemperature, positivePeak, negativePeak, positiveSum,
      negativeSum, factors)
  }

  package static func scaleRows(
    _ rows: Int, _ columns: Int, _ factors: UnsafePointer<Self>,
    _ matrix: UnsafeMutablePointer<Self>
  ) {
    rll_scale_rows_f64(rows, columns, factors, matrix)
  }

  package static func symmetrize(_ size: Int, _ matrix: UnsafeMutablePointer<Self>) {
    rll_symmetrize_f64(size, matrix)
  }

  package static func graphLaplacian(_ size: Int, _ matrix: UnsafeMutablePointer<Self>) {
    rll_graph_laplacian_f64(size, matrix)
  }

  package static func sgdUpdate(
    _ count: Int, _ rate: Self, _ momentum: Self, _ decay: Self, _ gradient: UnsafePointer<Self>,
    _ velocity: UnsafeMutablePointer<Self>, _ weights: UnsafeMutablePointer<Self>
  ) {
    rll_sgd_update_f64(count, rate, momentum, decay, gradient, velocity, weights)
  }

  package static func exponential(
    _ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>
  ) {
    rll_exp_f64(count, x, result)
  }

  package static func exactDot(
    _ columns: Int, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>
  ) -> Double {
    rll_exact_dot_f64(columns, a, b)
  }

  package static func addRows(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Double>
  ) {
    rll_add_rows_f64(rows, columns, x, sums)
  }

  package static func firstNonFinite(_ count: Int, _ x: UnsafePointer<Self>) -> Int {
    rll_first_non_finite_f64(count, x)
  }

  package static func selectAtLeast(
    _ count: Int, _ x: UnsafePointer<Self>, _ threshold: Self,
    _ positions: UnsafeMutablePointer<Int32>
  ) -> Int {
    rll_select_at_least_f64(count, x, threshold, positions)
  }

  package static func product(_ library: BLASLibrary, _ call: ProductCall<Self>) {
    library.dgemm(
      CblasRowMajor, call.transposeA ? CblasTrans : CblasNoTrans,
      call.transposeB ? CblasTrans : CblasNoTrans, blasint(call.m), blasint(call.n),
      blasint(call.k), call.alpha, call.a, blasint(call.leadingA), call.b, blasint(call.leadingB),
      call.beta, call.c, blasint(call.leadingC))
  }

  package static func gram(
    _ library: BLASLibrary, _ size: Int, _ columns: Int, _ a: UnsafePointer<Self>,
    _ result: UnsafeMutablePointer<Self>
  ) {
    library.dsyrk(
      CblasRowMajor, CblasLower, CblasNoTrans, blasint(size), blasint(columns), 1, a,
      blasint(columns), 0, result, blasint(size))
  }
}
