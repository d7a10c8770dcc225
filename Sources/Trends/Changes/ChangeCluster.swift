import Measurements

/// Changes of one machine in one direction, within one measured commit of each other.
struct ChangeCluster {
  /// The largest first; of equal ones that with the smaller p.
  let changes: [SeriesChange]
  let isWorse: Bool
  let last: Int
  let first: Int

  /// Puts changes together, the places that most of them share first.
  ///
  /// - Parameter changes: Those of one machine and direction.
  static func all(_ changes: [SeriesChange]) -> [ChangeCluster] {
    var rest = Dictionary(grouping: changes, by: \.first)
    // Where commits were not measured, a change may lie at any place of a gap.
    let wide = changes.filter { $0.first - $0.last > 1 }
    let counts = rest.map { place, own in
      (place: place, count: own.count + wide.count { $0.last < place && place < $0.first })
    }
    var clusters: [ChangeCluster] = []
    for peak in counts.sorted(by: { ($1.count, $0.place) < ($0.count, $1.place) }).map(\.place) {
      // Changes at this place may have gone to the place beside it.
      while rest[peak]?.isEmpty == false {
        clusters.append(cluster(around: peak, taking: &rest, wide))
      }
    }
    return clusters
  }

  /// Takes the changes within one place of a peak, of each series the nearest: one that changed twice
  /// in a row has two events.
  private static func cluster(
    around peak: Int, taking rest: inout [Int: [SeriesChange]], _ wide: [SeriesChange]
  ) -> ChangeCluster {
    var members: [SeriesChange.SeriesName: SeriesChange] = [:]
    let places = Set(
      [peak - 1, peak, peak + 1]
        + wide.lazy.filter { $0.last <= peak && peak <= $0.first + 1 }.map(\.first))
    for place in places.sorted(by: { (abs($0 - peak), $0) < (abs($1 - peak), $1) }) {
      rest[place] = rest[place]?.filter { change in
        guard change.last <= peak, members[change.series] == nil else { return true }
        members[change.series] = change
        return false
      }
    }
    return ChangeCluster(Array(members.values), around: peak)
  }

  private init(_ members: [SeriesChange], around peak: Int) {
    changes = members.sorted(by: Self.isLarger)
    isWorse = members[0].isWorse
    // Where all can be at one commit, the event is there.
    let exact = members.filter { $0.last < peak && peak <= $0.first }
    last = exact.map(\.last).max() ?? peak - 1
    first = exact.map(\.first).min() ?? peak
  }

  init(creeps: [SeriesChange]) {
    changes = creeps.sorted(by: Self.isLarger)
    isWorse = creeps[0].isWorse
    last = creeps.map(\.last).min() ?? 0
    first = creeps.map(\.first).max() ?? 0
  }

  private static func isLarger(_ a: SeriesChange, _ b: SeriesChange) -> Bool {
    let (one, two) = (a.magnitude, b.magnitude)
    if one != two { return one > two }
    let (p, q) = (a.size.p ?? 0, b.size.p ?? 0)
    if p != q { return p < q }
    return (a.series.id, a.series.suite) < (b.series.id, b.series.suite)
  }

  /// The place at which the old levels were back: that of the last to return; nil if at least half of
  /// the series have not.
  var returned: Int? {
    let back = changes.compactMap(\.returned)
    return 2 * back.count > changes.count ? back.max() : nil
  }

  /// The changes of times that the machine brought, and the others, of the code.
  ///
  /// The machine changed where the times of at least nine tenths of its benchmarks, four or more,
  /// changed at once by about the same ratio: code does not slow everything down alike. Where its
  /// description changed as well (its kernel, its memory), and stays, half of the benchmarks are
  /// enough. Money, tokens, outcomes and counts are never the machine's, and neither is a time that
  /// changed by far more or less than the others.
  func split(
    _ spans: [ChangeSearch.Span], _ environments: [Int?]
  ) -> (machine: ChangeCluster?, code: ChangeCluster?) {
    let machine = changes[0].series.machine
    let times = spans.filter {
      $0.isOfTime && $0.series.machine == machine && $0.first < first && first <= $0.last
    }
    let names = Set(times.map(\.series))
    let timed = changes.filter { names.contains($0.series) }
    guard !timed.isEmpty else { return (nil, self) }
    let middle = timed.map(\.magnitude).sorted()[timed.count / 2]
    let alike = timed.filter { (middle / 1.5...middle * 1.5).contains($0.magnitude) }
    let measured = Set(times.map { Home($0.series) }).count
    let changed = Set(alike.map { Home($0.series) }).count
    let isOfMachine =
      hasOtherDescription(environments)
      ? 2 * changed >= measured : changed >= 4 && 10 * changed >= 9 * measured
    guard isOfMachine else { return (nil, self) }
    let moved = Set(alike.map(\.series))
    let rest = changes.filter { !moved.contains($0.series) }
    return (
      ChangeCluster(alike, last: last, first: first),
      rest.isEmpty ? nil : ChangeCluster(rest, last: last, first: first)
    )
  }

  /// True if the machine had one description before, and another one since: on the last three places
  /// that it measured on either side.
  private func hasOtherDescription(_ environments: [Int?]) -> Bool {
    guard first < environments.count else { return false }
    let before = Set(environments[...last].compactMap(\.self).suffix(3))
    let after = Set(environments[first...].compactMap(\.self).prefix(3))
    return before.count == 1 && after.count == 1 && before != after
  }

  private init(_ members: [SeriesChange], last: Int, first: Int) {
    changes = members
    isWorse = members[0].isWorse
    self.last = last
    self.first = first
  }

  private struct Home: Hashable {
    let suite: String
    let benchmark: Benchmark

    init(_ series: SeriesChange.SeriesName) {
      suite = series.suite
      benchmark = series.benchmark
    }
  }
}
