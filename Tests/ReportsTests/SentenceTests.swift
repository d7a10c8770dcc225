import Measurements
import Reports
import Testing

/// A sentence as it is wanted, and how it is made.
struct SentenceCase: CustomTestStringConvertible {
  let sentence: String
  let made: String

  var testDescription: String { sentence }

  init(_ made: String, _ sentence: String) {
    self.made = made
    self.sentence = sentence
  }

  static let all: [SentenceCase] = [
    SentenceCase(
      "regression, "
        + Sentence.perhapsNotYours(commits: 3, of: "main", after: "1f016d1", to: "76574d4"),
      "regression, perhaps not yours: 3 commits of main after the baseline (1f016d1..76574d4) were "
        + "never measured. Decide it in pairs: perf-gate --measure"),
    SentenceCase(
      Sentence.inherited(
        "p", .wallTime, worse: 0.3, on: "main", since: "66f83c8", adds: 0.004,
        interval: -0.012...0.02),
      "inherited: p is 30 % slower on main since 66f83c8 (marked). This change adds +0.4 % "
        + "[-1.2, +2.0] to it. Not refused here; main is."),
    SentenceCase(
      Sentence.disagreement(
        [
          .init(change: 0.25, time: "18:02", load: 8.6),
          .init(change: 0.01, time: "18:20", load: 0.4),
        ], pairsTake: "3m", wrong: "4f2a91"),
      "2 recordings of this commit disagree: +25 % (18:02, load 8.6), +1 % (18:20, load 0.4). "
        + "Both count. Pairs decide over both: perf-gate --measure --time-limit 3m. "
        + "A wrong one is taken away by: perf-sync remove 4f2a91 --reason <why>"),
    SentenceCase(
      Sentence.otherMachines(
        "topic", base: "main", machines: [.init(cpu: "EPYC 7763", label: "ci")],
        here: "Apple M3", commit: "1f016d1"),
      "topic: not judged: main's numbers are from other machines (EPYC 7763: ci; this one: "
        + "Apple M3). Pushed. To be judged here: perf-record at 1f016d1 once, or perf-gate --measure"
    ),
    SentenceCase(
      Sentence.failureAnswered(
        "p", at: "18:02", reason: "ended by signal 9", launches: 10, later: "18:20"),
      "p failed at 18:02 (ended by signal 9), then 10 of 10 launches succeeded at 18:20: judged by "
        + "these"),
    SentenceCase(
      Sentence.measuredHere(
        ["p"], of: "default", others: ["q", "r", "s"] + (1...11).map { "t\($0)" }),
      "measured here: 1 of 15 benchmarks of suite default (p); 14 not measured again: q, r, s and "
        + "11 more. All: perf-record"),
    SentenceCase(
      Sentence.runsElsewhere("origin"),
      "no baseline: origin has runs that are not here. perf-sync fetch"),
    SentenceCase(
      Sentence.noBaselineYet(on: "main"),
      "no baseline yet: main has no number of this machine. The first recording of main becomes it; "
        + "nothing was judged"),
    SentenceCase(
      Sentence.uncommittedRules(revision: "HEAD", change: "p waived", status: 0),
      ".perfconfig here is not committed: judged by HEAD's. With yours: p waived, status 0 "
        + "(try: --rules worktree; for good: git commit .perfconfig, nothing needs measuring again)"
    ),
    SentenceCase(
      Sentence.tooShort("5m", rounds: 2, benchmarks: 6, least: 3, deciding: 5, enough: "13m"),
      "5m were enough for 2 rounds of 6 benchmarks; 3 are the least, 5 decide: --time-limit 13m, or "
        + "a suite of less"),
    SentenceCase(
      Sentence.otherWork(
        "p", base: "main", part: "command", old: "--size 1", new: "--size 4", change: 3),
      "p is measured with other work than on main (command: --size 1 → --size 4): its +300 % is not "
        + "a comparison. Same work on both sides: perf-gate --measure. "
        + "Meant so: perf-gate --accept p --reason <why>"),
    SentenceCase(
      Sentence.noLongerMeasured("q", base: "main", rounds: 10, on: "333ddcf", measured: "p"),
      "q is no longer measured (main: 10 rounds on 333ddcf). Meant so: perf-gate --accept q "
        + "--reason <why>; renamed: alias = q below [benchmark \"<new>\"]; a part of the suite only: "
        + "--only p"),
  ]
}

@Suite("sentences at the moments at which a reader decides")
struct SentenceTests {
  @Test("each reads as it is wanted", arguments: SentenceCase.all)
  func wanted(_ example: SentenceCase) { #expect(example.made == example.sentence) }

  @Test("a name can neither end the line nor become a part of a command")
  func hostile() {
    let name = "p; reboot\n\u{1B}[31m"
    let sentences = [
      Sentence.noLongerMeasured(name, base: name, rounds: 1, on: name, measured: name),
      Sentence.otherWork(name, base: name, part: name, old: name, new: name, change: nil),
    ]
    for sentence in sentences {
      #expect(!sentence.contains { $0.isNewline || $0 == "\u{1B}" })
      #expect(sentence.contains("--accept '<benchmark>' --reason <why>"))
    }
    #expect(
      Sentence.noLongerMeasured("a b", base: "main", rounds: 1, on: "1f016d1", measured: "*")
        .contains("--accept 'a b' --reason"))
  }

  @Test("one is not several, and three are not both")
  func numbers() {
    #expect(
      Sentence.perhapsNotYours(commits: 1, of: "main", after: "1f016d1", to: "76574d4")
        .contains("1 commit of main after the baseline (1f016d1..76574d4) was never measured"))
    let three = [0.25, 0.2, -0.01].map { Sentence.Recording(change: $0, time: "18:02") }
    let sentence = Sentence.disagreement(three, pairsTake: "3m", wrong: "4f2a91")
    #expect(sentence.contains("+25 % (18:02), +20 % (18:02), -1 % (18:02). All count."))
  }
}
