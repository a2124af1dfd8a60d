import Kernels
import Training

// Times a training step and an evaluation against their own matrix products, measured in the
// same run. With --large, instead, the measures of a test set of 60,000 rows.
let blas = try BLASLibrary.load()
print("\(blas.version), core type \(blas.coreName), \(blas.threads) thread")
if CommandLine.arguments.dropFirst().contains("--large") {
  LargeEvaluationBenchmark(blas: blas).report()
} else {
  for shape in StepBenchmark.shapes { try StepBenchmark(shape: shape, blas: blas).report() }
  for rows in EvaluationBenchmark.rowCounts {
    try EvaluationBenchmark(rows: rows, blas: blas).report()
  }
}
