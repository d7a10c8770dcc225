import Measurements

extension Better {
  /// For a file that says neither what is better nor, by its unit, that it is a rate.
  ///
  /// It is less, as for nearly everything that people measure; the account names it as a guess.
  static func assumed(in unit: String) -> Better {
    let byUnit = Better.byUnit(UnitConversion(from: unit).unit)
    return byUnit.direction == .higher
      ? byUnit : Better(.lower, by: assumption)
  }

  static let assumption = "an assumption, as the file does not say"

}

extension Harvest {
  /// Refuses a negative number where there can be none, as for a time.
  func checkNotNegative(_ samples: [Double], at place: Place) throws(IntakeError) {
    guard let negative = samples.first(where: { $0 < 0 }) else { return }
    throw error("negative: \(negative)", at: place)
  }

  /// Refuses a second number for something that has one already.
  ///
  /// - Returns: Whether it is the first, or the input is read leniently and the second to be left out.
  mutating func isFirst(
    _ benchmark: Benchmark, _ metric: String, at place: Place
  ) throws(IntakeError) -> Bool {
    guard has(benchmark, metric) else { return true }
    try reject(
      "'\(benchmark)' has a second value of '\(metric)'", at: place,
      hint: "two things of one name cannot be told apart: give them names that differ")
    return false
  }
}
