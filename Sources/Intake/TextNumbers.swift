extension StringProtocol {
  /// The number that a tool printed, `12`, `0.5` or `1e-3`; nil for `0x10`, `nan`, words and
  /// infinities, which `Double` would take.
  var decimal: Double? {
    guard utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }),
      let number = Double(self), number.isFinite
    else { return nil }
    return number
  }

  /// The same, with commas between thousands: `13,085.97`.
  var groupedDecimal: Double? {
    let whole = prefix { $0 != "." }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count == 1 || groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }) else {
      return nil
    }
    return (groups.joined() + dropFirst(whole.count)).decimal
  }
}
