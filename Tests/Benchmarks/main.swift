import ArgumentParser
import Kernels
import Training

// Times a training step and an evaluation against their own matrix products, measured in the
// same run. With --large, instead, the measures of a test set of 60,000 rows. `fill` writes a
// store of any size, `listings` times what reads it, `ingest` what takes run folders in.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "fill": FillCommand.main(Array(arguments.dropFirst()))
case "ingest": IngestCommand.main(Array(arguments.dropFirst()))
case "listings": ListingsCommand.main(Array(arguments.dropFirst()))
default:
  let blas = try BLASLibrary.load()
  print("\(blas.version), core type \(blas.coreName), \(blas.threads) thread")
  if arguments.contains("--large") {
    LargeEvaluationBenchmark(blas: blas).report()
  } else {
    for shape in StepBenchmark.shapes { try StepBenchmark(shape: shape, blas: blas).report() }
    for rows in EvaluationBenchmark.rowCounts {
      try EvaluationBenchmark(rows: rows, blas: blas).report()
    }
  }
}
