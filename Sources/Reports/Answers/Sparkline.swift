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
    let numbers = shown.compactMap(\.self)
    guard let least = numbers.min(), let most = numbers.max() else {
      return String(repeating: " ", count: shown.count)
    }
    return String(
      shown.map { value -> Character in
        guard let value else { return " " }
        // Equal values are a line in the middle.
        guard most > least else { return blocks[3] }
        // Halves keep the difference of the largest doubles finite.
        let part = (value / 2 - least / 2) / (most / 2 - least / 2)
        return blocks[min(7, Int(part * 8))]
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
