import Measurements

/// The units of Go benchmarks: the metric of each unit, and the properties that `Unit` lines
/// give it.
struct GoUnits {
  private var settings: [String: [String: String]] = [:]
  /// The units of all values, in the order in which they first occur.
  private(set) var symbols: [String] = []
  private var places: [Substring: Int] = [:]
  /// The index of the unit that was looked up last, if it was new; else -1.
  private var latest = -1

  /// Reads `Unit <unit> better=higher assume=exact`, which applies to the whole file.
  ///
  /// - Returns: False for any other line, including prose that starts with "Unit".
  mutating func read(_ line: Line, of input: Input) throws(InputError) -> Bool {
    guard line.text.hasPrefix("Unit") else { return false }
    let fields = line.fields
    guard fields.count > 2, fields[0] == "Unit",
      fields.dropFirst(2).allSatisfy({ $0.dropFirst().contains("=") })
    else { return false }
    for field in fields.dropFirst(2) {
      let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      try set(String(pair[0]), String(pair[1]), for: fields[1]) { problem in
        input.error(problem, line: line.number, text: String(line.text))
      }
    }
    return true
  }

  private mutating func set(
    _ key: String, _ value: String, for unit: Substring, fail: (String) -> InputError
  ) throws(InputError) {
    let allowed = ["better": ["higher", "lower"], "assume": ["nothing", "exact"]]
    if let values = allowed[key], !values.contains(value) {
      throw fail("'\(key)' is either \(values.joined(separator: " or ")), not '\(value)'")
    }
    let unit = Self.tidy(String(unit))
    if let old = settings[unit]?[key], old != value {
      throw fail("'\(key)' of unit '\(unit)' was '\(old)' before")
    }
    settings[unit, default: [:]][key] = value
  }

  func metric(_ unit: String) -> Metric {
    let setting = settings[Self.tidy(unit)] ?? [:]
    // A custom unit of a benchmark is also the name of its metric.
    let known = Self.known[unit]?.metric ?? Metric(unit, UnitConversion(from: unit).unit)
    let better = better(of: unit)
    return Metric(
      known.name, known.unit, better: better.direction, exact: setting["assume"] == "exact",
      isGuessed: better.isGuess)
  }

  /// The index of a unit among the symbols. A new unit is added.
  ///
  /// - Parameter previous: The index of the unit before it in its line. The one after that is tried
  ///   first, because the lines of a file are alike.
  mutating func place(of symbol: Substring, after previous: Int?) -> Int {
    let likely = previous.map { $0 + 1 } ?? 0
    latest = -1
    if likely < symbols.count, symbol.utf8.elementsEqual(symbols[likely].utf8) { return likely }
    if let place = places[symbol] { return place }
    places[symbol] = symbols.count
    symbols.append(String(symbol))
    latest = symbols.count - 1
    return latest
  }

  /// True if the unit that was looked up last is new and is not one of Go's own.
  ///
  /// If a file breaks off within a unit, the rest of the unit looks like such a one.
  var endsInNew: Bool {
    latest == symbols.count - 1 && symbols.last.map { Self.known[$0] == nil } ?? false
  }

  /// The better direction of a unit, and its source.
  func better(of unit: String) -> DirectionSource {
    if let direction = settings[Self.tidy(unit)]?["better"].flatMap(Direction.init) {
      return DirectionSource(direction, by: "a Unit line")
    }
    return Self.known[unit].map { DirectionSource($0.metric.better, by: "its unit") }
      ?? DirectionTable.better(of: "", in: unit)
  }

  /// Returns a function that converts values to base units.
  static func base(_ symbol: String) -> (Double) -> Double {
    guard let factor = known[symbol]?.factor else {
      return UnitConversion(from: symbol).callAsFunction
    }
    return { $0 * factor }
  }

  /// True if values can be negative. Times, sizes and rates cannot; those of a custom unit can.
  static func isSigned(_ symbol: Substring) -> Bool { known[String(symbol)] == nil }

  /// The units of Go's package testing, and the units that benchstat makes of them.
  private static let known: [String: (metric: Metric, factor: Double)] = [
    "ns/op": (.wallTime, 1),
    "sec/op": (.wallTime, 1e9),
    "B/op": (Metric("allocated_bytes", .bytes), 1),
    "allocs/op": (Metric("allocations", .one), 1),
    "MB/s": (Metric("throughput", .bytesPerSecond, better: .higher), 1e6),
    "B/s": (Metric("throughput", .bytesPerSecond, better: .higher), 1),
  ]

  /// The unit under which benchstat stores settings. A unit and its multiple have the
  /// same settings.
  private static func tidy(_ unit: String) -> String {
    switch unit {
    case "ns/op": "sec/op"
    case "MB/s": "B/s"
    default: unit
    }
  }
}
