import Testing

/// Before there is a history, and without the machine that has it.
extension Workflow {
  static let adopting = [
    Workflow(1, "an old repository whose first recording is pushed with main") { day in
      try day.commit("now", at: 100)
      try day.push("main", 0, "no baseline yet: origin/main has no number of this machine")
    },
    Workflow(2, "a .perfconfig that is written and not committed") { day in
      try day.record(100)
      try day.branch()
      try day.record(106)
      try day.write(".perfconfig", "[gate]\n\tthreshold = 2%\n")
      try day.gate(
        0, ".perfconfig here is not committed: judged by HEAD's. With yours: parse regression, ",
        "status 1 (try: --rules worktree; for good: git commit .perfconfig, nothing needs")
    },
    Workflow(3, "adopting by a pull request that measures what the base has, too") { day in
      try day.program(nanoseconds: 100)
      try day.commit("the program")
      try day.publish()
      try day.branch()
      try day.rules(Day.suite)
      try day.gate(0, "first rules: suite", "1 unchanged", with: ["--measure"])
      try day.branch("slower", from: "topic")
      try day.program(nanoseconds: 200)
      try day.commit("slower")
      try day.gate(1, "first rules: suite", "1 regression", with: ["--measure"])
    },
  ]

  static let laptops = [
    Workflow(5, "the tip was never recorded") { day in
      try day.record(100)
      try day.branch()
      let tip = try day.short()
      try day.push("topic", 0, "topic: not judged: no result for \(tip)")
    },
    Workflow(6, "one benchmark of the suite was recorded at the tip") { day in
      let letters = "pqrstuvwxyzabcd".map { (String($0), 100.0) }
      try day.record(Dictionary(uniqueKeysWithValues: letters))
      try day.branch()
      try day.record(part: "--name p", ["p": 101])
      let told =
        "measured here: 1 of 15 benchmarks of suite default (p); 14 not measured again: a, b, c "
        + "and 11 more. All: perf-record"
      try day.push("topic", 0, told, with: ["--dry-run"])
      try day.gate(4, told)
      try day.gate(0, with: ["--only", "p"])
      try day.git("config", "perf.hook.missing", "fail")
      try day.push("topic", 1, told, "push refused: measurement unusable")
      try day.git("config", "perf.hook.missing", "warn")
      try day.commit("slower")
      try day.record(part: "--name p", ["p": 150])
      try day.push("topic", 1, "push refused: regression")
    },
    Workflow(7, "the whole suite was recorded, and main's numbers are another machine's") { day in
      try day.machine("ci")
      try day.record(100)
      let main = try day.short()
      try day.machine("laptop")
      try day.branch()
      try day.record(150)
      try day.push(
        "topic", 0, "topic: not judged: origin/main's numbers are from other machines (", "ci; ",
        "Pushed. To be judged here: perf-record at \(main) once, or perf-gate --measure",
        with: ["--dry-run"])
      try day.git("config", "perf.hook.missing", "fail")
      try day.push("topic", 1, "push refused: nothing to compare with")
    },
    Workflow(8, "something odd was recorded on main once, by a typed command") { day in
      try day.record(100)
      try day.record(part: "perf-record -- odd", ["odd": 5])
      try day.branch()
      try day.record(101)
      try day.push("topic", 0, "1 unchanged", with: ["--dry-run"], never: "missing")
      try day.checkout("main")
      for place in 1...2 {
        try day.commit("main \(place)")
        try day.record(part: "perf-record -- odd", ["odd": 5])
      }
      try day.publish()
      try day.branch("owing")
      try day.record(101)
      // What two of the last ten recorded commits have is no accident.
      try day.gate(4, "odd", "1 missing")
    },
  ]
}
