import Configuration
import Git
import Measurements
import Reports
import Testing
import Verdicts

@Suite("What a change loosens is told by key, pattern, and both values")
struct LooseningTests {
  static func settings(_ text: String) throws -> [Setting] {
    try ConfigurationFile([UInt8](text.utf8), name: ".perfconfig").settings
  }

  /// Two benchmarks of suite `default`, and one of `slow`.
  static let measured = [
    "default": [
      series("p", .wallTime), series("q/a", .wallTime),
      series("p", Metric("score", .one, better: .higher)),
    ],
    "slow": [series("s", .wallTime)],
  ]

  private static func series(_ name: String, _ metric: Metric) -> Series {
    Series(
      benchmark: Benchmark(name: name, labels: ["model": "m1"]), metric: metric,
      rounds: [100.0, 101].compactMap { try? Round([$0]) }, source: "test")
  }

  static func loosened(_ old: String, _ new: String) throws -> [String] {
    try Loosenings(from: settings(old), to: settings(new), measured: measured)
      .found { _ in true }.map(\.words)
  }

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let old: String
    let new: String
    let words: [String]

    init(_ name: String, _ old: String, _ new: String, _ words: String...) {
      (testDescription, self.old, self.new, self.words) = (name, old, new, words)
    }

    static let p = "[benchmark \"p\"]\n"
    static let waiver = "reason = x\nexpires = 2999-01-01\nceiling = "

    static let all = [
      Case("nothing", "[gate]\nthreshold = 5%\n", "[gate]\n  threshold = 5% ; the same\n"),
      Case(
        "a threshold for all", "[gate]\nthreshold = 5%\n", "[gate]\nthreshold = 20%\n",
        "gate.threshold: 5 % → 20 %"),
      Case("a tighter one", "[gate]\nthreshold = 20%\n", "[gate]\nthreshold = 5%\n"),
      Case("the default written out", "", "[gate]\nthreshold = 10%\n"),
      Case(
        "a demand that is taken out", "[suite \"slow\"]\nrequired = true\n", "",
        "suite.required of slow: true → not set"),
      Case(
        "a suite that nobody measured yet, made optional",
        "[suite \"new\"]\ncommand = n: ./n\n",
        "[suite \"new\"]\ncommand = n: ./n\nrequired = false\n",
        "suite.required of new: not set → false"),
      Case(
        "a rule for the new name of what the base has", "[benchmark \"r\"]\nalias = p\n",
        "[benchmark \"r\"]\nalias = p\nthreshold = 99%\n", "threshold of r: 10 % → 99 %"),
      Case(
        "one that is taken out", "[gate]\nthreshold = 5%\n", "", "gate.threshold: 5 % → 10 %"),
      Case("one benchmark's", "", p + "threshold = 99%\n", "threshold of p: 10 % → 99 %"),
      Case(
        "that of a benchmark that nobody measured", "", "[benchmark \"new/*\"]\nthreshold = 99%\n"),
      Case(
        "a pattern that is taken out from before a looser one",
        "[benchmark \"*\"]\nthreshold = 50%\n" + p + "threshold = 5%\n",
        "[benchmark \"*\"]\nthreshold = 50%\n", "threshold of *: 5 % → 50 %"),
      Case(
        "a metric's, where no benchmark has one",
        p + "threshold = 5%\n", p + "threshold = 5%\n[metric \"wall_time\"]\nthreshold = 30%\n",
        "metric.threshold of wall_time: 10 % → 30 %"),
      Case(
        "another suite's section", "", "[benchmark \"p\"]\nthreshold = 99%\nsuite = slow\n"),
      Case(
        "a section that is for another suite now", p + "threshold = 5%\n",
        p + "threshold = 5%\nsuite = slow\n", "threshold of p: 5 % → 10 %"),
      Case(
        "amounts that are ignored", "", "[metric \"wall_time\"]\nignoreBelow = 1s\n",
        "metric.ignoreBelow of wall_time: 0 → 1s"),
      Case("amounts of another unit", "", "[metric \"wall_*\"]\nignoreBelow = 1MB\n"),
      Case(
        "a budget that is raised", p + "budget = 1s\n", p + "budget = 2s\n",
        "budget of p: 1s → 2s"),
      Case("one that is lowered, or new", p + "budget = 2s\n", p + "budget = 1s\n"),
      Case(
        "one that is gone", p + "budget = 1s\n", "", "budget of p: 1s → not set"),
      Case(
        "one for what should be high", p + "budget = score 90\n", p + "budget = score 80\n",
        "budget of p: 90 → 80"),
      Case(
        "a waiver", "", "[waiver \"p\"]\n" + waiver + "25%\n",
        "waiver of p: not set → 25 % until 2999-01-01"),
      Case(
        "a higher one", "[waiver \"p\"]\n" + waiver + "25%\n",
        "[waiver \"p\"]\n" + waiver + "50%\n",
        "waiver of p: 25 % until 2999-01-01 → 50 % until 2999-01-01"),
      Case(
        "a lower one", "[waiver \"p\"]\n" + waiver + "50%\n", "[waiver \"p\"]\n" + waiver + "25%\n"),
      Case(
        "one that another covers", "[waiver \"*\"]\n" + waiver + "50%\n",
        "[waiver \"*\"]\n" + waiver + "50%\n[waiver \"p\"]\n" + waiver + "50%\n"),
      Case("one for what is not there", "", "[waiver \"new\"]\n" + waiver + "25%\n"),
      Case(
        "what is missing", "", "[gate]\nmissing = warn\n", "gate.missing: fail → warn"),
      Case(
        "what is missing of some", "[gate]\nmissing = warn\n",
        "[gate]\nmissing = warn\n[benchmark \"q/*\"]\nmissing = ignore\n",
        "missing of q/*: warn → ignore"),
      Case("what fails more", "", "[gate]\nnew = fail\ninconclusive = fail\n"),
      Case("undecided rows", "[gate]\ninconclusive = fail\n", "", "gate.inconclusive: fail → warn"),
      Case(
        "a command", "[suite \"slow\"]\ncommand = a\n", "[suite \"slow\"]\ncommand = b\n",
        "suite.command of slow: a → b"),
      Case("a new suite", "", "[suite \"fresh\"]\ncommand = b\n"),
      Case("a new name", "", "[benchmark \"r\"]\nalias = p\n", "alias of r: not set → p"),
      Case(
        "a price", "[price \"m*\"]\ninput = 2\n", "[price \"m*\"]\ninput = 1\n",
        "price.input of m*: 2 → 1"),
      Case("what prune keeps", "", "[prune]\nkeepDays = 1\n"),
    ]
  }

  @Test("a change of a goal is a looser rule where the metric is measured")
  func goals() throws {
    let head = "[goal \"wall_time\"]\nagainst = main\n"
    func loosened(_ old: String, _ new: String) throws -> [String] {
      try Self.loosened(old.isEmpty ? "" : head + old, new.isEmpty ? "" : head + new)
    }
    #expect(
      try loosened("change = -60%\nfail = true", "change = -60%")
        == ["goal.fail of wall_time: true → false"])
    #expect(
      try loosened("change = -60%", "change = -50%") == [
        "goal.change of wall_time: -60% → -50%"
      ])
    #expect(try loosened("change = -60%", "change = -60%\nfail = true").isEmpty)
    #expect(try loosened("change = -60%", "").contains("goal.change of wall_time: -60% → not set"))
  }

  @Test("a percentile that is raised or gone is a looser rule; a warning is none")
  func percentiles() throws {
    func loosened(_ old: String, _ new: String) throws -> [String] {
      try Self.loosened(
        "[benchmark \"p\"]\n\(old)\n", "[benchmark \"p\"]\n\(new)\n")
    }
    #expect(
      try loosened("budget = p95 1s\nbudget = 1s", "budget = p95 2s\nbudget = 1s")
        == ["budget of p: p95 1s → p95 2s"])
    #expect(try loosened("budget = p95 1s", "budget = p90 1s") == ["budget of p: p95 1s → not set"])
    #expect(try loosened("budgetWarning = 1s", "").isEmpty)
  }

  @Test("against what counted before", arguments: Case.all)
  func words(_ example: Case) throws {
    #expect(try Self.loosened(example.old, example.new) == example.words)
  }
}

/// For every key of the table: what lets more pass is listed.
@Suite("No key is looser in silence")
struct EveryKeyTests {
  /// Two values of each key, the stricter one first where the key has a direction.
  static let values: [String: (String, String)] = {
    var values = [
      "perf.notesRef": ("a", "b"), "gate.base": ("main", "topic"),
      "gate.policy": ("base", "change"),
      "gate.anchor": ("v1", "v2"), "gate.suite": ("default", "slow"),
      "gate.threshold": ("5%", "50%"),
      "gate.alpha": ("0.05", "0.01"), "gate.maxDistance": ("50", "0"),
      "gate.history": ("fail", "warn"), "gate.historyDays": ("30", "7"),
      "gate.environment": ("same", "any"),
      "gate.correction": ("none", "holm"), "gate.inconclusive": ("fail", "warn"),
      "gate.requireRounds": ("false", "true"), "gate.oneProcess": ("50%", "20%"),
      "gate.summaries": ("threshold", "incomparable"), "gate.guessed": ("fail", "warn"),
      "metric.better": ("lower", "higher"), "suite.decide": ("wall_time", "max_rss"),
      "measure.rounds": ("10", "5"), "measure.warmup": ("0", "1"),
      "measure.unfit": ("fail", "ignore"),
      "hook.missing": ("fail", "warn"), "hook.loosened": ("fail", "warn"),
      "environment.key": ("a", "b"), "environment.labels": ("a=1", "a=2"),
      "benchmark.threshold": ("5%", "50%"), "benchmark.budget": ("1s", "2s"),
      "benchmark.alias": ("q/a", "p"), "metric.threshold": ("5%", "50%"),
      "metric.exact": ("true", "false"), "metric.outcome": ("true", "false"),
      "metric.margin": ("5%", "50%"), "benchmark.margin": ("5%", "50%"),
      "gate.by": ("label:a", "label:b"),
      "metric.ignoreBelow": ("1ms", "1s"), "metric.budget": ("1s", "2s"),
      "waiver.ceiling": ("5%", "50%"), "waiver.expires": ("2990-01-01", "2999-01-01"),
      "waiver.metric": ("other", "wall_time"),
      "suite.command": ("a", "b"), "suite.prepare": ("a", "b"), "suite.setup": ("a", "b"),
      "suite.cleanup": ("a", "b"), "suite.format": ("go", "hyperfine"), "suite.output": ("a", "b"),
      "suite.per": ("launch", "call"), "suite.also": ("launch", "none"),
      "suite.rounds": ("10", "5"), "suite.warmup": ("1", "2"), "suite.timeout": ("1s", "2s"),
      "suite.workingDirectory": ("a", "b"), "suite.environment": ("A=1", "A=2"),
      "suite.exitCodes": ("0", "0 1"), "suite.retries": ("0", "1"), "suite.concurrency": ("1", "2"),
      "suite.duration": ("1s", "2s"), "suite.requests": ("10", "20"),
      "suite.metric": ("a=b: (.*)", "a=c: (.*)"), "suite.backoff": ("2s", "3s"),
      "suite.infrastructure": ("1", "2"), "suite.infrastructureLimit": ("5%", "20%"),
      "suite.parallel": ("2", "3"), "suite.batches": ("a: b", "a: c"),
      "task.labels": ("a=b", "a=c"),
      "task.timeout": ("1s", "2s"), "task.suite": ("slow", "fast"),
    ]
    values["goal.against"] = ("main", "topic")
    values["goal.change"] = ("-60%", "-50%")
    values["goal.benchmark"] = ("p", "q/*")
    values["goal.fail"] = ("true", "false")
    for state in Waiver.State.allCases { values["waiver.\(state.rawValue)"] = ("false", "true") }
    values["suite.required"] = ("true", "false")
    values["suite.paths"] = ("a", "b")
    values["gate.irrelevant"] = ("a", "b")
    for kind in ["input", "output", "cacheRead", "cacheWrite"] {
      values["price.\(kind)"] = ("2", "1")
    }
    return values
  }()

  static let names = ConfigurationKey.all.filter {
    if case .never = $0.looser { false } else { true }
  }.map(\.name).filter { $0 != "waiver.reason" }

  /// One key alone, with what its section needs besides.
  private static func text(_ key: ConfigurationKey, _ value: String?) -> String {
    let (section, name) = key.parts
    let subsection =
      switch section {
      case "suite": "slow"
      case "metric": name == "better" ? "score" : "wall_time"
      case "goal": "wall_time"
      case "price": "m*"
      default: key.looserIsRename ? "r" : "p"
      }
    let heading = key.takesPattern ? "[\(section) \"\(subsection)\"]" : "[\(section)]"
    let others = ["ceiling": "5%", "expires": "2990-01-01", "reason": "x"]
    let required = [
      "task": ["command": "a"], "waiver": others, "goal": ["against": "main", "change": "-60%"],
    ]
    // A section without a key that it requires is none.
    if value == nil, section != "waiver", required[section]?[name] != nil { return "" }
    let rest = required[section, default: [:]].filter { $0.key != name }
    let needed = [
      "duration": "concurrency = 2", "requests": "concurrency = 2", "per": "format = openai",
      "also": "format = go",
    ]
    let besides = section == "suite" ? needed[name].map { $0 + "\n" } ?? "" : ""
    return "\(heading)\n\(besides)"
      + rest.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)\n" }.joined()
      + (value.map { "\(name) = \($0)\n" } ?? "")
  }

  @Test(
    "a value of it that lets more pass is listed, or the change cannot set it", arguments: names)
  func isTold(name: String) throws {
    let key = try #require(ConfigurationKey.named[name.lowercased()])
    let responses = (Response.fail.rawValue, Response.ignore.rawValue)
    let values = Self.values[name] ?? responses
    let (strict, loose) = (Self.text(key, values.0), Self.text(key, values.1))
    #expect(try !LooseningTests.loosened(strict, loose).isEmpty, "\(strict)\(loose)")
    if case .larger = key.looser {
      #expect(try LooseningTests.loosened(loose, strict).isEmpty)
    }
    if case .words = key.looser {
      #expect(try LooseningTests.loosened(loose, strict).isEmpty)
    }
    if case .permission = key.looser { return }
    // Taken out, the default must not be looser than what was there without a word.
    if case .anyChange = key.looser {
      #expect(try !LooseningTests.loosened(strict, Self.text(key, nil)).isEmpty)
    }
  }

  @Test("a key that has no say over a verdict is one of few")
  func never() {
    let silent = ConfigurationKey.all.filter { if case .never = $0.looser { true } else { false } }
    #expect(
      Set(silent.map(\.name))
        == [
          "gate.project", "prune.keepDays", "prune.summarizeDays", "benchmark.suite",
          "waiver.suite", "class.metric", "class.<class>", "score.<metric>", "score.weight",
          "goal.suite", "benchmark.plausible", "benchmark.budgetWarning", "metric.budgetWarning",
          // They answer for changes of the base branch, and move no verdict on another change.
          "changepoint.commit", "changepoint.accepted", "changepoint.invalid", "changepoint.metric",
          "changepoint.direction", "changepoint.machine", "changepoint.suite", "changepoint.id",
          "changepoint.creep", "changepoint.ceiling",
        ])
  }
}

extension ConfigurationKey {
  fileprivate var looserIsRename: Bool { if case .rename = looser { true } else { false } }
}
