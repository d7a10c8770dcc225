/// The definition itself: U over all ways to choose which of the pooled values are the new ones.
struct BruteForce {
  let u: Double
  let less: Double
  let greater: Double

  /// At most 12 values in all, so that there are at most 4096 choices to look at.
  init(_ old: [Double], _ new: [Double]) {
    let pooled = old + new
    let observed = Self.u(old, new)
    let all = (0..<(1 << pooled.count)).filter { $0.nonzeroBitCount == new.count }.map { choice in
      Self.u(
        pooled.indices.filter { choice >> $0 & 1 == 0 }.map { pooled[$0] },
        pooled.indices.filter { choice >> $0 & 1 == 1 }.map { pooled[$0] })
    }
    u = observed
    less = Double(all.count { $0 <= observed }) / Double(all.count)
    greater = Double(all.count { $0 >= observed }) / Double(all.count)
  }

  private static func u(_ old: [Double], _ new: [Double]) -> Double {
    var u = 0.0
    for x in old {
      for y in new { u += y > x ? 1 : y == x ? 0.5 : 0 }
    }
    return u
  }
}
