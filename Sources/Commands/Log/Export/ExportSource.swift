import CommandLine
import Git
import History
import Measurements
import Reports

/// Reads the numbers of an export, series by series.
struct ExportSource {
  /// The series, as places in the index, in alphabetical order.
  let series: [Int]
  private let index: HistoryIndex
  /// Each run as rows have it.
  private let runs: [ExportedRun]
  /// The number of the home of each run, in the order of the names of the homes.
  private let homes: [Int]
  /// True for the runs whose rows are written.
  private let isWanted: [Bool]
  /// True for these, and for those that may have taken the time of one.
  private let isRead: [Bool]
  private let conditions: [RowCondition]
  private let now: Int64

  /// The rows of a series that follow each other, in the order of the runs.
  struct Group {
    let values: RecordedSeries
    let rows: [Row]
  }

  struct Row {
    let entry: RecordedSeries.Entry
    /// The time in milliseconds since 1970; 0 in formats that need none.
    let time: Int64
    let figures: ExportedNumbers
  }

  /// - Parameters:
  ///   - branch: The name of the branch.
  ///   - wanted: The places of the runs whose rows are written.
  init(_ session: LogSession, branch: String, wanted: [Int]) throws {
    let scope = session.scope
    index = scope.index
    series = try StrandReader(scope, session.call, patterns: session.question.patterns).series
    runs = scope.index.runs.indices.map { place in
      let run = scope.index.runs[place]
      return ExportedRun(
        id: run.id.description, commit: session.commit(of: place)?.description, time: run.time,
        home: ExportedRun.Home(
          suite: run.suite, machine: run.environment?.key,
          branch: scope.places[place] == nil ? nil : branch))
    }
    let sorted = Set(runs.map(\.home)).sorted { a, b in
      (a.suite, a.machine ?? "", a.branch ?? "") < (b.suite, b.machine ?? "", b.branch ?? "")
    }
    let numbers = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
    homes = runs.map { numbers[$0.home] ?? 0 }
    var isWanted = [Bool](repeating: false, count: runs.count)
    for place in wanted { isWanted[place] = true }
    let times = Set(wanted.compactMap { scope.index.runs[$0].time })
    self.isWanted = isWanted
    isRead = scope.index.runs.indices.map { place in
      isWanted[place] || scope.index.runs[place].time.map(times.contains) ?? false
    }
    conditions = session.settings.conditions
    now = Timestamp.now.secondsSince1970
  }

  var runCount: Int { runs.count }

  func run(at place: Int) -> ExportedRun { runs[place] }

  /// The benchmark and the metric of a series.
  func description(of place: Int) -> (benchmark: Benchmark, metric: Metric) { index.series[place] }

  /// Reads the rows of a series.
  ///
  /// - Parameter isSent: Returns true for a run that a store has already. Its rows are left out,
  ///   unless the time of one may have changed.
  func groups(
    of place: Int, as kind: ExportFormat.Kind, isSent: ((Int) -> Bool)? = nil
  ) throws -> [Group] {
    let values = try index.values(of: place, where: { isRead[$0] })
    guard !values.entries.isEmpty else { return [] }
    guard case .points = kind else {
      return [Group(values: values, rows: try rows(values, values.entries, kind, isSent))]
    }
    let own = Set(values.entries.map { homes[$0.run] }).sorted()
    return try own.map { home in
      let entries =
        own.count == 1 ? values.entries : values.entries.filter { homes[$0.run] == home }
      return Group(values: values, rows: try rows(values, entries, kind, isSent))
    }
  }

  private func rows(
    _ values: RecordedSeries, _ entries: [RecordedSeries.Entry], _ kind: ExportFormat.Kind,
    _ isSent: ((Int) -> Bool)?
  ) throws -> [Row] {
    var times = RowTimes(homes: homes, runs: runs)
    let new = isSent.map { isSent in
      Set(entries.map(\.run).filter { !isSent($0) }.compactMap { times.second(of: $0) })
    }
    var rows: [Row] = []
    rows.reserveCapacity(entries.count)
    for entry in entries {
      var time: Int64 = 0
      if kind.needsTime {
        guard let seconds = runs[entry.run].time, isCarried(seconds, kind) else { continue }
        time = times.next(for: entry.run, at: seconds)
      }
      guard isWanted[entry.run] else { continue }
      // A new run may have moved the others of its second.
      if let new, let second = times.second(of: entry.run), !new.contains(second) { continue }
      let figures = self.figures(values, entry)
      guard fulfils(figures, values, entry) else { continue }
      rows.append(Row(entry: entry, time: time, figures: figures))
    }
    return rows
  }

  /// A point has a time from 1970 on that is not in the future.
  private func isCarried(_ seconds: Int64, _ kind: ExportFormat.Kind) -> Bool {
    guard (0...Self.latest).contains(seconds) else { return false }
    if case .points = kind { return seconds <= now + 86_400 }
    return true
  }

  /// The last second of the year 9999.
  private static let latest: Int64 = 253_402_300_799

  /// The wanted runs that a kind of format cannot have, without a time and of the future.
  func leftOut(by kind: ExportFormat.Kind) -> Int {
    if case .rows = kind { return 0 }
    return runs.indices.count { place in
      isWanted[place] && !(runs[place].time.map { isCarried($0, kind) } ?? false)
    }
  }

  private func figures(
    _ values: RecordedSeries, _ entry: RecordedSeries.Entry
  ) -> ExportedNumbers {
    let rounds = values.values(of: entry)
    guard rounds.count > 1 else {
      let value = rounds.first ?? 0
      return .figures(
        n: rounds.count, median: value,
        extent: entry.isSummary ? nil : .init(minimum: value, maximum: value))
    }
    let sorted = rounds.sorted()
    let upper = sorted[sorted.count / 2]
    let median =
      sorted.count.isMultiple(of: 2) ? sorted[sorted.count / 2 - 1] / 2 + upper / 2 : upper
    return .figures(
      n: sorted.count, median: median,
      extent: entry.isSummary
        ? nil : .init(minimum: sorted[0], maximum: sorted[sorted.count - 1]))
  }
}

extension ExportSource {
  private func fulfils(
    _ numbers: ExportedNumbers, _ values: RecordedSeries, _ entry: RecordedSeries.Entry
  ) -> Bool {
    guard !conditions.isEmpty, case .figures(let n, let median, let extent) = numbers else {
      return true
    }
    var figures = RowFigures()
    figures.unit = values.metric.unit
    figures.values = [.n: Double(n), .median: median]
    if let extent {
      figures.values[.min] = extent.minimum
      figures.values[.max] = extent.maximum
    }
    if values.metric.unit == .dollars { figures.values[.cost] = median }
    if let time = runs[entry.run].time { figures.values[.age] = Double(now - time) * 1e9 }
    return figures.fulfil(conditions)
  }
}

/// Gives the rows of one series their times.
private struct RowTimes {
  let homes: [Int]
  let runs: [ExportedRun]
  private var last: [Int: Int64] = [:]

  init(homes: [Int], runs: [ExportedRun]) {
    self.homes = homes
    self.runs = runs
  }

  struct Second: Hashable {
    let home: Int
    let time: Int64
  }

  func second(of run: Int) -> Second? {
    runs[run].time.map { Second(home: homes[run], time: $0) }
  }

  /// The millisecond of a row: that of the recording, or the next one that no earlier row of the same
  /// labels has.
  mutating func next(for run: Int, at seconds: Int64) -> Int64 {
    let time = max(seconds * 1000, last[homes[run]].map { $0 + 1 } ?? .min)
    last[homes[run]] = time
    return time
  }
}
