/// A distribution in a few characters, ten at the most. The smallest value is to the left, the
/// largest to the right. The more values are in a place, the higher is its block.
struct Histogram {
  private static let blocks = Array("▁▂▃▄▅▆▇█")
  private static let places = 10

  let text: String

  /// - Parameter values: The values of the distribution. The text is empty for no values, and for
  ///   values that are all alike.
  init(_ values: [Double]) {
    guard let least = values.min(), let most = values.max(), most > least,
      (most - least).isFinite
    else {
      text = ""
      return
    }
    var counts = Array(repeating: 0, count: Self.places)
    for value in values {
      let place = Int((value - least) / (most - least) * Double(Self.places))
      counts[min(place, Self.places - 1)] += 1
    }
    let highest = counts.max() ?? 1
    text = String(
      counts.map { count in
        count == 0 ? " " : Self.blocks[(count * Self.blocks.count - 1) / highest]
      })
  }
}
