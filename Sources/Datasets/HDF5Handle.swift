import CHDF5

/// An identifier of the HDF5 library, closed when its owner goes away.
struct HDF5Handle: ~Copyable, Sendable {
  enum Kind: Sendable {
    case file, object, type, space, properties, attribute
  }

  let id: hid_t
  private let kind: Kind

  init(id: hid_t, kind: Kind) {
    precondition(id >= 0, "an HDF5 identifier of \(id)")
    self.id = id
    self.kind = kind
  }

  // A status is of no use here: nothing was written through a handle that has not been
  // flushed and checked before.
  deinit {
    switch kind {
    case .file: H5Fclose(id)
    case .object: H5Oclose(id)
    case .type: H5Tclose(id)
    case .space: H5Sclose(id)
    case .properties: H5Pclose(id)
    case .attribute: H5Aclose(id)
    }
  }
}
