import Testing

/// True regressions: accepted, repaired, or on main.
extension Workflow {
  static let accepting = [
    Workflow(15, "it is accepted, and the waiver is committed") { day in
      try day.rules("[gate]\n\tthreshold = 10%\n")
      try day.record(100)
      try day.publish()
      try day.branch()
      try day.record(128)
      try day.push("topic", 1, "push refused: regression")
      try day.accept("parse")
      try day.push("topic", 0, "1 waived", "topic: loosens ")
    },
    Workflow(16, "… and the base's policy counts") { day in
      try day.rules("[gate]\n\tpolicy = base\n")
      try day.record(100)
      try day.publish()
      try day.branch()
      try day.record(128)
      try day.call(
        "perf-gate", ["--accept", "parse", "--reason", "safer parser"], 1, "With yours: status 1")
      try day.commitRules()
      try day.gate(1, "1 regression", "counts once it is on origin/main")
    },
    Workflow(17, "it is repaired by a second commit of the branch") { day in
      try day.record(100)
      try day.branch()
      try day.record(150)
      try day.push("topic", 1, "push refused: regression")
      try day.commit("repaired", at: 100)
      try day.push("topic", 0, "1 unchanged")
    },
  ]

  static let slipping = [
    Workflow(18, "it slips into main and is marked; others work on, until it is repaired") { day in
      try day.record(100)
      try day.commit("slower", at: 150)
      try day.gate(1, "1 regression", with: ["--mark"])
      try day.publish()
      let slower = try day.short()
      try day.branch()
      try day.record(151)
      try day.gate(
        0, "inherited: parse is 5", "% slower on origin/main since \(slower) (marked). ",
        "This change adds ", "to it. Not refused here; origin/main is.")
      try day.commit("slower still", at: 180)
      try day.gate(1, "1 regression")
      try day.checkout("main")
      try day.commit("next", at: 150)
      try day.push("main", 1, "push refused: regression", with: ["--dry-run"])
      try day.gate(1, "1 regression", with: ["--mark"])
      try day.publish()
      try day.commit("repaired", at: 100)
      try day.push("main", 0, "1 unchanged")
      try day.branch("later")
      try day.record(100)
      try day.gate(0, "1 unchanged", never: "inherited")
    },
    Workflow(19, "… or accepted, which lifts the mark") { day in
      try day.record(100)
      try day.commit("slower", at: 128)
      try day.gate(1, with: ["--mark"])
      try day.publish()
      try day.accept("parse")
      try day.gate(0, "nothing is marked", with: ["--marks"])
      try day.push("main", 0, "nothing that is measured changed")
      try day.branch()
      try day.record(128)
      try day.gate(0, "1 unchanged", never: "inherited")
    },
  ]
}
