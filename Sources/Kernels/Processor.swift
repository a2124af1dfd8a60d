internal import CKernels

/// What this host's processor can do.
package enum Processor {
  /// The instructions that the pinned core type of OpenBLAS needs.
  package static var hasAVX2: Bool { rll_has_avx2() != 0 }
}
