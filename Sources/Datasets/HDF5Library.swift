import CHDF5

/// The HDF5 library in use.
package enum HDF5Library {
  /// Such as `1.10.8`.
  package static var version: String {
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    H5get_libversion(&major, &minor, &release)
    return "\(major).\(minor).\(release)"
  }
}
