extension [Double] {
  /// The values in ascending order; -0 stands before 0. None of them is NaN.
  ///
  /// Many values are sorted digit by digit, the lowest first (LSD radix sort; Knuth, "The Art of
  /// Computer Programming", volume 3, section 5.2.5). Values that were counted or measured by a clock
  /// have few different digits, so that most passes are skipped.
  func ascending() -> [Double] {
    guard count >= 256 else { return sorted() }
    var keys = map(\.orderedBits)
    // A digit in which no two keys differ needs no pass.
    let common = keys.reduce((all: UInt64.max, any: UInt64(0))) { ($0.all & $1, $0.any | $1) }
    let different = common.all ^ common.any
    var other = keys
    for shift in stride(from: UInt64(0), to: 64, by: 11)
    where (different >> shift) & RadixSort.digit != 0 {
      var next = [Int](repeating: 0, count: Int(RadixSort.digit) + 2)
      for key in keys { next[Int((key >> shift) & RadixSort.digit) + 1] += 1 }
      for digit in next.indices.dropFirst() { next[digit] += next[digit - 1] }
      for key in keys {
        let digit = Int((key >> shift) & RadixSort.digit)
        other[next[digit]] = key
        next[digit] += 1
      }
      swap(&keys, &other)
    }
    return keys.map(Double.init(orderedBits:))
  }
}

private enum RadixSort {
  /// The bits of one digit.
  static let digit: UInt64 = (1 << 11) - 1
}

extension Double {
  private static let sign = UInt64(1) << 63

  /// A number that is ordered as the values are: the sign is inverted for a positive value, and all
  /// bits are for a negative one.
  fileprivate var orderedBits: UInt64 {
    bitPattern & Self.sign == 0 ? bitPattern | Self.sign : ~bitPattern
  }

  fileprivate init(orderedBits bits: UInt64) {
    self.init(bitPattern: bits & Self.sign == 0 ? ~bits : bits & ~Self.sign)
  }
}
