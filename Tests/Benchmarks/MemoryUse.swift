import CKernels

/// What the allocator has handed out.
enum MemoryUse {
  static var heapBytes: Int { rll_heap_bytes() }
}
