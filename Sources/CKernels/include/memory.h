#pragma once
#include <malloc.h>

// Bytes that the allocator has handed out and not got back, mapped blocks included.
static inline long rll_heap_bytes(void) {
  struct mallinfo2 use = mallinfo2();
  return (long)(use.uordblks + use.hblkhd);
}
