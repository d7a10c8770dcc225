import CommandLine
import Configuration
import History
import Measurements
import System
import Trends
import Verdicts

extension LogSession {
  /// `perf-log changes --accept <id>` and `--invalid <id>`: writes what a person says of an event into
  /// `.perfconfig`, for review.
  func answer(for answered: ChangeAnswer) throws {
    guard try axisGrouping() == .commit else {
      throw UsageError(
        "\(answered.option) is for changes between commits", hint: "leave --by out")
    }
    let history = try changeHistory(.commit)
    let event = try history.event(answered.id, option: answered.option)
    guard event.statement == nil else {
      throw UsageError(
        "\(event.id) is \(event.state.rawValue) already, in \(event.statement?.place ?? "")",
        hint: "take that section out first")
    }
    let rules = try WorkTreeRules(of: workspace, for: "the section")
    let section = try ChangeSection(event, answered, history).text()
    try rules.write(rules.text.followed(by: section), changing: "changepoint") { configuration in
      configuration.changeStatements.contains { $0.id == event.id }
    }
    call.err.line(
      "perf-log: written to \(ProjectConfiguration.fileName): commit it for review")
  }
}

/// An answer to an event, as it was typed.
struct ChangeAnswer {
  let id: String
  let answer: ChangeStatement.Answer
  let reason: String

  var option: String { answer == .accepted ? "--accept" : "--invalid" }
}

/// A `[changepoint]` section for an event.
private struct ChangeSection {
  private let event: ChangeEvent
  private let answered: ChangeAnswer
  private let history: ChangeHistory

  init(_ event: ChangeEvent, _ answered: ChangeAnswer, _ history: ChangeHistory) {
    self.event = event
    self.answered = answered
    self.history = history
  }

  func text() throws(UsageError) -> String {
    let series = event.changes.map(\.series)
    let title = try Self.pattern(Set(series.map(\.benchmark.name)))
      .quotedForConfiguration("the benchmark", isTitle: true)
    var lines = [
      "commit = \(history.axis.places[event.kind == .creep ? event.last : event.first].name)",
      "direction = \(event.isWorse ? "worse" : "better")",
      "\(answered.answer.rawValue) = \(try answered.reason.quotedForConfiguration("the reason"))",
    ]
    if event.kind == .creep {
      let size = event.lead.magnitude
      lines.insert("creep = true", at: 1)
      // A creep that goes on is open again.
      if size.isFinite { lines.append("ceiling = \(Int((size * 20 + 1e-9).rounded(.up) * 5))%") }
    }
    if let machine = event.machine {
      lines.append("machine = \(try machine.quotedForConfiguration("the machine"))")
    }
    let metrics = Set(series.map(\.metric.name))
    if let metric = metrics.first, metrics.count == 1 {
      let pattern = Pattern(literal: metric).text
      lines.append("metric = \(try pattern.quotedForConfiguration("the metric"))")
    }
    lines.append("id = \(event.id)")
    return "[changepoint \(title)]\n" + lines.map { "\t\($0)\n" }.joined()
  }

  /// A pattern that fits all names: their name, their common folder, else all.
  private static func pattern(_ names: Set<String>) -> String {
    guard let first = names.first else { return "*" }
    if names.count == 1 { return Pattern(literal: first).text }
    let folders = names.map {
      $0.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    }
    let common = folders.dropFirst().reduce(folders[0]) { common, next in
      Array(zip(common, next).prefix { $0 == $1 }.map(\.0))[...]
    }
    return common.isEmpty
      ? "*" : common.map { Pattern(literal: String($0)).text }.joined(separator: "/") + "/*"
  }
}

extension ChangeHistory {
  /// The event with an id, or the only one whose id begins so.
  func event(_ id: String, option: String) throws(Diagnostic) -> ChangeEvent {
    let fitting = events.all.filter { $0.id.hasPrefix(id) }
    if let exact = fitting.first(where: { $0.id == id }) { return exact }
    guard fitting.count == 1, id.count >= 4 else {
      throw Diagnostic(
        .usage,
        fitting.count > 1
          ? "\(option): several changes begin with '\(id.visible())'"
          : "\(option): no change has the id '\(id.visible())'",
        hint: "`perf-log changes --since 1970-01-01` lists all ids")
    }
    return fitting[0]
  }
}

extension LogSettings {
  /// The typed answer to an event; nil if none was typed.
  var changeAnswer: ChangeAnswer? {
    let typed =
      accepted.map { ($0, ChangeStatement.Answer.accepted) } ?? invalid.map { ($0, .invalid) }
    return typed.map { ChangeAnswer(id: $0.0, answer: $0.1, reason: reason ?? "") }
  }

  /// Checks the options of changes.
  func checkChanges(_ verb: LogVerb) throws(UsageError) {
    let own: [(String, Bool)] = [
      ("--accept", accepted != nil), ("--invalid", invalid != nil), ("--reason", reason != nil),
      ("--bisect", bisects != nil), ("--exit-code", exitCode),
    ]
    if verb == .changes, !percentiles.isEmpty || counted != .rounds {
      throw UsageError("--percentile and --of are for stats", hint: "leave them out")
    }
    if verb != .changes, let (name, _) = own.first(where: \.1) {
      throw UsageError("\(name) is for changes", hint: "write `perf-log changes \(name) …`")
    }
    let actions = own.prefix(2).filter(\.1) + own.filter { $0.0 == "--bisect" && $0.1 }
    guard actions.count < 2 else {
      throw UsageError("\(actions[0].0) besides \(actions[1].0)", hint: "take one after the other")
    }
    guard changeAnswer == nil || reason != nil else {
      throw UsageError("\(actions[0].0) has no reason", hint: "say why with `--reason <text>`")
    }
    guard reason == nil || changeAnswer != nil else {
      throw UsageError("--reason without --accept or --invalid")
    }
    guard actions.isEmpty || reports.isEmpty else {
      throw UsageError("\(actions[0].0) writes no report", hint: "leave --report out")
    }
  }
}

extension LogSession {
  /// `perf-log changes --bisect <id>`: prints the command that finds the commit of an event. It is
  /// not run: perf-log never starts what is measured.
  func printBisection(of id: String) throws -> ExitStatus {
    let history = try changeHistory(axisGrouping())
    let event = try history.event(id, option: "--bisect")
    guard let good = history.axis.places[event.last].commit,
      let bad = history.axis.places[event.first].commit
    else {
      throw UsageError(
        "\(event.id) is a change of periods", hint: "`perf-log changes` without --by finds commits")
    }
    let lead = event.lead.series
    // A pattern that fits the name alone.
    let benchmark = Pattern(literal: lead.benchmark.name).text
    let isDefined = workspace.configuration.suites[lead.suite]?.hasCommands ?? false
    let command = Command(
      "perf-bisect",
      (event.isWorse ? [] : ["--swap"]) + (isDefined ? ["--suite", lead.suite] : [])
        + ["--benchmark", benchmark, "--metric", lead.metric.name]
        + [good.description, bad.description])
    call.out.line(command.description.visible(limit: 4000))
    if !isDefined {
      call.err.line(
        "hint: add `-- <command>` that measures it: .perfconfig has no command of suite "
          + "'\(lead.suite.visible(limit: 60))'")
    }
    return .success
  }
}
