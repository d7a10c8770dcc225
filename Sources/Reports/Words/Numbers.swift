/// Returns a number with a fixed count of decimals: `fixed(2.345, 2)` is `2.35`.
///
/// A number of more than fifteen digits is written with a power of ten.
func fixed(_ value: Double, _ decimals: Int) -> String {
  let scaled = (value.magnitude * power(decimals)).rounded()
  guard scaled < 1e15 else { return scientific(value, 2) }
  let digits = String(Int64(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + padded }
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

/// Returns a number as a mantissa with some decimals and a power of ten: `scientific(0.0000108, 1)`
/// is `1.1e-5`.
func scientific(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite, value != 0 else { return "\(value)" }
  var (mantissa, exponent) = (value, 0)
  while mantissa.magnitude < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
  while (mantissa.magnitude * power(decimals)).rounded() >= 10 * power(decimals) {
    (mantissa, exponent) = (mantissa / 10, exponent + 1)
  }
  return "\(fixed(mantissa, decimals))e\(exponent)"
}

/// Returns a number with three significant digits, or all before the point: `1234`, `123`, `12.3`,
/// `0.0123`.
///
/// - Parameter count: The least number of digits, three or more.
func significant(_ value: Double, digits count: Int = 3) -> String {
  guard value != 0 else { return "0" }
  func digits(_ decimals: Int) -> Double { (value.magnitude * power(decimals)).rounded() }
  guard digits(8) >= 100 else { return scientific(value, count - 1) }
  // Take as many decimals as leave three digits after rounding: 9.996 is 10.0, not 10.00.
  return fixed(value, (0...5 + count).last { digits($0) < power(count) } ?? 0)
}

/// Returns ten to the power of an exponent.
func power(_ exponent: Int) -> Double {
  (0..<exponent).reduce(1) { power, _ in power * 10 }
}

/// Returns a relative change as a percentage with its sign: `+20.2 %`.
func percent(_ change: Double) -> String { "\(signed(change)) %" }

/// Returns a relative change as a percentage, with a power of ten if decimals would show none of
/// it: `+4.2e-7 %`.
func percentOfAnySize(_ change: Double) -> String {
  guard change != 0, change.isFinite, signed(change) == "0.0" else { return percent(change) }
  return "\(change < 0 ? "" : "+")\(scientific(change * 100, 1)) %"
}

/// Returns the two ends of an interval of changes: `[+18.9, +21.4]`.
func percentRange(_ interval: ClosedRange<Double>) -> String {
  "[\(signed(interval.lowerBound)), \(signed(interval.upperBound))]"
}

/// Returns a percentage with one decimal, or two if the change is so small that one would show none
/// of it; no sign for zero.
private func signed(_ change: Double) -> String {
  let percent = change * 100
  let text = fixed(percent, percent.magnitude < 0.1 ? 2 : percent.magnitude < 1000 ? 1 : 0)
  guard text.contains(where: { $0 != "0" && $0.isNumber }) else { return "0.0" }
  return percent < 0 ? text : "+" + text
}

/// Returns a threshold without sign, with as few decimals as show it: `10 %`, `2.5 %`, `0.25 %`.
func threshold(_ part: Double) -> String {
  let percent = part * 100
  let decimals = (0...2).first { places in
    let scaled = percent * power(places)
    return (scaled - scaled.rounded()).magnitude < 1e-9
  }
  return (decimals.map { fixed(percent, $0) } ?? significant(percent)) + " %"
}

/// Returns a probability: three decimals, or a power of ten if they would show none of it.
package func probability(_ p: Double) -> String {
  p > 0 && p < 0.001 ? scientific(p, 1) : fixed(p, 3)
}

/// Returns a number with its noun: `1 regression`, `2 regressions`.
func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
