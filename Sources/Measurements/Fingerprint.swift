extension Sequence<UInt8> {
  /// A fingerprint of sixteen hexadecimal digits; equal bytes have equal fingerprints.
  ///
  /// It is computed by FNV-1a, 64 bit (Fowler, Noll, Vo): stable across platforms, and nothing here
  /// needs secrecy.
  package var fingerprint: String {
    let hash = reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
