/// From pair coefficients to the gradient of the rows, losses.md §1.
package enum PairGraph {
  /// Turns coefficients `U_ij = (∂L/∂d_ij) / d_ij`, `batch × batch`, into the matrix whose
  /// product with the rows is the gradient: `diag(U 1) − U`, with `U + Uᵀ` in place of `U`
  /// where the gradient also flows to the gallery. Row i is first multiplied by `factors[i]`.
  package static func gradientMatrix<Scalar: KernelScalar>(
    of coefficients: inout Matrix<Scalar>, factors: borrowing Matrix<Scalar>, toGallery: Bool
  ) {
    let size = coefficients.rows
    precondition(coefficients.columns == size && factors.count == size)
    factors.withPointer { factors in
      coefficients.withMutablePointer { coefficients in
        Scalar.scaleRows(size, size, factors, coefficients)
        if toGallery { Scalar.symmetrize(size, coefficients) }
        Scalar.graphLaplacian(size, coefficients)
      }
    }
  }
}
