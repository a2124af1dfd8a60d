/// Random 64-bit names in hexadecimal, so that stores can be merged.
package enum Identifier {
  package static func random() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
