import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("The time that is left")
struct TimeLeftTests {
  static let amounts: [(Duration, String)] = [
    (.zero, "<1 s left"), (.milliseconds(999), "<1 s left"), (.seconds(1), "~1 s left"),
    (.milliseconds(12_400), "~12 s left"), (.milliseconds(12_600), "~13 s left"),
    (.milliseconds(99_400), "~99 s left"), (.milliseconds(99_600), "~2 min left"),
    (.seconds(170), "~3 min left"), (.seconds(99 * 60), "~99 min left"),
    (.seconds(100 * 60), "~2 h left"), (.seconds(3_600_000), "~1000 h left"),
  ]

  @Test("is told briefly, and no more exactly than it is known", arguments: amounts)
  func words(time: Duration, words: String) {
    #expect("\(TimeLeft(time: time, end: .nothing))" == words)
  }

  @Test("of a gate goes to the next look, or to the end of the time limit if that is sooner")
  func gate() {
    func left(_ limit: Duration?) -> String {
      "\(TimeLeft.untilLook(in: .seconds(20), limit: limit))"
    }
    #expect(left(nil) == "~20 s to the next look")
    #expect(left(.seconds(20)) == "~20 s to the next look")
    #expect(left(.seconds(8)) == "~8 s left of the time limit")
    #expect(left(.zero) == "<1 s left of the time limit")
  }
}

@Suite("What is going on in a gate that looks at its rounds now and then")
struct LookStateTests {
  @Test("is told with the look, its rounds, and what needs no more of them")
  func words() {
    #expect("\(LookState(number: 1, rounds: 5, counts: nil))" == "look 1, 5 rounds")
    let second = LookState(number: 2, rounds: 10, counts: (settled: 3, all: 6))
    #expect("\(second)" == "look 2, 10 rounds, 3 of 6 settled")
    #expect(second.settled == "3 of 6 settled")
  }

  @Test("is shown on a terminal as it goes, and in a pipeline once a minute")
  func cadence() {
    let start = SuspendingClock.now
    var terminal = Cadence(.milliseconds(50))
    let shown = (0..<10).count { terminal.isDue(at: start + .milliseconds(20) * $0) }
    #expect(shown == 4)
    var pipeline = Cadence(.seconds(60), since: start)
    let lines = (0...300).filter { pipeline.isDue(at: start + .seconds($0)) }
    #expect(lines == [60, 120, 180, 240, 300])
  }

  @Test("leaves a part of the time limit to each suite, and counts measuring alone")
  func limit() throws {
    let whole = MeasuringTimer(.seconds(60))
    let first = whole.share(of: 3)
    #expect(first.whole == .seconds(20))
    #expect(first.left == .seconds(20) && first.spent == .zero)
    first.counting { #expect(!first.isOver) }
    #expect(first.spent > .zero)
    whole.note(first)
    #expect(whole.left == .seconds(60) - first.spent)
    let last = whole.share(of: 1)
    #expect(last.whole == whole.left)
    // Of a single suite it is what was typed, and none is no end.
    #expect(MeasuringTimer(.seconds(60)).share(of: 1).whole == .seconds(60))
    #expect(MeasuringTimer(nil).share(of: 2).left == nil)
    let over = MeasuringTimer(.nanoseconds(1))
    over.counting {}
    #expect(over.isOver)
  }
}

/// Programs that run in this process, on a terminal that is none.
@Suite("The line of progress")
struct ProgressLineTests {
  let project: Project

  init() throws {
    project = try Project()
    try project.repository.directory.write(
      ".perfconfig",
      "[gate]\nbase = main\n[measure]\nunfit = ignore\n[suite \"default\"]\n"
        + "command = a-benchmark-with-a-name-that-is-long: sleep 0.06\nrounds = 3\n")
    try project.repository.commit("configure", file: "configured.txt")
  }

  /// What was on the line, one after the other.
  private func lines<Settings>(
    of program: Program<Settings>, _ arguments: String..., width: Int?
  ) -> [String] {
    var err = ""
    _ = program.run(
      ProcessContext(
        arguments: arguments, environment: project.programs.environment,
        directory: project.repository.path, out: .init(width: nil) { _ in },
        err: .init(width: width) { err += $0 }))
    return err.components(separatedBy: "\r\u{1B}[K").dropFirst().filter {
      $0.hasPrefix("█")
        || $0.hasPrefix("░")
    }
  }

  @Test("tells the time left after the first launch, and the median after the first round")
  func left() throws {
    let lines = lines(of: .record, width: 100)
    #expect(lines.count == 4)
    #expect(lines[0].hasSuffix("a-benchmark-wit…e-that-is-long warmup 1 of 1"), "\(lines)")
    for (line, word) in zip(lines.dropFirst(), ["last", "median", "median"]) {
      #expect(line.contains(/round \d of 3, (<1|~\d+) s left, [lm]/), "\(line)")
      #expect(line.contains(try Regex("\(word) [0-9.]+ [µm]?s$")), "\(line)")
    }
  }

  @Test("of a gate tells the time to the next look")
  func gate() throws {
    try project.leaveMain()
    let lines = lines(of: .gate, "--measure", "--budget", "1h", width: 100)
    #expect(lines.count > 3)
    for line in lines.dropFirst() {
      #expect(line.contains(/(base|head) \w+ \d+ of \d+, (<1|~\d+) s to the next look/), "\(line)")
    }
  }

  @Test(
    "shortens the name before it gives up a number, and cuts none", arguments: [20, 40, 60, 80])
  func narrow(width: Int) {
    let lines = lines(of: .record, width: width)
    #expect(lines.count == 4)
    for line in lines.dropFirst() {
      #expect(line.count < width)
      #expect(width <= 40 || line.contains(/of 3, (<1|~\d+) s left/), "\(line)")
      #expect(width > 40 || !line.contains("<") && !line.contains("~"), "\(line)")
    }
  }

  @Test("says what is built, in a pipeline too, and what of the time limit building was not")
  func building() throws {
    try project.repository.directory.write(
      ".perfconfig",
      "[gate]\nbase = main\n[measure]\nunfit = ignore\n[suite \"default\"]\n"
        + "command = p: true\nprepare = true\n")
    try project.repository.commit("build", file: "built.txt")
    try project.leaveMain()
    let result = try project.run("perf-gate", "--measure", "--time-limit", "1h")
    #expect(result.err.contains(/preparing base \w+\npreparing head \w+\n/), "\(result.err)")
    #expect(
      result.err.contains(
        /measured for (less than 1|\d+) s of 60m; `prepare` took less than 1 s besides/),
      "\(result.err)")
    let quiet = try project.run("perf-gate", "--measure", "--time-limit", "1h", "--quiet")
    #expect(!quiet.err.contains("prepar"))
  }

  @Test("is not there where nobody sees it")
  func pipe() {
    #expect(lines(of: .record, width: nil).isEmpty)
    #expect(lines(of: .record, "--quiet", width: 80).isEmpty)
  }
}
