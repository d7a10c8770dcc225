import Git
import History
import History
import Measurements
import Reports
import Trends

extension LogSession {
  /// `perf-log runs`: a line for each run, the newest first.
  func runsAnswer() throws -> Answer {
    try checkRuns()
    var coverage = CoverageReader(scope)
    let now = Timestamp.now.secondsSince1970
    var rows: [RunRow] = []
    let wanted = try runsOfPatterns()
    let last = settings.last ?? question.verb.last ?? .max
    for place in scope.runs.reversed().dropFirst(settings.skip)
    where wanted?.contains(place) ?? true {
      let row = try RunRow(place, in: self, coverage: coverage.coverage(of: place), now: now)
      guard row.figures(now).fulfil(settings.conditions) else { continue }
      rows.append(row)
      if rows.count == last { break }
    }
    let hasSuites = Set(rows.map(\.run.suite)).count > 1
    let hasMachines = Set(rows.map { $0.run.environment?.key }).count > 1
    let hasSessions = Set(rows.map(\.run.session)).count < rows.count
    let columns: [AnswerTable.Column] =
      [.init("run"), .init("commit"), .init("recorded")]
      + (hasSuites ? [.init("suite")] : []) + (hasMachines ? [.init("machine")] : [])
      + (hasSessions ? [.init("session", optional: true)] : [])
      + [
        .init("benchmarks", right: true), .init("rounds", right: true),
        .init("load", right: true, optional: true),
        .init("remarks", flexible: true), .init("subject", flexible: true),
      ]
    let cells = rows.map { row -> [AnswerTable.Cell] in
      [
        .words(String(row.run.id.short.prefix(8))), .words(row.commit?.short ?? "none"),
        .words(row.when),
      ]
        + (hasSuites ? [.name(row.run.suite)] : [])
        + (hasMachines ? [.name(row.run.environment?.key ?? "")] : [])
        + (hasSessions ? [.name(row.run.session ?? "")] : [])
        + [
          .count(row.run.benchmarks), .count(row.run.rounds),
          row.run.load.map { .number(Self.short($0), $0) } ?? .empty,
          .words(row.remarks.joined(separator: "; ")), .name(row.subject ?? ""),
        ]
    }
    return try answer(
      tables: [AnswerTable(columns: columns, rows: cells, emptiness: "no run")],
      rows: rows.map(\.json))
  }

  /// The runs that have a series of the typed benchmarks, metrics or labels; nil where none is typed.
  private func runsOfPatterns() throws -> Set<Int>? {
    let isTyped =
      !settings.benchmarks.isEmpty || !question.patterns.isEmpty || !settings.metrics.isEmpty
      || !settings.labels.isEmpty
    guard isTyped else { return nil }
    let reader = try StrandReader(scope, call, patterns: question.patterns)
    var runs: Set<Int> = []
    for series in reader.series {
      for strand in try reader.strands(of: series) {
        runs.formUnion(strand.values.entries.map(\.run))
      }
    }
    return runs
  }

  static func short(_ load: Double) -> String {
    let tenths = Int((min(load, 1e6) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// The commit at which a run stands: of the branch if one has its content, else the measured one.
  func commit(of place: Int) -> CompactID? {
    scope.places[place].map { scope.branch.commits[$0].id }
      ?? runs[place].commit
  }

  /// The first line of a commit's message; nil for a commit that is not here.
  func subject(of commit: CompactID?) -> String? {
    commit.flatMap { ObjectID($0.description) }.flatMap {
      try? workspace.repository.subject(of: $0)
    }
  }
}

/// A line of `perf-log runs`.
private struct RunRow {
  let run: RecordedRun
  let commit: CompactID?
  let subject: String?
  let marks: Int
  let coverage: Coverage?
  let isOffBranch: Bool
  let isInFuture: Bool
  let notes: [RunRemark]

  init(_ place: Int, in session: LogSession, coverage: Coverage?, now: Int64) throws {
    run = session.runs[place]
    commit = session.commit(of: place)
    subject = session.subject(of: commit)
    marks = session.scope.index.marks(of: run)
    self.coverage = coverage
    isOffBranch = session.scope.places[place] == nil
    isInFuture = (run.time ?? 0) > now + 86_400
    notes = session.notes(of: run)
  }

  /// The time of the recording to the minute.
  var when: String {
    let text = run.time.flatMap { Timestamp(secondsSince1970: $0) }?.description
    return text.map { "\($0.prefix(10)) \($0.dropFirst(11).prefix(5))" } ?? "no time"
  }

  var remarks: [String] {
    var remarks: [String] = []
    if isInFuture { remarks.append("of the future, no point") }
    if run.failures > 0 { remarks.append("\(run.failures) failed") }
    if marks > 0 { remarks.append("\(marks) marked by the gate") }
    if run.isSummary { remarks.append("summarized") }
    if let coverage, !coverage.missing.isEmpty { remarks.append(coverage.words) }
    if let part = run.part { remarks.append("part: \(part.visible(limit: 60))") }
    if let shard = run.shard { remarks.append("shard \(shard)") }
    if isOffBranch { remarks.append("off the branch") }
    return remarks + notes.map { "note: \($0.text.visible(limit: 100))" }
  }

  func figures(_ now: Int64) -> RowFigures {
    var figures = RowFigures()
    figures.values[.n] = Double(run.rounds)
    figures.values[.age] = run.time.map { Double(now - $0) * 1e9 }
    return figures
  }

  var json: JSONValue {
    .object([
      "run": .string(run.id.description), "commit": .text(commit?.description),
      "subject": .text(subject), "recordedAt": .time(run.time), "suite": .string(run.suite),
      "session": .text(run.session), "machine": .text(run.environment?.key),
      "benchmarks": .integer(Int64(run.benchmarks)), "series": .integer(Int64(run.series)),
      "rounds": .integer(Int64(run.rounds)), "failures": .integer(Int64(run.failures)),
      "load": .optional(run.load), "marks": .integer(Int64(marks)),
      "summarized": .bool(run.isSummary), "part": .text(run.part),
      "coverage": coverage?.json ?? .null, "notes": .array(notes.map(\.json)),
    ])
  }
}

extension RunRemark {
  /// The note in the JSON of an answer.
  var json: JSONValue {
    .object([
      "author": .string(author), "time": .string(time.description), "text": .string(text),
    ])
  }
}
