import Testing

/// What git can do to a branch.
extension Workflow {
  static let branches = [
    Workflow(20, "the message is amended, the README too") { day in
      try day.record(100)
      try day.branch()
      try day.record(101)
      try day.git("commit", "--quiet", "--amend", "--message", "better words")
      try day.gate(0, "1 unchanged")
      try day.commit("say more", file: "README.md")
      try day.gate(0, "1 unchanged")
      try day.git("commit", "--quiet", "--amend", "--message", "better words")
      try day.push("topic", 0, "1 unchanged")
      try day.commit("slower", at: 150)
      try day.commit("say still more", file: "README.md")
      try day.push("topic", 1, "push refused: regression")
    },
    Workflow(21, "the branch is rebased onto a newer main") { day in
      try day.record(100)
      try day.branch()
      try day.record(101)
      try day.checkout("main")
      try day.commit("newer", at: 100)
      try day.publish()
      try day.checkout("topic")
      try day.git("rebase", "--quiet", "main")
      try day.push("topic", 0, "topic: not judged: no result for \(try day.short())")
    },
    Workflow(22, "a pull request on a pull request") { day in
      try day.record(100)
      try day.branch("below")
      try day.record(150)
      try day.publish("below")
      try day.branch("above", from: "below")
      try day.git("branch", "--quiet", "--set-upstream-to", "origin/below")
      try day.record(151)
      try day.gate(0, "merge-base with origin/below", "1 unchanged")
      try day.push("above", 0, "1 unchanged")
      try day.git("branch", "--quiet", "--unset-upstream")
      try day.gate(1, "merge-base with origin/main")
    },
    Workflow(23, "main got slower unmeasured, and is merged into the topic") { day in
      try day.record(100)
      let measured = try day.short()
      try day.branch()
      try day.checkout("main")
      try day.commit("theirs")
      try day.publish()
      let theirs = try day.short()
      try day.checkout("topic")
      try day.git("merge", "--quiet", "--no-edit", "main")
      try day.record(150)
      try day.gate(
        1,
        "regression, perhaps not yours: 1 commit of origin/main after the baseline "
          + "(\(measured)..\(theirs)) was never measured. Decide it in pairs: perf-gate --measure",
        never: "certain")
    },
    Workflow(24, "a topic is squashed into main") { day in
      try day.record(100)
      try day.branch()
      try day.record(101)
      try day.checkout("main")
      try day.git("merge", "--quiet", "--squash", "topic")
      try day.git("commit", "--quiet", "--message", "squashed")
      try day.push("main", 0, "1 unchanged")
    },
    Workflow(24, "the second entry of a merge queue") { day in
      try day.record(100)
      let main = try day.git("rev-parse", "HEAD")
      let first = try day.commit("first entry")
      try day.record(150)
      let second = try day.commit("second entry")
      try day.record(150)
      try day.git("checkout", "--quiet", "--detach")
      try day.git("branch", "--quiet", "--force", "main", main)
      try day.gate(
        0, "the merge queue's base", "1 unchanged",
        environment: day.mergeQueue(base: first, head: second))
      try day.git("checkout", "--quiet", first)
      try day.gate(1, "1 regression", environment: day.mergeQueue(base: main, head: first))
    },
    Workflow(25, "a commit of main is picked for a release branch") { day in
      try day.record(100)
      try day.branch("release/1.2")
      try day.record(150)
      try day.publish("release/1.2")
      try day.checkout("main")
      try day.commit("repair", at: 100)
      try day.publish()
      try day.git("config", "--add", "perf.gate.base", "main")
      try day.git("config", "--add", "perf.gate.base", "release/*")
      try day.branch("picked", from: "release/1.2")
      try day.git("cherry-pick", "main")
      try day.record(151)
      try day.gate(0, "merge-base with origin/release/1.2", "1 unchanged")
      try day.push("picked", 0, "1 unchanged")
    },
    Workflow(26, "it is reverted, and the same lands again") { day in
      try day.record(100)
      try day.commit("slower", at: 150)
      try day.publish()
      try day.git("revert", "--no-edit", "HEAD")
      try day.push("main", 0, "1 improvement")
      try day.git("revert", "--no-edit", "HEAD")
      try day.push("main", 1, "push refused: regression")
    },
  ]
}
