import Foundation
import TestSupport
import Testing

/// Days that rest on what is measured, required and accepted by name.
@Suite("Days of definitions, required suites and accepted removals")
struct LaterWorkflowTests {
  @Test("each as it should", arguments: Workflow.later)
  func day(_ workflow: Workflow) throws {
    var day = try Day()
    try workflow.body(&day)
  }
}

extension Workflow {
  static let later = [
    Workflow(3, "adopting by a pull request that brings the program along") { day in
      try day.branch()
      try day.program(nanoseconds: 100)
      try day.rules(Day.suite)
      try day.gate(0, "first rules: suite", "1 new", with: ["--measure"])
    },
    Workflow(4, "the suite is too slow for the time limit") { day in
      // After two rounds of both sides each launch waits for what nobody writes.
      try day.executable(
        "bench",
        """
        echo x >>"$OUTSIDE/launches"
        test $(wc -l <"$OUTSIDE/launches") -gt 4 && { mkfifo "$OUTSIDE/$$"; read x <"$OUTSIDE/$$"; }
        echo "BenchmarkParse 1 100 ns/op"
        """)
      try day.rules(Day.suite)
      try day.publish()
      try day.branch()
      try day.gate(
        4, "10s were enough for 2 rounds of 1 benchmark; 3 are the least, 5 decide: --time-limit ",
        with: ["--measure", "--time-limit", "10s"], environment: ["OUTSIDE": day.outside.path])
    },
    Workflow(11, "CI measures only, and the job runs again") { day in
      try day.program(nanoseconds: 100)
      try day.rules(Day.suite)
      try day.publish()
      try day.branch()
      try day.program(nanoseconds: 103)
      try day.commit("a little slower")
      try day.gate(0, "1 unchanged", with: ["--measure"])
      let launches = day.launches
      // It goes on to the next look, over the pairs that are stored.
      try day.gate(0, "1 unchanged", with: ["--measure"])
      try day.expect(day.launches > launches)
      try day.gate(0, "1 unchanged")
    },
    Workflow(27, "an alias is among the first rules") { day in
      try day.record(["old": 100])
      try day.branch()
      try day.rules("[benchmark \"new\"]\n\talias = old\n")
      try day.record(["new": 150])
      try day.gate(1, "first rules: benchmark.alias", "1 regression", never: "certain")
    },
    Workflow(28, "a benchmark is deleted, and that is accepted") { day in
      try day.record(["p": 100, "q": 10])
      try day.branch()
      try day.record(["p": 101])
      try day.gate(
        4, "q is no longer measured (origin/main: 10 rounds on ",
        "Meant so: perf-gate --accept q --reason <why>")
      try day.accept("q", failing: 4, saying: "With yours: status 0")
      try day.gate(0, "q", "permitted until")
      try day.checkout("main")
      try day.git("merge", "--quiet", "--ff-only", "topic")
      try day.publish()
      try day.branch("later")
      try day.record(["p": 100])
      try day.gate(0, "1 unchanged", "take this out", never: "missing")
    },
    Workflow(30, "other work has the same name, on purpose") { day in
      try day.program(nanoseconds: 100)
      try day.rules(Day.suite)
      try day.publish()
      try day.run("perf-record", "--quiet")
      try day.branch()
      try day.program(nanoseconds: 400)
      try day.rules(Day.suite.replacingOccurrences(of: "./bench", with: "./bench --size 4"))
      try day.run("perf-record", "--quiet")
      try day.gate(
        1, "is measured with other work than on origin/main (command: ",
        "is not a comparison. Same work on both sides: perf-gate --measure. Meant so: perf-gate "
          + "--accept Parse --reason <why>", never: "certain")
      try day.accept("Parse", saying: "With yours: ")
      try day.gate(0, "1 waived")
    },
    Workflow(33, "nightly is not required, and was not recorded") { day in
      try day.rules("[suite \"nightly\"]\n\tcommand = true\n\trequired = false\n")
      try day.record(100, "--suite", "fast")
      try day.record(1000, "--suite", "nightly")
      try day.publish()
      try day.branch()
      try day.record(101, "--suite", "fast")
      try day.gate(0, "1 unchanged", "suite nightly was not recorded here")
    },
    Workflow(33, "… or is required") { day in
      try day.rules("[suite \"nightly\"]\n\tcommand = true\n\trequired = true\n")
      try day.record(100, "--suite", "fast")
      try day.record(1000, "--suite", "nightly")
      try day.publish()
      try day.branch()
      try day.record(101, "--suite", "fast")
      try day.gate(4, "nightly")
    },
  ]
}
