extension PortableMath {
  /// Replaces each number by its exponential: the bits of `exponential(ofNonPositive:)`, in one
  /// call for all.
  package static func exponentiate(nonPositive numbers: inout [Double]) {
    precondition(numbers.allSatisfy { $0 <= 0 }, "the exponentials of \(numbers)")
    numbers.withUnsafeMutableBufferPointer { numbers in
      guard let first = numbers.baseAddress else { return }
      Double.exponential(numbers.count, first, first)
    }
  }
}
