internal import CKernels

/// The kernels that search rows of scores; the header of the C target says what each does.
package protocol SearchKernels {
  static func selectEither(
    _ count: Int, _ x: UnsafePointer<Self>, _ threshold: Self,
    _ thresholds: UnsafePointer<Self>, _ positions: UnsafeMutablePointer<Int32>
  ) -> Int
  static func selectNearest(
    _ count: Int, _ x: UnsafeMutablePointer<Self>, _ penalty: UnsafePointer<Self>,
    _ least: Self, _ margin: Self, _ positions: UnsafeMutablePointer<Int32>
  ) -> Int
  static func selectBetween(
    _ count: Int, _ x: UnsafePointer<Self>, _ low: Self, _ high: Self,
    _ positions: UnsafeMutablePointer<Int32>, _ above: UnsafeMutablePointer<Int>
  ) -> Int
}

extension Float: SearchKernels {
  package static func selectEither(
    _ count: Int, _ x: UnsafePointer<Self>, _ threshold: Self,
    _ thresholds: UnsafePointer<Self>, _ positions: UnsafeMutablePointer<Int32>
  ) -> Int {
    rll_select_either_f32(count, x, threshold, thresholds, positions)
  }

  package static func selectNearest(
    _ count: Int, _ x: UnsafeMutablePointer<Self>, _ penalty: UnsafePointer<Self>,
    _ least: Self, _ margin: Self, _ positions: UnsafeMutablePointer<Int32>
  ) -> Int {
    rll_select_nearest_f32(count, x, penalty, least, margin, positions)
  }

  package static func selectBetween(
    _ count: Int, _ x: UnsafePointer<Self>, _ low: Self, _ high: Self,
    _ positions: UnsafeMutablePointer<Int32>, _ above: UnsafeMutablePointer<Int>
  ) -> Int {
    rll_select_between_f32(count, x, low, high, positions, above)
  }
}

extension Double: SearchKernels {
  package static func selectEither(
    _ count: Int, _ x: UnsafePointer<Self>, _ threshold: Self,
    _ thresholds: UnsafePointer<Self>, _ positions: UnsafeMutablePointer<Int32>
  ) -> Int {
    rll_select_either_f64(count, x, threshold, thresholds, positions)
  }

  package static func selectNearest(
    _ count: Int, _ x: UnsafeMutablePointer<Self>, _ penalty: UnsafePointer<Self>,
    _ least: Self, _ margin: Self, _ positions: UnsafeMutablePointer<Int32>
  ) -> Int {
    rll_select_nearest_f64(count, x, penalty, least, margin, positions)
  }

  package static func selectBetween(
    _ count: Int, _ x: UnsafePointer<Self>, _ low: Self, _ high: Self,
    _ positions: UnsafeMutablePointer<Int32>, _ above: UnsafeMutablePointer<Int>
  ) -> Int {
    rll_select_between_f64(count, x, low, high, positions, above)
  }
}
