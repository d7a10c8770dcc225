extension Sequence<UInt8> {
  /// Sixteen hexadecimal digits that are the same for the same bytes.
  ///
  /// FNV-1a, 64 bit (Fowler, Noll, Vo): stable across platforms, and nothing here needs secrecy.
  package var fingerprint: String {
    let hash = reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
