#pragma once

// How often this process has asked the allocator for memory. Linked into the benchmark only.
long rll_allocation_count(void);
