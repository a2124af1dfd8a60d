import Kernels
import Training

// Times a training step and an evaluation against their own matrix products, measured in the
// same run.
let blas = try BLASLibrary.load()
print("\(blas.version), core type \(blas.coreName), \(blas.threads) thread")
for shape in StepBenchmark.shapes { try StepBenchmark(shape: shape, blas: blas).report() }
for rows in EvaluationBenchmark.rowCounts {
  EvaluationBenchmark(rows: rows, blas: blas).report()
}
