/// A distribution in a few characters, ten at the most: the smallest value to the left, the largest to
/// the right, the more values in a place the higher the block.
struct Histogram {
  private static let blocks = Array("▁▂▃▄▅▆▇█")
  private static let places = 10

  let text: String

  /// - Parameter values: Empty for none, and all alike for no distribution: both are an empty text.
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
