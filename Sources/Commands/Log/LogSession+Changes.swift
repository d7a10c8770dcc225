import CommandLine
import History
import Measurements
import Reports
import Statistics
import Trends

extension LogSession {
  /// `perf-log changes`: when the level of which series changed, and what became of it.
  ///
  /// - Parameter isConcern: Returns true for an event that somebody has to answer for.
  func changesAnswer(
    isConcern: (ChangeEvent) throws -> Bool = \.isOpen
  ) throws -> Answer {
    try checkRuns()
    let history = try changeHistory(axisGrouping())
    let shown = try shownEvents(history)
    let rows = shown.events.map { EventRow($0, history, self) }
    let table = AnswerTable(
      columns: [
        .init("id"), .init("when"), .init(history.axis.isOfTime ? "period" : "commit"),
        .init("change", right: true), .init("95 % interval", optional: true),
        .init("p", right: true, optional: true), .init("series", flexible: true), .init("state"),
        .init("subject", flexible: true),
      ], rows: rows.map(\.cells), emptiness: "no change of level")
    let details = rows.count == 1 ? [rows[0].table] : []
    let open = try shown.events.count { try isConcern($0) }
    let young =
      history.isSearchable
      ? [] : ["no change can be seen yet: no series has numbers of six commits"]
    return try answer(
      tables: [table] + details, rows: [], others: ["events": .array(rows.map(\.json))],
      notices: young + shown.notices + history.notices, concerns: open)
  }

  /// The search of this question's branch and machine.
  func changeHistory(_ grouping: Grouping) throws -> ChangeHistory {
    try ChangeHistory(grouping, range, scope.index, call, workspace)
  }

  /// `commit`, unless `--by` names a period.
  ///
  /// - Throws: ``UsageError`` for another grouping, and for two axes.
  func axisGrouping() throws(UsageError) -> Grouping {
    let groupings = settings.groupings
    if let other = groupings.first(where: { !$0.isAxis }) {
      throw UsageError(
        "changes are not grouped by \(other)", hint: "--by takes commit, hour, day, week or month")
    }
    guard groupings.count < 2 else {
      throw UsageError(
        "--by \(groupings[0]) and --by \(groupings[1]) exclude each other", hint: "name one of them"
      )
    }
    return groupings.first ?? .commit
  }

  /// The events that filters leave, the newest first, each with the changes that they leave.
  private func shownEvents(
    _ history: ChangeHistory
  ) throws -> (events: [ChangeEvent], notices: [String]) {
    let reader = try StrandReader(scope, call, patterns: question.patterns)
    let series = Set(
      reader.series.map { scope.index.series[$0] }.map {
        Series.ID(benchmark: $0.benchmark, metric: $0.metric.name)
      })
    let suites = Set(settings.suites)
    let fitting = history.events.all.compactMap { event in
      event.keeping { change in
        series.contains(change.series.id)
          && (suites.isEmpty || suites.contains(change.series.suite))
      }
    }
    let now = Timestamp.now.secondsSince1970
    let since = sinceOfChanges
    let usual = since != nil && settings.since == nil
    let inRange = fitting.filter { isInRange($0, history) }
    let timed = inRange.filter { event in
      let time = history.axis.places[event.first].firstTime
      return (since.map { (time ?? .max) >= $0 } ?? true)
        && (scope.until.map { (time ?? .min) < $0 } ?? true)
    }
    var kept: [ChangeEvent] = []
    for event in timed where figures(event, history, now).fulfil(settings.conditions) {
      kept.append(event)
    }
    let sized = kept.sorted { $0.lead.magnitude > $1.lead.magnitude }
    let isRanked = settings.top != nil || settings.bottom != nil
    let newest = isRanked ? sized.firstAndLast(settings.top, settings.bottom) : kept.reversed()
    let cut = Array(newest.dropFirst(settings.skip).prefix(settings.last ?? .max))
    let older = usual ? inRange.count - timed.count : 0
    return (
      cut,
      older == 0
        ? []
        : [
          "\(older == 1 ? "1 change" : "\(older) changes") before the last \(Self.days) days "
            + "\(older == 1 ? "is" : "are") left out: `--since <time>` shows them"
        ]
    )
  }

  /// The first second of the changes that are shown: what was typed, else 90 days ago.
  var sinceOfChanges: Int64? {
    guard settings.since == nil, settings.last == nil, settings.until == nil else {
      return scope.since
    }
    return Timestamp.now.secondsSince1970 - Int64(Self.days) * 86_400
  }

  /// The number of days of which changes are shown unless something else is typed.
  private static let days = 90

  private func isInRange(_ event: ChangeEvent, _ history: ChangeHistory) -> Bool {
    guard let position = history.axis.places[event.first].position else { return true }
    return position < scope.branch.commits.count
  }

  private func figures(_ event: ChangeEvent, _ history: ChangeHistory, _ now: Int64) -> RowFigures {
    var figures = RowFigures()
    figures.values[.change] = event.lead.size.change
    figures.values[.n] = Double(event.changes.count)
    figures.values[.age] = history.axis.places[event.first].firstTime.map { Double(now - $0) * 1e9 }
    return figures
  }
}

/// An event in an answer.
private struct EventRow {
  private let event: ChangeEvent
  private let history: ChangeHistory
  private let session: LogSession

  init(_ event: ChangeEvent, _ history: ChangeHistory, _ session: LogSession) {
    self.event = event
    self.history = history
    self.session = session
  }

  var cells: [AnswerTable.Cell] {
    let (lead, place) = (event.lead, history.axis.places[event.first])
    return [
      .words(event.id), .words(LogAxis.day(place.firstTime)), .words(history.words(event)),
      lead.words, lead.size.interval.map { .words(lead.percentages($0)) } ?? .empty,
      lead.size.p.map { .number(probability($0), $0) } ?? .empty, .name(series),
      .words(state), .name(history.commit(of: event).flatMap(session.subject) ?? ""),
    ]
  }

  /// The series that changed most, and the number of others.
  private var series: String {
    let name = "\(event.lead.series.benchmark) \(event.lead.series.metric.name)"
    return event.changes.count == 1 ? name : "\(name) and \(event.changes.count - 1) more"
  }

  /// The direction, state and kind in words.
  private var state: String {
    let direction = event.isWorse ? "worse" : "better"
    let back = event.returned.map { " at \(history.short($0))" } ?? ""
    let state =
      switch event.state {
      case .new: direction
      case .accepted: "\(direction), accepted: \(event.statement?.reason.visible(limit: 60) ?? "")"
      case .invalid: "invalid: \(event.statement?.reason.visible(limit: 60) ?? "")"
      case .fixed: "worse, fixed\(back)"
      case .wentAway: "\(direction), went away\(back)"
      }
    return switch event.kind {
    case .code: state
    case .environment: "\(state) (the machine)"
    case .creep: "\(state) (creep since \(history.release?.name.visible() ?? "the release"))"
    case .absorbed: "\(state) (became the baseline at \(history.short(event.first)))"
    }
  }

  /// A line for each series of the event.
  var table: AnswerTable {
    let rows = event.changes.map { change -> [AnswerTable.Cell] in
      let scale = Scale(
        change.series.metric.unit, for: [change.size.levels.old, change.size.levels.new])
      return [
        .name(change.series.benchmark.description), .name(change.series.metric.name),
        .name(change.series.suite), .value(change.size.levels.old, scale),
        .value(change.size.levels.new, scale), change.words,
        change.size.interval.map { .words(change.percentages($0)) } ?? .empty,
        change.size.p.map { .number(probability($0), $0) } ?? .empty,
        .words("\(change.rounds.old), \(change.rounds.new)"),
      ]
    }
    return AnswerTable(
      columns: [
        .init("benchmark", flexible: true), .init("metric"), .init("suite", optional: true),
        .init("before", right: true), .init("after", right: true), .init("change", right: true),
        .init("95 % interval"), .init("p", right: true),
        .init("rounds", right: true, optional: true),
      ], rows: rows)
  }

  var json: JSONValue {
    let range = history.range(event.last, event.first)
    return .object([
      "id": .string(event.id), "state": .string(event.state.rawValue),
      "kind": .string(event.kind.rawValue), "machine": .text(event.machine),
      "commit": .text(history.commit(of: event)?.description),
      "period": history.axis.isOfTime ? .string(history.axis.places[event.first].name) : .null,
      "range": history.commit(of: event) == nil ? range : .null,
      "time": .time(history.axis.places[event.first].firstTime),
      "direction": .string(event.isWorse ? "worse" : "better"),
      "size": .optional(event.lead.size.change), "interval": .interval(event.lead.size.interval),
      "p": .optional(event.lead.size.p),
      "returned": event.returned.map { .string(history.axis.places[$0].name) } ?? .null,
      "accepted": event.statement.map { .string($0.reason) } ?? .null,
      "points": .array(event.changes.map(point)),
    ])
  }

  private func point(_ change: SeriesChange) -> JSONValue {
    let commit = history.commit(change.last, change.first)
    return .object([
      "benchmark": .string(change.series.benchmark.name),
      "labels": .strings(change.series.benchmark.labels),
      "metric": .string(change.series.metric.name),
      "unit": .string(change.series.metric.unit.symbol),
      "better": .string(change.series.metric.better.rawValue),
      "suite": .string(change.series.suite),
      "commit": .text(commit?.description),
      "range": commit == nil ? history.range(change.last, change.first) : .null,
      "before": .number(change.size.levels.old), "after": .number(change.size.levels.new),
      "change": .optional(change.size.change), "interval": .interval(change.size.interval),
      "p": .optional(change.size.p),
      "rounds": .array([
        .integer(Int64(change.rounds.old)), .integer(Int64(change.rounds.new)),
      ]),
    ])
  }
}

extension ChangeHistory {
  /// The commit of an event; nil where it lies in a gap, or the axis is of periods.
  func commit(of event: ChangeEvent) -> CompactID? {
    event.kind == .creep ? nil : commit(event.last, event.first)
  }

  /// The commit at which a change happened, if the one before it was measured as well.
  func commit(_ last: Int, _ first: Int) -> CompactID? {
    let (old, new) = (axis.places[last], axis.places[first])
    guard let before = old.position, let after = new.position, before - after == 1 else {
      return nil
    }
    return new.commit
  }

  func range(_ last: Int, _ first: Int) -> JSONValue {
    .array([.string(axis.places[last].name), .string(axis.places[first].name)])
  }

  func short(_ place: Int) -> String {
    axis.places[place].commit?.short ?? axis.places[place].name
  }

  /// The commit of an event, or the range that it lies in.
  func words(_ event: ChangeEvent) -> String {
    if let commit = commit(of: event) { return commit.short }
    if axis.isOfTime, event.first - event.last == 1 { return short(event.first) }
    return "\(short(event.last))..\(short(event.first))"
  }

  /// True if a statement would be about what was searched.
  private func isOfScope(_ statement: ChangeStatement) -> Bool {
    !axis.isOfTime && statement.machine.map { scope.machine.includes($0) } ?? true
  }

  /// Sentences about statements that fit no event.
  var notices: [String] {
    axis.notices
      + events.unused.filter(isOfScope).map {
        "\($0.place): no change is at \($0.commit.visible(limit: 60)) any more: take it out"
      }
  }
}

extension SeriesChange {
  /// The change in per cent; of outcomes in points, and of a change from zero the new value.
  fileprivate var words: AnswerTable.Cell {
    guard let change = size.change else {
      let scale = Scale(series.metric.unit, for: [size.levels.new])
      return .words("from 0 to \(scale.text(size.levels.new))")
    }
    return .number(text(of: change), change)
  }

  fileprivate func percentages(_ interval: ClosedRange<Double>) -> String {
    "\(text(of: interval.lowerBound)) to \(text(of: interval.upperBound))"
  }

  /// A change in per cent, of rates in points.
  private func text(of change: Double) -> String {
    guard size.isOfRates else { return signedPercentage(change) }
    return points(change)
  }
}
