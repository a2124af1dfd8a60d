import Glibc

/// The memory of this machine.
package enum PhysicalMemory {
  package static var bytes: Int { sysconf(Int32(_SC_PHYS_PAGES)) * Int(getpagesize()) }
}
