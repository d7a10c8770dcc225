import Foundation
import Intake
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

  @Test("of a gate goes to the next look, or to the end of the budget if that is sooner")
  func gate() {
    func left(_ budget: Duration?) -> String {
      "\(TimeLeft.untilLook(in: .seconds(20), budget: budget))"
    }
    #expect(left(nil) == "~20 s to the next look")
    #expect(left(.seconds(20)) == "~20 s to the next look")
    #expect(left(.seconds(8)) == "~8 s left of the budget")
    #expect(left(.zero) == "<1 s left of the budget")
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
      Invocation(
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

  @Test("is not there where nobody sees it")
  func pipe() {
    #expect(lines(of: .record, width: nil).isEmpty)
    #expect(lines(of: .record, "--quiet", width: 80).isEmpty)
  }
}
