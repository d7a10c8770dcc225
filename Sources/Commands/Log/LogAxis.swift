import CommandLine
import Git
import History
import Measurements
import Trends

/// The axis of an answer, with the names of its places.
struct LogAxis {
  let axis: Axis
  let places: [Place]
  /// `commit`, or a period.
  let grouping: Grouping
  /// The number of runs that are no point because their time is in the future or missing.
  let withoutPlace: Int

  /// A commit or a period.
  struct Place {
    /// The commit's id, or the name of the period.
    let name: String
    /// The seconds since 1970 of the last recording at the commit, or of the period's beginning.
    let time: Int64?
    /// The seconds since 1970 of the first recording; of a period its beginning.
    let firstTime: Int64?
    let commit: CompactID?
    /// The place of the commit on the branch, from the newest; nil for others and for periods.
    let position: Int?
  }

  /// The day of a time in seconds since 1970, in UTC; empty for none.
  static func day(_ seconds: Int64?) -> String {
    String(
      seconds.flatMap { Timestamp(secondsSince1970: $0) }?.description.prefix(10) ?? "")
  }

  /// - Parameters:
  ///   - grouping: `commit` or a period.
  ///   - last: The most places, counted from the newest; nil for all.
  init(_ grouping: Grouping, _ scope: LogScope, last: Int?, skip: Int) throws {
    let now = Timestamp.now.secondsSince1970
    let runs = scope.runs.filter { (scope.index.runs[$0].time ?? 0) <= now + 86_400 }
    if case .period(let period) = grouping {
      self = try Self(period, runs, scope, last, skip)
    } else {
      self = Self(commits: runs, scope, last, skip)
    }
  }

  /// True if the places are periods.
  var isOfTime: Bool { grouping != .commit }

  private init(
    _ axis: Axis, _ places: [Place], _ grouping: Grouping, withoutPlace: Int
  ) {
    self.axis = axis
    self.places = places
    self.grouping = grouping
    self.withoutPlace = withoutPlace
  }

  /// The commits of the branch that have runs, the oldest first. Commits off the branch stand where
  /// they were recorded first.
  private init(commits runs: [Int], _ scope: LogScope, _ last: Int?, _ skip: Int) {
    struct Key: Hashable {
      let place: Int?
      let commit: CompactID?
    }
    var found: [Key: (first: Int, runs: [Int])] = [:]
    for run in runs {
      let place = scope.places[run]
      let key = Key(place: place, commit: place == nil ? scope.index.runs[run].commit : nil)
      found[key, default: (run, [])].runs.append(run)
    }
    let isMixed = found.keys.contains { $0.place == nil }
    let sorted = found.sorted { a, b in
      if !isMixed, let one = a.key.place, let two = b.key.place { return one > two }
      return a.value.first < b.value.first
    }
    let kept = Array(sorted.dropLast(skip).suffix(last ?? .max))
    var places = [Int?](repeating: nil, count: scope.index.runs.count)
    var named: [Place] = []
    for (place, one) in kept.enumerated() {
      for run in one.value.runs { places[run] = place }
      let commit =
        one.key.place.map { scope.branch.commits[$0].id }
        ?? one.key.commit
      named.append(
        Place(
          name: commit?.description ?? "no commit",
          time: one.value.runs.last.flatMap { scope.index.runs[$0].time },
          firstTime: one.value.runs.lazy.compactMap { scope.index.runs[$0].time }.min(),
          commit: commit,
          position: one.key.place))
    }
    self.init(
      Axis(count: kept.count, places: places), named, .commit,
      withoutPlace: scope.runs.count - runs.count)
  }

  /// All periods from the first with a run to the last.
  private init(
    _ period: Period, _ runs: [Int], _ scope: LogScope, _ last: Int?, _ skip: Int
  ) throws {
    let timed = runs.compactMap { run in
      scope.index.runs[run].time.map { (run: run, index: period.index(of: $0)) }
    }
    guard let first = timed.map(\.index).min(), let end = timed.map(\.index).max() else {
      let nowhere = [Int?](repeating: nil, count: scope.index.runs.count)
      self.init(
        Axis(count: 0, places: nowhere), [], .period(period), withoutPlace: scope.runs.count)
      return
    }
    let newest = end - skip
    let oldest = max(first, last.map { newest - $0 + 1 } ?? first)
    guard newest - oldest < 1_000_000 else {
      throw UsageError(
        "from the first run to the last there are \(newest - oldest) of these periods",
        hint: "narrow with `--since`, or take a longer period")
    }
    var places = [Int?](repeating: nil, count: scope.index.runs.count)
    for one in timed where one.index >= oldest && one.index <= newest {
      places[one.run] = one.index - oldest
    }
    let named =
      oldest > newest
      ? []
      : (oldest...newest).map {
        Place(
          name: period.name(of: $0), time: period.start(of: $0), firstTime: period.start(of: $0),
          commit: nil, position: nil)
      }
    self.init(
      Axis(count: named.count, places: places), named, .period(period),
      withoutPlace: scope.runs.count - timed.count)
  }
}
