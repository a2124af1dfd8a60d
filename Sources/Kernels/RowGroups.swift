/// Sums of rows by group.
package enum RowGroups {
  /// Adds each row of x whose group is `isOpen` to its group's row of `sums`, `groups × columns`,
  /// in 64 bits and in order of rows.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package static func add<Scalar: KernelScalar>(
    _ x: borrowing Matrix<Scalar>, groups: [Int32], isOpen: [Bool],
    to sums: inout Matrix<Double>
  ) {
    precondition(
      groups.count == x.rows && sums.rows == isOpen.count && sums.columns == x.columns,
      "\(x.rows)×\(x.columns) of \(groups.count) groups into \(sums.rows)×\(sums.columns)")
    let columns = x.columns
    x.withPointer { x in
      sums.withMutablePointer { sums in
        for row in groups.indices where isOpen[Int(groups[row])] {
          Scalar.addRows(1, columns, x + row * columns, sums + Int(groups[row]) * columns)
        }
      }
    }
  }

  /// Writes the mean of each open group to its row of `means` and clears its sums. A group
  /// without rows stays as it is.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package static func takeMeans<Scalar: KernelScalar>(
    of sums: inout Matrix<Double>, sizes: [Int], isOpen: [Bool], into means: inout Matrix<Scalar>
  ) {
    precondition(sums.rows == means.rows && sums.columns == means.columns)
    precondition(sizes.count == sums.rows && isOpen.count == sums.rows)
    let columns = sums.columns
    sums.withMutablePointer { sums in
      means.withMutablePointer { means in
        for group in sizes.indices where isOpen[group] && sizes[group] > 0 {
          for entry in group * columns..<(group + 1) * columns {
            means[entry] = Scalar(sums[entry] / Double(sizes[group]))
            sums[entry] = 0
          }
        }
      }
    }
  }
}
