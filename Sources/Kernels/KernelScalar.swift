internal import CKernels

/// The element type of a matrix: `Float` in training, `Double` in checks against references.
///
/// Each requirement is one C kernel, compiled from one source for both types.
package protocol KernelScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
}

extension Float: KernelScalar {}
extension Double: KernelScalar {}
