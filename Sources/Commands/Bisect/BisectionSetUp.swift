import CommandLine
import Configuration
import Git
import History
import Measurements
import Statistics
import System
import Verdicts

/// The rules and the plan of a bisection: those of the bad end, for all commits.
struct BisectionSetUp {
  let good: Commit
  let bad: Commit
  /// The suite that the numbers are stored under.
  let suite: String
  let plan: Plan
  /// The rules of the gate, without waivers and budgets.
  let policy: Policy
  let content: ContentRules
  let configuration: ProjectConfiguration

  init(
    _ request: BisectionRequest, in workspace: Workspace, limit: Duration?,
    _ call: CommandContext<BisectSettings>
  ) throws {
    good = try workspace.repository.commit(request.good)
    bad = try workspace.repository.commit(request.bad)
    let file = try workspace.files.file(of: bad.tree, revision: bad.id.short)
    var configuration = try ProjectConfiguration.saying(file.settings + workspace.gitSettings)
    suite = request.suite ?? configuration.suite ?? Run.defaultSuite
    var definition =
      try request.command.map(Self.typed) ?? configuration.definition(of: request.suite)
    definition.prepare = request.prepare ?? definition.prepare
    definition = try definition.recording(request.metric.map { [Pattern(literal: $0)] } ?? [])
      .withPrintedTasks(
        in: workspace.repository.workTree ?? call.directory,
        environment: call.process.environment)
    definition.warmups =
      definition.warmups ?? (definition.isOfTasks ? nil : configuration.warmups)
    if let benchmark = request.benchmark, definition.namesBenchmarks {
      definition = try Self.narrowed(definition, to: benchmark)
    }
    if let limit {
      definition.timeout = min(definition.timeout ?? limit, limit)
      definition.prepareTimeout = min(definition.prepareTimeout ?? limit, limit)
    }
    plan = try Plan(
      definition: definition, labels: [:], environment: call.process.environment, outputs: nil,
      prices: configuration.prices)
    policy = try Self.policy(request, suite, configuration)
    // The files that a typed command reads matter like those of a suite.
    configuration.suites[suite] = definition
    let paths = PathRules(configuration)
    content = ContentRules(
      isIrrelevant: { paths.isIrrelevant($0, to: $1) },
      // All commits are measured by the configuration of one.
      measureAlike: { _, _, _ in true })
    self.configuration = configuration
  }

  private static func typed(_ words: [String]) -> SuiteDefinition {
    var definition = SuiteDefinition("the command line")
    definition.commands = [
      .init(name: nil, command: Command(words[0], Array(words.dropFirst())))
    ]
    return definition
  }

  /// The definition with only those commands whose benchmarks a pattern names.
  private static func narrowed(
    _ definition: SuiteDefinition, to text: String
  ) throws -> SuiteDefinition {
    let names = definition.commands.compactMap(\.name)
    guard names.count == definition.commands.count else { return definition }
    let pattern = Pattern(typed: text, among: names)
    var narrowed = definition
    narrowed.commands = definition.commands.filter { $0.name.map(pattern.matches) ?? false }
    guard !narrowed.commands.isEmpty else { throw Self.unknown("benchmark", text, among: names) }
    return narrowed
  }

  static func unknown(_ what: String, _ text: String, among names: [String]) -> Diagnostic {
    Diagnostic(
      .usage, "no \(what) is like '\(text.visible())'",
      hint: Suggestion.hint(for: text, among: names)
        ?? (names.isEmpty ? nil : "there is \(names.prefix(5).joined(separator: ", "))"))
  }

  /// The gate's policy, by which a change is a change whoever permits it.
  private static func policy(
    _ request: BisectionRequest, _ suite: String, _ configuration: ProjectConfiguration
  ) throws -> Policy {
    var policy = try configuration.policy(for: suite)
    (policy.waivers, policy.budgets, policy.goals) = ([], [], [])
    if let metric = request.metric { policy.deciding = [Pattern(literal: metric)] }
    if let threshold = request.threshold {
      policy.threshold = Sourced(threshold, from: "--threshold")
      (policy.benchmarks, policy.metrics) = ([], [])
    }
    return policy
  }
}

/// The series that a bisection looks at.
struct BisectedSeries {
  let benchmark: Pattern?
  let metric: String?

  init(_ request: BisectionRequest, among names: some Sequence<String>) {
    benchmark = request.benchmark.map { Pattern(typed: $0, among: names) }
    metric = request.metric
  }

  /// The wanted ones of some series. User and system time of timed commands are left out unless
  /// they are named: they come in ticks. If nobody states which direction is better, lower is.
  func wanted(_ all: [Series]) -> [Series] {
    let timed = Set(all.filter { $0.metric == .wallTime }.map(\.benchmark))
    return all.filter { series in
      guard benchmark?.matches(series.benchmark.name) ?? true else { return false }
      if let metric { return series.metric.name == metric }
      return !timed.contains(series.benchmark)
        || ![Metric.userTime, .systemTime].contains(series.metric)
    }.map { $0.metric.isGuessed ? $0.measuring($0.metric.directed($0.metric.better)) : $0 }
  }
}
