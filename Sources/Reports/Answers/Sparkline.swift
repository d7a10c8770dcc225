/// A picture of values in one line of block characters.
package enum Sparkline {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// Returns one character for each value, the lowest for the smallest; a space for a gap.
  ///
  /// - Parameters:
  ///   - width: The most characters. Of more values those that share a character are shown by the
  ///     one that is farthest from the median of all, so that no peak is lost.
  package static func text(_ values: [Double?], width: Int) -> String {
    let shown = values.count > width ? thinned(values, to: max(1, width)) : values
    // A sum or a ratio of large numbers may be infinite.
    let numbers = shown.compactMap(\.self).filter(\.isFinite)
    guard let least = numbers.min(), let most = numbers.max() else {
      return String(repeating: " ", count: shown.count)
    }
    // Halves keep the difference of the largest doubles finite.
    let span = most / 2 - least / 2
    return String(
      shown.map { value -> Character in
        guard let value, !value.isNaN else { return " " }
        guard value.isFinite else { return value > 0 ? blocks[7] : blocks[0] }
        // Equal values are a line in the middle.
        guard span > 0 else { return blocks[3] }
        return blocks[min(7, Int((value / 2 - least / 2) / span * 8))]
      })
  }

  private static func thinned(_ values: [Double?], to width: Int) -> [Double?] {
    let sorted = values.compactMap(\.self).sorted()
    let middle = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    return (0..<width).map { column in
      let part = values[column * values.count / width..<(column + 1) * values.count / width]
      return part.compactMap(\.self).max { ($0 - middle).magnitude < ($1 - middle).magnitude }
    }
  }
}
