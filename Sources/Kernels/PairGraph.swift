/// From pair coefficients to the gradient of the rows, losses.md §1.
package enum PairGraph {
  /// Distances up to here have no direction: their coefficient is 0, the subgradient at 0.
  package static var leastDistance: Double { 1e-6 }

  /// Turns `A_ij = ∂L/∂d_ij`, `batch × batch`, into the matrix whose product with the unit rows
  /// is their gradient, flowing to both ends of a pair: `diag(W 1) − W` with `W = U + Uᵀ`,
  /// `U = A / d`.
  @specialized(where Scalar == Float)
  package static func gradientMatrix<Scalar: KernelScalar>(
    ofDistances coefficients: inout Matrix<Scalar>, distances: borrowing PairDistances<Scalar>
  ) {
    let size = coefficients.rows
    precondition(coefficients.columns == size && distances.size == size)
    let least = Scalar(leastDistance)
    coefficients.withMutablePointer { coefficients in
      distances.matrix.withPointer { distances in
        Scalar.dividePairs(size * size, least, distances, coefficients)
      }
      Scalar.symmetrize(size, coefficients)
      Scalar.graphLaplacian(size, coefficients)
    }
  }

  /// Turns `B_ij = ∂L/∂s_ij` into the matrix whose product with the rows is their gradient:
  /// `B + Bᵀ`.
  package static func gradientMatrix<Scalar: KernelScalar>(
    ofSimilarities coefficients: inout Matrix<Scalar>
  ) {
    let size = coefficients.rows
    precondition(coefficients.columns == size)
    coefficients.withMutablePointer { Scalar.symmetrize(size, $0) }
  }

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
