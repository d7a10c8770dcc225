import Testing

/// Benchmarks and rules that come, go and change.
extension Workflow {
  static let names = [
    Workflow(27, "a benchmark is renamed without an alias, then with one") { day in
      try day.rules("[gate]\n\tthreshold = 10%\n")
      try day.record(["old": 100])
      try day.publish()
      try day.branch()
      try day.record(["new": 101])
      try day.gate(4, "renamed: now called new?", "keeps its history with `alias = <old name>`")
      try day.rules("[gate]\n\tthreshold = 10%\n[benchmark \"new\"]\n\talias = old\n")
      try day.gate(0, "alias of new: not set → old", "1 unchanged", never: "certain")
      try day.commit("slower")
      try day.record(["new": 150])
      try day.gate(1, "1 regression", never: "certain")
    },
    Workflow(29, "a benchmark is added, and a suite") { day in
      try day.record(100)
      try day.branch()
      try day.record(["parse": 101, "print": 5])
      try day.gate(0, "1 new, 1 unchanged")
      try day.record(["load": 3], ["--suite", "extra"])
      try day.gate(0, "2 new, 1 unchanged")
    },
  ]

  static let changes = [
    Workflow(31, "a threshold is tightened, loosened, and loose for what is new") { day in
      try day.rules("[gate]\n\tthreshold = 10%\n")
      try day.record(100)
      try day.publish()
      try day.branch("tighter")
      try day.rules("[gate]\n\tthreshold = 6%\n")
      try day.record(100)
      try day.gate(0, "1 unchanged", never: "oosen")
      try day.branch("looser")
      try day.rules("[gate]\n\tthreshold = 60%\n")
      try day.record(150)
      try day.gate(0, "10 % → 60 %")
      try day.branch("newer")
      try day.rules("[gate]\n\tthreshold = 10%\n[benchmark \"print\"]\n\tthreshold = 60%\n")
      try day.record(["parse": 100, "print": 5])
      try day.gate(0, "1 new, 1 unchanged", never: "→ 60 %")
    },
    Workflow(32, "words change, and nothing that is measured") { day in
      try day.program(nanoseconds: 100)
      try day.rules(Day.suite)
      try day.publish()
      try day.run("perf-record", "--quiet")
      let launches = day.launches
      try day.branch("words")
      try day.git("checkout", "--quiet", "--detach", "main")
      for file in ["README.md", "LICENSE", "docs/index.rst"] {
        try day.commit("say more in \(file)", file: file)
      }
      try day.git("checkout", "--quiet", "-B", "words")
      try day.gate(0, "nothing that is measured changed")
      try day.push("words", 0, "nothing that is measured changed")
      try day.gate(0, "nothing that is measured changed", with: ["--measure"])
      try day.expect(day.launches == launches)
    },
    Workflow(32, "a lock file changes, and is measured") { day in
      try day.program(nanoseconds: 100)
      try day.rules(Day.suite)
      try day.publish()
      try day.run("perf-record", "--quiet")
      let launches = day.launches
      try day.git("checkout", "--quiet", "-b", "locks")
      try day.commit("update", file: "Cargo.lock")
      try day.gate(4, "no result for")
      try day.gate(0, "1 unchanged", with: ["--measure"])
      try day.expect(day.launches > launches)
    },
  ]

  static let monorepos = [
    Workflow(33, "of three suites one was recorded") { day in
      for suite in ["core", "tools", "users"] { try day.record(100, "--suite", suite) }
      try day.branch()
      try day.record(101, "--suite", "core")
      try day.gate(0, "suite tools was not recorded here", "suite users was not recorded here")
      try day.push("topic", 0, "suite tools was not recorded here", "suite users was not")
    },
    Workflow(33, "nightly numbers beside those of every commit") { day in
      try day.record(100, "--suite", "fast")
      try day.record(1000, "--suite", "nightly")
      for place in 1...3 {
        try day.commit("main \(place)")
        try day.record(100, "--suite", "fast")
      }
      try day.publish()
      try day.branch()
      try day.record(101, "--suite", "fast")
      try day.record(1500, "--suite", "nightly")
      try day.gate(1, "3 before the merge-base with origin/main", "1 regression", "1 unchanged")
    },
    Workflow(34, "one of four jobs failed, and ran again") { day in
      try day.record(["a": 10, "b": 10, "c": 10, "d": 10, "e": 10])
      try day.branch()
      for (place, name) in ["a", "b", "c"].enumerated() {
        try day.record([name: 10], ["--session", "ci-7", "--shard", "\(place + 1)/4"])
      }
      try day.record(["e": 10], ["--session", "ci-7", "--shard", "4/4"]) { run in
        run["recordedAt"] = "2026-01-01T18:02:00Z"
        run["failures"] = [["benchmark": "d", "reason": "ended by signal 9"]]
      }
      try day.gate(4, "ended by signal 9")
      try day.record(["d": 10, "e": 10], ["--session", "ci-7", "--shard", "4/4"])
      try day.gate(0, "d failed at 18:02 (ended by signal 9), then 10 of 10", "5 unchanged")
    },
  ]
}
