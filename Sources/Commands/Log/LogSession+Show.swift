import CommandLine
import Configuration
import Git
import History
import Measurements
import Reports
import Statistics
import Verdicts

extension LogSession {
  /// `perf-log show`: the runs of a commit, or one run, with their numbers.
  func showAnswer() throws -> Answer {
    let subject = question.subject ?? "HEAD"
    let (places, unread) = try runs(named: subject)
    var tables: [AnswerTable] = []
    var rows: [JSONValue] = []
    for place in places.reversed() {
      let shown = try ShownRun(place, in: self)
      tables += shown.tables
      rows.append(shown.json)
    }
    return try answer(tables: tables, rows: rows, skipping: unread)
  }

  /// The places of the runs that a text names: the beginning of a run's id, or a commit.
  ///
  /// - Returns: The runs, and the lines of the commit that cannot be read.
  private func runs(named text: String) throws -> ([Int], [SkippedLine]) {
    let isID = text.count >= 4 && text.allSatisfy { $0.isHexDigit && $0.isASCII }
    let byID =
      isID ? runs.indices.filter { runs[$0].id.description.hasPrefix(text.lowercased()) } : []
    if byID.count == 1 { return (byID, []) }
    if byID.count > 1 {
      throw Diagnostic(
        .usage, "\(byID.count) runs begin with '\(text)'", hint: "write more of the id")
    }
    if isID,
      let gone = try store.removals().runs.last(where: {
        $0.id.description.hasPrefix(text.lowercased())
      })
    {
      throw Diagnostic(
        .nothingToCompare,
        "run \(gone.id.short) was removed on \(gone.day): \(gone.reason.visible(limit: 200))",
        hint: "`perf-sync remove --undo \(gone.id.short)` puts it back")
    }
    let commit = try workspace.commit(text)
    let (id, tree) = (CompactID(commit.id.description), CompactID(commit.tree.description))
    let found = runs.indices.filter { place in
      let run = runs[place]
      let isOfCommit = run.commit == id || run.tree == tree
      return isOfCommit && scope.isWanted(place)
    }
    let unread = scope.index.skipped.filter { line in
      line.commit == id || line.tree == tree || line.commit == nil && line.tree == nil
    }
    guard !found.isEmpty || !unread.isEmpty else {
      throw Diagnostic(
        .nothingToCompare, "\(commit.id.short) has no run",
        hint: "`perf-log` lists the commits that have, `perf-log --fetch` brings those of others")
    }
    return (found, unread)
  }
}

/// A run with its numbers, as `perf-log show` prints it.
private struct ShownRun {
  private let recorded: RecordedRun
  private let run: Run
  private let commit: CompactID?
  private let subject: String?
  private let marks: Int
  private let notes: [RunRemark]
  private let series: [ShownSeries]

  init(_ place: Int, in session: LogSession) throws {
    recorded = session.runs[place]
    commit = session.commit(of: place)
    subject = session.subject(of: commit)
    marks = session.scope.index.marks(of: recorded)
    guard let run = try session.store.run(recorded, in: session.scope.index) else {
      throw Diagnostic(
        .failure, "run \(recorded.id.short) is gone meanwhile", hint: "ask once more")
    }
    self.run = run
    notes = session.notes(of: recorded)
    let policy = try session.workspace.configuration.policy(for: run.suite)
    series = run.series.sorted { $0.id < $1.id }.map {
      ShownSeries($0, isImplausible: policy.implausible($0) != nil)
    }
  }

  var tables: [AnswerTable] {
    let columns: [AnswerTable.Column] = [
      .init("benchmark", flexible: true), .init("metric"), .init("rounds", right: true),
      .init("median", right: true), .init("least", right: true, optional: true),
      .init("most", right: true, optional: true), .init("spread", right: true, optional: true),
      .init("rounds in order", flexible: true),
      .init("remarks", flexible: true),
    ]
    let numbers = AnswerTable(
      title, columns: columns, rows: series.map(\.cells), emptiness: "no numbers")
    return run.failures.isEmpty ? [numbers] : [numbers, failures]
  }

  private var failures: AnswerTable {
    AnswerTable(
      columns: [.init("failed", flexible: true), .init("reason", flexible: true)],
      rows: run.failures.map {
        [.name($0.benchmark?.description ?? ""), .words($0.reason.visible(limit: 200))]
      })
  }

  private var title: String {
    let time = recorded.time.flatMap { Timestamp(secondsSince1970: $0) }?.description ?? "no time"
    let facts: [String?] = [
      "run \(recorded.id.short) of \(commit?.short ?? "no commit")",
      subject.map { $0.visible(limit: 80) }, time, "suite \(run.suite.visible(limit: 40))",
      run.session.map { "session \($0.visible(limit: 40))" },
      recorded.environment.map { "machine \($0.key) (\($0.cpu.visible(limit: 60)))" },
      recorded.load.map { "load \(LogSession.short($0))" },
      run.conditions?.governor.map { "governor \($0.visible(limit: 20))" },
      run.part.map { "part: \($0.visible(limit: 60))" },
      marks > 0 ? "\(marks) series marked by the gate" : nil,
      recorded.isSummary ? "summarized: of the rounds the median is left" : nil,
    ]
    let said = notes.map {
      "; note of \($0.author.visible(limit: 60)): \($0.text.visible(limit: 500))"
    }
    return facts.compactMap(\.self).joined(separator: ", ") + said.joined()
  }

  var json: JSONValue {
    .object([
      "run": .string(recorded.id.description), "commit": .text(commit?.description),
      "subject": .text(subject), "recordedAt": .time(recorded.time), "suite": .string(run.suite),
      "session": .text(run.session), "machine": .text(recorded.environment?.key),
      "environment": recorded.environment?.json ?? .null, "load": .optional(recorded.load),
      "part": .text(run.part), "marks": .integer(Int64(marks)),
      "summarized": .bool(recorded.isSummary), "tool": .string(run.tool),
      "series": .array(series.map(\.json)),
      "failures": .array(
        run.failures.map {
          .object(["benchmark": .text($0.benchmark?.description), "reason": .string($0.reason)])
        }), "notes": .array(notes.map(\.json)),
    ])
  }
}

private struct ShownSeries {
  let series: Series
  private let isImplausible: Bool
  private let values: [Double]
  private let median: Double
  private let least: Double
  private let most: Double
  private let deviation: Double?

  init(_ series: Series, isImplausible: Bool) {
    self.series = series
    self.isImplausible = isImplausible
    values = series.rounds.compactMap(\.samples.median)
    let sample = try? Sample(values)
    median = sample?.median ?? .nan
    least = sample?.minimum ?? .nan
    most = sample?.maximum ?? .nan
    deviation = sample?.coefficientOfVariation
  }

  var cells: [AnswerTable.Cell] {
    let scale = Scale(series.metric.unit, for: [median])
    let isWhole = !series.isSummary
    return [
      .name(series.benchmark.description), .name(series.metric.name), .count(values.count),
      .value(median, scale), isWhole ? .value(least, scale) : .empty,
      isWhole ? .value(most, scale) : .empty,
      isWhole ? deviation.map { .number(percentage($0), $0) } ?? .empty : .empty,
      .picture(values.count > 1 ? values : []), .words(remarks),
    ]
  }

  private var remarks: String {
    let remarks = [
      isImplausible ? "not plausible" : nil, series.isSummary ? "one number of several" : nil,
      series.metric.isGuessed ? "direction guessed" : nil,
    ]
    return remarks.compactMap(\.self).joined(separator: "; ")
  }

  var json: JSONValue {
    .object([
      "benchmark": .string(series.benchmark.name), "labels": .strings(series.benchmark.labels),
      "metric": .string(series.metric.name), "unit": .string(series.metric.unit.symbol),
      "better": .string(series.metric.better.rawValue), "n": .integer(Int64(values.count)),
      "median": .number(median), "min": series.isSummary ? .null : .number(least),
      "max": series.isSummary ? .null : .number(most), "summary": .bool(series.isSummary),
      "implausible": .bool(isImplausible),
      "rounds": .array(values.map(JSONValue.number)),
    ])
  }
}

/// A part of 1 as a percentage with one decimal: `2.3 %`.
func percentage(_ part: Double) -> String {
  let tenths = (part * 1000).rounded()
  guard tenths.magnitude < 1e12 else { return "\(part * 100) %" }
  let number = Int64(tenths.magnitude)
  return "\(tenths < 0 ? "-" : "")\(number / 10).\(number % 10) %"
}
