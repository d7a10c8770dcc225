import Measurements
import Reports
import Testing
import Verdicts

/// Names as somebody would give them who wants a report to say or do something else.
enum Hostile {
  static let names: [String] = [
    "a|b", "a||b|", #"a\|b"#, #"a\\|b\"#, "`a`", "``a|b``", "`", "a\nb", "a\r\n\r\n# b", "a\tb",
    "<script>alert(1)</script>", "</code>", "</td></tr></table>", "<!-- -->", "-->", "<![CDATA[",
    "&lt;", "&#124;", "&amp;amp;", "@user", "@org/team", "#12", "org/repo#12", "GH-12", "!12",
    "![x](y)", "[x](javascript:1)", "[x]: http://x", "[x][y]", "www.evil.com", "WWW.evil.com",
    "http://x", "https://evil.com/a?b=c", "ftp://x.y", "user@example.com", "mailto:a@b.c",
    "xmpp:a@b.c/d", "a.b-c_d@e.f", "https://a@b.c", ":smile:", "~~a~~", "~a~", "*a*", "**a**",
    "_a_", "__a__", "- a", "-", "--", "---", "===", "> a", "1. a", "# a", "    a", "|---|", "$x$",
    "$$x$$", "$`x`$", "^[a]", "[^1]", "🚀 größer", "漢字", "👩‍🔬", "\u{202E}cba", "a\u{200B}b",
    "a\u{2066}b", "\u{1B}[31mred\u{1B}[0m", "\u{1B}]0;title\u{07}", "\u{1B}]8;;http://x\u{1B}\\x",
    "\u{9B}31m", "\u{9D}0;t\u{9C}", "\u{85}", "\u{2028}", "\u{7F}", "\u{08}\u{08}", "\0",
    "\u{FEFF}a",
    "\u{E0041}\u{E007F}", "\u{3164}", " ", "", "{{a}}", "{% a %}", "<details>", "</details>",
    "\"quoted\"", "'", "\\", "%s%n", "$(reboot)", "a==b==", "++a++", "a^b^", "H~2~O",
    String(repeating: "x", count: 10_000), String(repeating: "|", count: 10_000),
    "e" + String(repeating: "\u{301}", count: 10_000), String(repeating: "👩‍👩‍👧‍👦", count: 200),
  ]

  /// A name in every place that holds text from elsewhere, in rows of several verdicts.
  static func report(_ name: String) throws -> Report {
    func series(_ value: Double, _ unit: String, _ benchmark: String) throws -> Series {
      let metric = Metric(name, Unit(unit))
      return try Example.series(benchmark, value, metric: metric, labels: [name: name])
    }
    let old = [
      try series(100, name, name), try series(100, "ns", "unit " + name),
      try series(100, "ns", "gone " + name),
    ]
    let new = [
      try series(200, name, name), try series(100, name, "unit " + name),
      try series(100, name, "new " + name), try series(100, name, "few " + name),
    ]
    let few = try Example.series(
      "few " + name, 100, metric: Metric(name, Unit(name)), labels: [name: name], rounds: 2)
    let gone = try Example.series("was " + name, 1, labels: [name: name])
    let renamed = try Example.series("is " + name, 1, labels: [name: name])
    // The pattern of the second one is only shown: as a pattern each name would fit other series.
    let goal = Goal(metric: Pattern("*"), against: name, change: -0.6, place: name)
    let other = Goal(
      metric: Pattern(name), benchmark: Pattern(name), against: name, change: -0.6, place: name)
    return Example.report(
      old: old + [few, gone], new: new + [renamed], policy: try policy(name), baseline: party(name),
      candidate: party(name),
      origin: Origin(rule: name, explanation: name, distance: 0, skipped: [name]),
      warnings: [name, name], project: name, suite: name,
      failures: [Failure(Benchmark(name: "failed " + name), reason: name)],
      anchor: (AnchorDescription(party: party(name), explanation: name), old),
      goals: [
        goal.result(old: old, new: new, under: Policy()),
        GoalResult(goal: other, rows: [], trouble: name),
      ])
  }

  private static func policy(_ name: String) throws -> Policy {
    var policy = Policy()
    policy.today = Day("2026-11-20")
    let day = try #require(Day("2026-12-31"))
    policy.waivers = [
      Waiver(
        benchmark: Pattern("unit *"), metric: nil, ceiling: 2, expires: day, reason: name,
        place: name)
    ]
    policy.budgets = [
      Budget(
        benchmark: Pattern("*"), metric: nil, limit: try #require(Quantity("1ns")), place: name)
    ]
    return policy
  }

  private static func party(_ name: String) -> SideDescription {
    SideDescription(name: name, commit: name, tree: name, runs: [name], environment: machine(name))
  }

  private static func machine(_ name: String) -> Environment {
    Environment(
      key: name, cpu: name, cores: 2, memory: 1, os: name, kernel: name, arch: name,
      labels: [name: name])
  }
}
