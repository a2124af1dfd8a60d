/// What can keep the arithmetic from starting.
package struct KernelError: Error, CustomStringConvertible, Sendable {
  package enum Code: Sendable {
    case libraryMissing
    case symbolMissing
    case processorTooOld
    case wrongCoreType
    case noAddressSpace
  }

  package let code: Code
  private let detail: String

  init(_ code: Code, detail: String = "") {
    self.code = code
    self.detail = detail
  }

  package var description: String {
    switch code {
    case .libraryMissing:
      "OpenBLAS cannot be loaded (\(detail)). Install it: apt-get install libopenblas0-pthread"
    case .symbolMissing:
      "this OpenBLAS lacks a function that is needed (\(detail)). Version 0.3 or later will do"
    case .processorTooOld:
      "this processor has no AVX2, so it cannot give the bits that other hosts give. "
        + "Use --native-blas to run all the same; its results are recorded as such"
    case .wrongCoreType:
      "OpenBLAS did not take the pinned core type (\(detail)). Use --native-blas to run with the "
        + "one it chose; its results are recorded as such"
    case .noAddressSpace:
      "the program needs \(detail) of free address space, more than it may have. Raise the "
        + "limit (ulimit -v), or limit the memory that a job holds with --memory-limit instead"
    }
  }
}
