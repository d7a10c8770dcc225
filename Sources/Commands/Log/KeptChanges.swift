import History
import Measurements
import Trends

/// The search for changes, whose result the index of the history keeps: it is the same until
/// something is recorded.
struct KeptChanges {
  private let scope: LogScope
  private let axis: LogAxis
  private let release: Int?
  private let question: String

  /// The result of a search.
  struct Found {
    var changes: [SeriesChange] = []
    var spans: [ChangeSearch.Span] = []
    /// The changes of series since the release.
    var sums: [SeriesChange] = []
  }

  /// - Parameters:
  ///   - release: The place of the newest release; nil if there is none.
  ///   - name: The name of the axis.
  init(_ scope: LogScope, _ axis: LogAxis, since release: Int?, named name: String) {
    self.scope = scope
    self.axis = axis
    self.release = release
    let machine =
      switch scope.machine {
      case .any: "any"
      case .only(let keys, _): keys.sorted().joined(separator: ",")
      }
    // The runs say which commits and times count.
    question = [
      "\(Self.version)", name, scope.branch.commits.first?.id.description ?? "", machine,
      "\(scope.runs.count)", "\(axis.withoutPlace)", "\(axis.places.count)",
      release.map { "\($0)" } ?? "",
    ].joined(separator: "\n")
  }

  private static let name = "changes"
  /// The version of the search, and of the form in which it is kept.
  private static let version = 2

  func found() throws -> Found {
    if let kept = scope.index.kept(Self.name, for: question), let found = try? read(kept) {
      return found
    }
    let found = try search()
    if let text = text(of: found) { scope.index.keep(text, as: Self.name, for: question) }
    return found
  }

  private func search() throws -> Found {
    var search = ChangeSearch(on: axis.axis, addsUp: axis.isOfTime)
    var creep = release.map { CreepSearch(since: $0, on: axis.axis, addsUp: axis.isOfTime) }
    let reader = StrandReader(scope, series: Array(scope.index.series.indices))
    for place in reader.series {
      for strand in try reader.strands(of: place) {
        search.add(strand)
        creep?.add(strand)
      }
    }
    return Found(changes: search.changes, spans: search.spans, sums: creep?.sums ?? [])
  }
}

/// The form in which changes are kept: numbers, of which the first two say which series it is.
extension KeptChanges {
  private func text(of found: Found) -> String? {
    let places = Dictionary(
      uniqueKeysWithValues: scope.index.series.enumerated().map { place, series in
        (Key(series.benchmark, series.metric), place)
      })
    let homes = Dictionary(
      uniqueKeysWithValues: scope.homeNames.enumerated().map { ($1, $0) })
    func name(_ series: SeriesChange.SeriesName) -> [Double]? {
      guard let place = places[Key(series.benchmark, series.metric)],
        let home = homes[LogScope.Home(suite: series.suite, machine: series.machine)]
      else { return nil }
      return [Double(place), Double(home)]
    }
    func row(_ change: SeriesChange) -> [Double?]? {
      guard let name = name(change.series) else { return nil }
      let size = change.size
      let numbers: [Double?] = [
        Double(change.last), Double(change.first), size.levels.old, size.levels.new, size.change,
        size.interval?.lowerBound, size.interval?.upperBound, size.p, Double(change.rounds.old),
        Double(change.rounds.new), change.returned.map(Double.init), size.isOfRates ? 1 : 0,
      ]
      return numbers.allSatisfy { $0?.isFinite ?? true } ? name + numbers : nil
    }
    let spans = found.spans.map { span -> [Double?]? in
      name(span.series).map {
        $0 + [Double(span.first), Double(span.last), span.isOfTime ? 1 : 0]
      }
    }
    let all = [found.changes.map(row), spans, found.sums.map(row)]
    guard all.allSatisfy({ !$0.contains { $0 == nil } }) else { return nil }
    return JSONValue.array(
      all.map { .array($0.map { .array(($0 ?? []).map(JSONValue.optional)) }) }
    ).text
  }

  private struct Key: Hashable {
    let benchmark: Benchmark
    let metric: Metric

    init(_ benchmark: Benchmark, _ metric: Metric) {
      self.benchmark = benchmark
      self.metric = metric
    }
  }

  /// The error for a text that is none of this form.
  private struct Unreadable: Error {}

  private func read(_ text: String) throws -> Found {
    var reader = JSONReader(Array(text.utf8))
    var all: [[[Double?]]] = []
    try reader.array { (reader) throws(JSONError) in
      all.append(
        try reader.list { (reader) throws(JSONError) in
          try reader.list { (reader) throws(JSONError) in
            reader.isNull() ? nil : try reader.number()
          }
        })
    }
    guard all.count == 3 else { throw Unreadable() }
    return Found(
      changes: try all[0].map(change), spans: try all[1].map(span), sums: try all[2].map(change))
  }

  private func name(_ row: [Double?]) throws -> SeriesChange.SeriesName {
    guard row.count > 2, let place = row[0].flatMap({ Int(exactly: $0) }),
      let home = row[1].flatMap({ Int(exactly: $0) }),
      scope.index.series.indices.contains(place), scope.homeNames.indices.contains(home)
    else { throw Unreadable() }
    let series = scope.index.series[place]
    return SeriesChange.SeriesName(
      benchmark: series.benchmark, metric: series.metric, suite: scope.homeNames[home].suite,
      machine: scope.homeNames[home].machine)
  }

  /// A place on the axis.
  private func place(_ number: Double?) throws -> Int {
    guard let place = number.flatMap({ Int(exactly: $0) }), axis.places.indices.contains(place)
    else { throw Unreadable() }
    return place
  }

  private func span(_ row: [Double?]) throws -> ChangeSearch.Span {
    guard row.count == 5 else { throw Unreadable() }
    return ChangeSearch.Span(
      series: try name(row), first: try place(row[2]), last: try place(row[3]),
      isOfTime: row[4] == 1)
  }

  private func change(_ row: [Double?]) throws -> SeriesChange {
    guard row.count == 14, let old = row[4], let new = row[5], let before = row[10],
      let after = row[11]
    else { throw Unreadable() }
    let interval = row[7].flatMap { low in row[8].map { low...max(low, $0) } }
    return SeriesChange(
      series: try name(row), last: try place(row[2]), first: try place(row[3]),
      size: SeriesChange.Size(
        levels: Sides(old: old, new: new), change: row[6], interval: interval, p: row[9],
        isOfRates: row[13] == 1),
      rounds: Sides(old: Int(before), new: Int(after)),
      returned: try row[12].map { try place($0) })
  }
}
