/// A number with a fixed count of decimals: `fixed(2.345, 2)` is `2.35`.
func fixed(_ value: Double, _ decimals: Int) -> String {
  let power = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
  let scaled = (value.magnitude * power).rounded()
  guard value.isFinite, scaled < 1e15 else { return "\(value)" }
  let digits = String(Int64(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + padded }
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

/// A number with about three significant digits: `1234`, `123`, `12.3`, `1.23`, `0.0123`.
func significant(_ value: Double) -> String {
  guard value != 0 else { return "0" }
  var decimals = 2
  var edge = 1.0
  while value.magnitude < edge, decimals < 6 {
    edge /= 10
    decimals += 1
  }
  if value.magnitude >= 10 { decimals = 1 }
  if value.magnitude >= 100 { decimals = 0 }
  return fixed(value, decimals)
}

/// A relative change as a percentage with its sign: `+20.2 %`.
func percent(_ change: Double) -> String { "\(signed(change)) %" }

/// The two ends of an interval of changes: `[+18.9, +21.4]`.
func percentRange(_ interval: ClosedRange<Double>) -> String {
  "[\(signed(interval.lowerBound)), \(signed(interval.upperBound))]"
}

private func signed(_ change: Double) -> String {
  let percent = change * 100
  let text = fixed(percent, percent.magnitude < 1000 ? 1 : 0)
  return text.hasPrefix("-") ? text : "+" + text
}

/// A threshold without sign: `10 %`, `2.5 %`.
func threshold(_ part: Double) -> String {
  let percent = part * 100
  return (percent == percent.rounded() ? fixed(percent, 0) : significant(percent)) + " %"
}

/// A probability: three digits, or a power of ten where it is small.
func probability(_ p: Double) -> String {
  guard p > 0, p < 0.001 else { return fixed(p, 3) }
  var (mantissa, exponent) = (p, 0)
  while mantissa < 1 {
    mantissa *= 10
    exponent += 1
  }
  return "\(fixed(mantissa, 1))e-\(exponent)"
}

/// `1 regression`, `2 regressions`.
func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
