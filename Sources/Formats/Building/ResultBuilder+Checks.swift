import Measurements

extension ResultBuilder {
  /// Refuses a negative number where none can be, as for a time. For JSON and tables, `amount`
  /// does this.
  func checkNotNegative(_ samples: [Double], at place: Place) throws(InputError) {
    guard let negative = samples.first(where: { $0 < 0 }) else { return }
    throw error("negative: \(negative)", at: place)
  }

  /// Refuses a second number for a benchmark and metric that already have one.
  ///
  /// - Returns: True for the first number; false if the input is read leniently and the second is
  ///   to be left out.
  mutating func isFirst(
    _ benchmark: Benchmark, _ metric: String, at place: Place,
    hint: String = "two things of one name cannot be told apart: give them names that differ"
  ) throws(InputError) -> Bool {
    guard has(benchmark, metric) else { return true }
    try reject("'\(benchmark)' has a second value of '\(metric)'", at: place, hint: hint)
    return false
  }

  /// Refuses a benchmark that occurs twice in a file that should have each once.
  ///
  /// - Returns: True for the first; false if the input is read leniently and the second is to be
  ///   left out.
  mutating func isFirst(
    _ benchmark: Benchmark, at place: Place,
    hint: String = oneRunAFile
  ) throws(InputError) -> Bool {
    if enter(benchmark) { return true }
    try reject("a second result of '\(benchmark)'", at: place, hint: hint)
    return false
  }
}

extension ResultBuilder {
  static let oneRunAFile = "import the output of each target and each run as a file of its own"

  /// Refuses a text whose last line may be cut off; see ``Input/checkEnd(on:)``.
  mutating func rejectTornEnd() throws(InputError) {
    try attempt { (builder) throws(InputError) in try builder.input.checkEnd() }
  }
}

/// The metric of a number that a tool measures per operation, if only the unit is known.
///
/// A time is `wall_time`. Any other metric has the name of its unit, as `cycles`.
func metricName(in unit: String) -> String {
  UnitConversion(from: unit).unit == .nanoseconds ? "wall_time" : unit
}
