/// A linear axis with a few round ticks.
struct Axis {
  let ticks: [Tick]
  private let values: ClosedRange<Double>
  private let places: ClosedRange<Int>

  struct Tick {
    let place: Int
    /// The value in the unit of the labels; empty if there is no room for it.
    let label: String
  }

  /// - Parameters:
  ///   - values: All values that must be on the axis.
  ///   - places: The places of the least and the greatest value.
  ///   - unit: The unit of the labels.
  /// - Returns: nil for values so near each other, so small or so large that no label could tell
  ///   them apart.
  init?(_ values: ClosedRange<Double>, places: ClosedRange<Int>, in unit: Scale) {
    let ends = [values.lowerBound, values.upperBound].map(unit.number)
    let span = ends[1] - ends[0]
    let largest = max(ends[0].magnitude, ends[1].magnitude)
    guard largest < 1e15, span > largest * 1e-9,
      let step = Step.all.first(where: { $0.size >= span / 5 })
    else { return nil }
    self.values = values
    self.places = places
    let multiples = step.multiples(from: ends[0], to: ends[1])
    guard multiples.count > 1 else { return nil }
    let labels = multiples.map(step.label)
    // There is room for six labels of eight characters, or for two of any length.
    let isWide = labels.contains { $0.utf8.count > 8 }
    ticks = multiples.indices.map { index in
      let isShown = !isWide || index == 0 || index == multiples.count - 1
      return Tick(
        place: Self.place(step.value(multiples[index]), ends[0], span, places),
        label: isShown ? labels[index] : "")
    }
  }

  /// Returns the place of a value that is on the axis.
  func place(of value: Double) -> Int {
    Self.place(value, values.lowerBound, values.upperBound - values.lowerBound, places)
  }

  private static func place(
    _ value: Double, _ least: Double, _ span: Double, _ places: ClosedRange<Int>
  ) -> Int {
    places.lowerBound + Int(((value - least) / span * Double(places.count - 1)).rounded())
  }
}

/// The distance between two ticks: 1, 2 or 5 times a power of ten.
private struct Step {
  let factor: Int
  /// The exponent of ten.
  let exponent: Int

  static let all = (-15...15).flatMap { exponent in
    [1, 2, 5].map { Step(factor: $0, exponent: exponent) }
  }

  var size: Double { value(1) }

  /// Returns a multiple of the step, as near to the decimal number as possible.
  func value(_ multiple: Int) -> Double {
    let whole = Double(multiple * factor)
    return exponent < 0 ? whole / power(-exponent) : whole * power(exponent)
  }

  func multiples(from least: Double, to most: Double) -> [Int] {
    let (first, last) = (Int((least / size).rounded(.up)), Int((most / size).rounded(.down)))
    return first <= last ? Array(first...last) : []
  }

  func label(_ multiple: Int) -> String { fixed(value(multiple), max(0, -exponent)) }
}
