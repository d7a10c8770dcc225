extension StringProtocol {
  /// A decimal number; nil for `0x10`, `1,000` and words. `1e400` is infinite, and `NaN` is NaN.
  var decimal: Double? {
    if ["nan", "inf", "+inf", "-inf", "infinity", "-infinity"].contains(lowercased()) {
      return Double(self)
    }
    let isDecimal = utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
    return isDecimal ? Double(self) : nil
  }

  /// A number with or without commas between its thousands, such as `1,431,759.5`.
  var grouped: Double? {
    let whole = prefix { $0 != "." }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1 else { return decimal }
    let isGrouped =
      (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
    return isGrouped ? (groups.joined() + self[whole.endIndex...]).decimal : nil
  }

  /// A finite decimal number; nil for anything else.
  var finiteDecimal: Double? { decimal.flatMap { $0.isFinite ? $0 : nil } }
  var finiteGrouped: Double? { grouped.flatMap { $0.isFinite ? $0 : nil } }
}
