extension String {
  /// The number of columns of a terminal that the text takes: two for East Asian characters and
  /// emoji, one for others.
  ///
  /// A rule of thumb over Unicode's East Asian Width; terminals differ in the rest.
  var displayWidth: Int { reduce(0) { $0 + ($1.isWide ? 2 : 1) } }
}

extension Character {
  fileprivate var isWide: Bool {
    unicodeScalars.contains { scalar in
      scalar.properties.isEmojiPresentation || scalar.value == 0xFE0F
        || Self.wide.contains { $0.contains(scalar.value) }
    }
  }

  /// The scalars of Hangul, the Chinese and Japanese scripts with their punctuation, and full-width
  /// forms.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD,
  ]
}
