import CommandLine
import Configuration
import Measurements
import Reports
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The value of `--report <rendering>[=<file>]`.
struct ReportOption: Sendable {
  let rendering: Rendering
  /// The file to write; nil for standard output.
  let file: String?
}

extension Argument where Value == ReportOption {
  static var report: Self {
    let names = Rendering.all.map(\.name)
    return Argument("<rendering>[=<file>]", completing: .assignments(names)) {
      text throws(UsageError) in
      let choice = try ReportChoice(text, among: names)
      guard let rendering = Rendering.named(choice.name) else {
        throw UsageError("not one of \(names.joined(separator: ", "))")
      }
      return ReportOption(rendering: rendering, file: choice.file)
    }
  }
}

/// The options that all programs that compare have in common.
protocol ComparingSettings: CommonSettings {
  var comparing: Comparing { get set }
}

package struct Comparing: Sendable {
  var reports: [ReportOption] = []
  /// The suites to compare; empty for all.
  var suites: [String] = []
  var threshold: Double?
  var alpha: Double?
  var environment: EnvironmentRule?
  var directions: [Policy.Rule<Direction>] = []
  /// The metrics that decide, in place of those of the configuration.
  var deciding: [[Pattern]] = []

  package init() {}
}

extension FlagGroup where Settings: ComparingSettings {
  static var judging: [Flag<Settings>] {
    [
      .option(
        "threshold", .threshold, sets: \.comparing.threshold,
        help: "the relative change that counts "
          + "(\(ConfigurationReference.defaultValue(of: "gate.threshold")))",
        details: "thresholds of benchmarks and metrics in .perfconfig go before it"),
      .option(
        "alpha", .alpha, sets: \.comparing.alpha,
        help: "accepted probability of a false alarm "
          + "(\(ConfigurationReference.defaultValue(of: "gate.alpha")))"),
      .option(
        "suite", .text("<name>"), appendsTo: \.comparing.suites,
        help: "only this suite; may be given again (all)"),
      .option(
        "decide", .metrics, appendsTo: \.comparing.deciding,
        help: "the metrics that decide; others are shown and fail nothing (all)",
        details:
          "`wall_time`, `cpu_time`, `instructions` and any other, several with commas or spaces; "
          + "`perf-gate --measure` records what is named, too"),
      .option(
        "better", .direction, appendsTo: \.comparing.directions,
        help: "which direction of a metric is better; may be given again",
        details: "`[metric] better` of .perfconfig, for this time"),
      .option(
        "environment", .word(), sets: \.comparing.environment,
        help: "whether runs of other machines may be compared "
          + "(\(ConfigurationReference.defaultValue(of: "gate.environment")))"),
    ]
  }

  static var reports: FlagGroup {
    FlagGroup(
      "Reports",
      [
        .option(
          "report", .report, appendsTo: \.comparing.reports,
          help: "write a report; without a file to standard output, instead of text",
          details: Rendering.all.map { "\($0.name) \($0.summary)" }.joined(separator: ", "))
      ])
  }
}

extension CommandContext where Settings: ComparingSettings {
  /// Checks, before anything is read, that every report can be written.
  ///
  /// - Throws: ``UsageError`` if two reports are for one file, or two for standard output.
  func checkReports() throws {
    let files = settings.comparing.reports.compactMap(\.file)
    for file in files { try OutputFile.check(path(file), typed: file) }
    guard Set(files.map { OutputFile.target(of: path($0)) }).count == files.count else {
      throw UsageError("two reports for one file", hint: "give each a file of its own")
    }
    guard settings.comparing.reports.count(where: { $0.file == nil }) < 2 else {
      throw UsageError(
        "two reports for standard output", hint: "give one a file: `--report json=perf.json`")
    }
  }

  /// Runs the body and publishes its report. If the body fails, reports of an earlier time are
  /// removed, so that nobody takes them for its result.
  func reporting(_ body: () throws -> Report) throws -> Report {
    try checkReports()
    let report = try withdrawingReports(body)
    try publish(report)
    return report
  }

  /// Removes the report files of an earlier time if the body fails.
  func withdrawingReports<Value>(_ body: () throws -> Value) throws -> Value {
    try withdrawing(settings.comparing.reports.compactMap(\.file), body)
  }

  private func withdrawing<Value>(
    _ files: [String], _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch {
      files.forEach { OutputFile.remove(path($0)) }
      throw error
    }
  }

  /// Writes every report that was asked for. If none of them is for standard output, the text
  /// goes there.
  ///
  /// - Throws: The first error, after all others are written.
  func publish(_ report: Report) throws {
    let style = Style(color: usesColor, verbose: settings.common.verbosity == .verbose)
    var failures: [any Error] = []
    func attempt(_ body: () throws -> Void) {
      do { try body() } catch { failures.append(error) }
    }
    // Files are written first, so that they exist even if the reader of standard output goes away.
    for case let (rendering, file?) in settings.comparing.reports.map({ ($0.rendering, $0.file) }) {
      attempt {
        // A file of an earlier time is removed even if the new one cannot be written.
        try withdrawing([file]) {
          try OutputFile.write(rendering.render(report, Style()), to: path(file))
        }
      }
    }
    let files = PipelineFiles(environment: process.environment, warn: warn)
    var written: Set<String> = []
    for rendering in settings.comparing.reports.map(\.rendering)
    where written.insert(rendering.name).inserted {
      for file in rendering.files {
        attempt { try files.append(file, of: rendering, report) }
      }
    }
    for option in settings.comparing.reports where option.file == nil {
      out(option.rendering.render(report, style))
    }
    let isSpoken = settings.comparing.reports.contains { $0.file == nil }
    if !isSpoken, settings.common.verbosity != .quiet {
      out(Rendering.text.render(report, style))
    }
    if let failure = failures.first { throw failure }
  }

  /// The policy of the configuration, with the typed options in place of its values.
  func policy(for suite: String, _ configuration: ProjectConfiguration) throws -> Policy {
    var policy = try configuration.policy(for: suite)
    policy.today = Day(secondsSince1970: Date.now.timeIntervalSince1970)
    policy.threshold =
      settings.comparing.threshold.map { Sourced($0, from: "--threshold") } ?? policy.threshold
    policy.alpha = settings.comparing.alpha ?? policy.alpha
    if !settings.comparing.deciding.isEmpty {
      policy.deciding = settings.comparing.deciding.flatMap(\.self)
    }
    policy.directions = policy.directions.overridden(by: settings.comparing.directions)
    return policy
  }

  func allowsAnyEnvironment(_ configuration: ProjectConfiguration) -> Bool {
    (settings.comparing.environment ?? configuration.environmentRule) == .any
  }

  /// The suites to compare; empty for all.
  func suites(_ configuration: ProjectConfiguration) -> [String] {
    settings.comparing.suites.isEmpty
      ? configuration.suite.map { [$0] } ?? [] : settings.comparing.suites
  }

  /// The suite for a caller that handles a single one: the first of those to compare, else
  /// the default.
  func suite(_ configuration: ProjectConfiguration) -> String {
    suites(configuration).first ?? Run.defaultSuite
  }
}
