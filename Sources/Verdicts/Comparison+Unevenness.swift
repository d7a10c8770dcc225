import Statistics

extension Comparison {
  /// A pattern in the rounds of a side that shows that they were not even.
  package enum Unevenness: Hashable, Sendable {
    /// Two groups of rounds: `high` of them are in a group that is larger than the others by this
    /// ratio.
    case twoGroups(high: Int, of: Int, ratio: Double)
    /// A rise or fall of the rounds: from the first third to the last by this part.
    case drift(Double)
  }

  package var unevenness: (old: Unevenness?, new: Unevenness?) {
    guard evidence == .rounds else { return (nil, nil) }
    return (samples.old.unevenness, samples.new.unevenness)
  }
}

extension Sample {
  /// True if the first and the last values are so far apart that a test is worth its time. In most
  /// series they are not.
  private func mayDrift(by third: Int) -> Bool {
    var (first, last) = (0.0, 0.0)
    for place in 0..<third {
      first += values[place]
      last += values[count - 1 - place]
    }
    return first > 0 && (last / first - 1).magnitude >= 0.02
  }

  fileprivate var unevenness: Comparison.Unevenness? {
    if let groups = TwoGroups(self) {
      return .twoGroups(high: groups.high.count, of: count, ratio: groups.ratio)
    }
    let third = count / 3
    guard count >= 8, mayDrift(by: third), MannKendall(self).twoSided <= 0.01,
      let first = Array(values.prefix(third)).median, first > 0,
      let last = Array(values.suffix(third)).median, (last / first - 1).magnitude >= 0.05
    else { return nil }
    return .drift(last / first - 1)
  }
}
