import CHDF5

/// What the elements of a dataset or an attribute are, whatever their byte order.
package enum HDF5ElementType: Sendable, Hashable, CustomStringConvertible {
  case float(bits: Int)
  case integer(bits: Int, signed: Bool)
  /// Integers with names, as h5py writes booleans.
  case enumeration(name: String, bits: Int, signed: Bool)
  /// Text of a fixed number of bytes, or of any length where nil.
  case text(bytes: Int?)
  case other(String)

  /// Its name, as numpy has it.
  package var description: String {
    switch self {
    case .float(let bits): "float\(bits)"
    case .integer(let bits, let signed): "\(signed ? "int" : "uint")\(bits)"
    case .enumeration(let name, _, _): name
    case .text: "text"
    case .other(let name): name
    }
  }

  /// Whether the values can be read as integers.
  package var isInteger: Bool {
    switch self {
    case .integer, .enumeration: true
    default: false
    }
  }

  var isUnsigned64: Bool {
    switch self {
    case .integer(64, signed: false), .enumeration(_, bits: 64, signed: false): true
    default: false
    }
  }

  package var isText: Bool {
    if case .text = self { true } else { false }
  }

  /// Whether features may be of this type: 16, 32 and 64-bit floats and 8-bit integers, which
  /// float32 holds exactly or, for float64, rounded to nearest.
  package var isFeature: Bool {
    switch self {
    case .float: true
    case .integer(let bits, _): bits == 8
    default: false
    }
  }

  init(type: hid_t) {
    let bits = 8 * H5Tget_size(type)
    switch H5Tget_class(type) {
    case H5T_FLOAT:
      self =
        Self.isStandardFloat(type) ? .float(bits: bits) : .other("float\(bits) of its own kind")
    case H5T_INTEGER:
      self = .integer(bits: bits, signed: H5Tget_sign(type) != H5T_SGN_NONE)
    case H5T_ENUM:
      let isSigned = H5Tget_sign(type) != H5T_SGN_NONE
      let number = HDF5ElementType.integer(bits: bits, signed: isSigned)
      let name = Self.isBoolean(type) ? "bool" : "an enum of \(number)"
      self = .enumeration(name: name, bits: bits, signed: isSigned)
    case H5T_STRING:
      self = .text(bytes: H5Tis_variable_str(type) > 0 ? nil : H5Tget_size(type))
    case H5T_COMPOUND: self = .other("compound")
    case H5T_REFERENCE: self = .other("references")
    case H5T_VLEN: self = .other("lists of variable length")
    case H5T_ARRAY: self = .other("arrays")
    default: self = .other("an unknown type")
    }
  }

  /// Whether this is how h5py writes booleans.
  private static func isBoolean(_ type: hid_t) -> Bool {
    var value: UInt8 = 0
    return H5Tget_size(type) == 1 && H5Tget_nmembers(type) == 2
      && H5Tenum_valueof(type, "FALSE", &value) >= 0 && value == 0
      && H5Tenum_valueof(type, "TRUE", &value) >= 0 && value == 1
  }

  private static func isStandardFloat(_ type: hid_t) -> Bool {
    let standard = [
      rll_hdf5_float32_le(), rll_hdf5_float32_be(), rll_hdf5_float64_le(), rll_hdf5_float64_be(),
    ]
    if standard.contains(where: { H5Tequal(type, $0) > 0 }) { return true }
    var (sign, exponent, exponentBits, mantissa, mantissaBits) = (0, 0, 0, 0, 0)
    let status = H5Tget_fields(
      type, &sign, &exponent, &exponentBits, &mantissa, &mantissaBits)
    // IEEE 754 binary16, for which the library has no constant.
    return status >= 0 && H5Tget_size(type) == 2 && H5Tget_ebias(type) == 15
      && (sign, exponent, exponentBits, mantissa, mantissaBits) == (15, 10, 5, 0, 10)
  }
}
