import Testing

/// Machines that come and go, and recordings that failed or disagree.
///
/// Row 10, which needs two machines that measured in pairs, row 35, one process a side, and row 36,
/// tasks of three rounds, follow with the statistics of what lies between sessions.
extension Workflow {
  static let runners = [
    Workflow(9, "hosted runners of four models record main and pull requests") { day in
      for (place, cpu) in ["EPYC 7763", "EPYC 9V74", "Xeon 8370C", "Xeon 8272CL"].enumerated() {
        if place > 0 { try day.commit("main \(place)") }
        try day.record(100 + 20 * Double(place), cpu: cpu)
      }
      try day.publish()
      try day.branch()
      try day.record(101, cpu: "EPYC 7763")
      try day.gate(0, "3 before the merge-base with origin/main", "1 unchanged")
      try day.commit("slower")
      try day.record(120, cpu: "EPYC 7763")
      try day.gate(1, "1 regression", "perhaps not yours: 3 commits of origin/main")
      try day.branch("other")
      try day.record(100, cpu: "EPYC 7R13")
      try day.gate(3, "measured on other machines only", "perf-gate --measure")
    },
    Workflow(12, "a self-hosted runner is replaced") { day in
      try day.program(nanoseconds: 100)
      try day.rules(Day.suite)
      try day.publish()
      try day.machine("old")
      try day.run("perf-record", "--quiet")
      try day.machine("new")
      try day.branch()
      try day.run("perf-record", "--quiet")
      try day.gate(3, "labels: runner=old / runner=new")
      try day.gate(0, "1 unchanged", with: ["--measure"])
      try day.branch("later")
      try day.run("perf-record", "--quiet")
      try day.checkout("main")
      try day.run("perf-record", "--quiet")
      try day.checkout("later")
      try day.gate(0, "1 unchanged")
    },
    Workflow(13, "a false alarm by stored runs, recorded again") { day in
      try day.record(100)
      try day.branch()
      try day.record(125)
      try day.gate(1, "1 regression")
      for _ in 1...3 { try day.record(101) }
      try day.gate(
        0, "4 recordings of this commit disagree: ", "+25 % (",
        "All count. Pairs decide over all: perf-gate --measure")
    },
    Workflow(14, "a benchmark crashed once, and was recorded again") { day in
      try day.record(["p": 100, "q": 10])
      try day.branch()
      try day.record(["q": 10]) { run in
        run["recordedAt"] = "2026-01-01T18:02:00Z"
        run["failures"] = [["benchmark": "p", "reason": "ended by signal 9"]]
      }
      try day.gate(4, "ended by signal 9")
      try day.record(["p": 100, "q": 10])
      try day.gate(
        0, "p failed at 18:02 (ended by signal 9), then 10 of 10 launches succeeded at ",
        "2 unchanged")
    },
    Workflow(14, "the runner died once, and another job recorded all") { day in
      try day.record(100)
      try day.branch()
      try day.record(["parse": 100]) { run in
        run["recordedAt"] = "2026-01-01T18:02:00Z"
        run["part"] = "it ended early"
        run["failures"] = [["reason": "the runner was shut down"]]
      }
      try day.gate(4, "the runner was shut down")
      try day.record(100)
      try day.gate(0, "suite default failed at 18:02 (the runner was shut down)", "1 unchanged")
    },
  ]
}
