import Glibc

/// What the allocator has handed out.
enum MemoryUse {
  static var heapBytes: Int { Int(mallinfo().uordblks) }
}
