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
      // What was there may belong to the place beside it by now.
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

  /// True if the machine changed, not the code.
  ///
  /// That is so where the times of at least nine tenths of its benchmarks, four or more, changed at
  /// once by about the same ratio: code does not slow everything down alike. Where the machine's
  /// description changed as well (its kernel, its memory), half of the benchmarks are enough.
  func isOfEnvironment(_ spans: [ChangeSearch.Span], _ environments: [Int?]) -> Bool {
    let machine = changes[0].series.machine
    let times = spans.filter {
      $0.isOfTime && $0.series.machine == machine && $0.first < first && first <= $0.last
    }
    let measured = Set(times.map { Home($0.series) })
    let names = Set(times.map(\.series))
    let moved = changes.filter { names.contains($0.series) }
    let changed = Set(moved.map { Home($0.series) })
    guard !changed.isEmpty else { return false }
    let (old, new) = (environments[last], environments[first])
    if old != nil, new != nil, old != new { return 2 * changed.count >= measured.count }
    let sizes = moved.map(\.magnitude)
    let isAlike = (sizes.max() ?? 0) <= 2 * (sizes.min() ?? 0)
    return changed.count >= 4 && 10 * changed.count >= 9 * measured.count && isAlike
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
