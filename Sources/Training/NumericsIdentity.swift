package import Kernels

/// What the bits of a result depend on besides job and data.
package struct NumericsIdentity: Sendable, Hashable, CustomStringConvertible {
  /// Raised when our own arithmetic gives other bits than before.
  package static let codeVersion = 1

  package let description: String

  package init(_ blas: BLASLibrary) {
    description =
      "code \(Self.codeVersion), streams \(RandomStream.version), \(blas.version), "
      + "\(blas.coreName), \(blas.threads) thread"
  }
}
