import TestSupport
import Testing

/// Remotes, trunks and forks; notes that are newer, lost or of another time.
extension Workflow {
  static let places = [
    Workflow(37, "the trunk has a name that nothing tells") { day in
      try day.record(100)
      try day.git("branch", "--move", "trunk")
      try day.publish("trunk")
      try day.branch(from: "trunk")
      try day.record(101)
      try day.git("branch", "--quiet", "--delete", "--force", "trunk")
      try day.git("update-ref", "-d", "refs/remotes/origin/main")
      try day.gate(2, "no base branch", "git config perf.gate.base <branch>")
      try day.push("topic", 1, "git config perf.gate.base <branch>")
      // A pipeline that runs for a push of the topic has nothing but the topic, and knows the trunk.
      try day.git("update-ref", "-d", "refs/remotes/origin/trunk")
      try day.gate(
        0, "1 unchanged",
        environment: day.event(#"{"repository": {"default_branch": "trunk"}}"#))
    },
    Workflow(38, "a fork whose main is stale, and a topic that follows its own copy") { day in
      try day.record(100)
      let upstream = try ScratchDirectory.bareRepository()
      try day.git("remote", "add", "upstream", upstream.path)
      try day.commit("theirs", at: 150)
      try day.git("push", "--quiet", "--no-verify", "upstream", "main")
      try day.branch()
      try day.record(200)
      try day.git("push", "--quiet", "--no-verify", "origin", "topic:alice/topic")
      try day.git("branch", "--quiet", "--set-upstream-to", "origin/alice/topic")
      try day.git("checkout", "--quiet", "main")
      try day.git("reset", "--quiet", "--hard", "HEAD~1")
      try day.checkout("topic")
      try day.gate(1, "merge-base with upstream/main")
      try day.commit("repaired", at: 150)
      try day.gate(0, "merge-base with upstream/main", "1 unchanged")
      try day.push("topic:alice/topic", 0, "1 unchanged")
    },
    Workflow(39, "a tag is pushed with main, then main is set back") { day in
      try day.record(100)
      try day.commit("next", at: 100)
      try day.git("tag", "v1")
      try day.push(
        "main v1", 0, "main: no regression: 1 unchanged",
        "v1: not judged again: main gets it by this push, and is judged")
      try day.push("+HEAD~1:main", 0, "not judged again: origin/main has it already")
    },
  ]

  static let notes = [
    Workflow(40, "a teammate's perf-record is newer") { day in
      try day.record(100)
      try day.append(#"{"version":9}"#)
      try day.branch()
      try day.record(101)
      try day.gate(0, "1 unchanged")
      try day.append(#"{"version":9}"#)
      try day.gate(4, "newer version (9)")
      try day.push("topic", 1, "newer version (9)", "push refused: measurement unusable")
    },
    Workflow(40, "… and is all that the nearest commit has") { day in
      try day.record(100)
      try day.commit("theirs")
      try day.append(#"{"version":9,"series":[{"benchmark":"print"}]}"#)
      try day.publish()
      try day.branch()
      try day.record(101)
      try day.gate(0, "1 before the merge-base", "1 unchanged")
      // What no number of ours was found for may be there.
      try day.record(["parse": 101, "print": 5])
      try day.gate(3, "newer version (9)", "1 incomparable, 1 unchanged")
    },
    Workflow(41, "the notes are deleted by accident") { day in
      try day.record(100)
      try day.run("perf-sync", "push", "--quiet")
      try day.git("update-ref", "-d", "refs/notes/perf")
      try day.branch()
      try day.record(150)
      try day.gate(3, "no baseline: origin has runs that are not here. perf-sync fetch")
      try day.push("topic", 0, "no baseline: origin has runs that are not here", with: ["-n"])
      try day.run("perf-sync", "fetch", "--quiet")
      try day.gate(1, "1 regression")
    },
    Workflow(41, "a clone brings no notes along") { day in
      try day.record(100)
      try day.run("perf-sync", "push", "--quiet")
      var clone = try day.clone()
      try clone.branch()
      try clone.gate(4, "no result for", "perf-sync fetch")
      try clone.record(150)
      try clone.gate(3, "no baseline: origin has runs that are not here. perf-sync fetch")
      try clone.run("perf-sync", "fetch", "--quiet")
      try clone.gate(1, "1 regression")
    },
    Workflow(41, "the remote has lost its notes") { day in
      try day.record(100)
      try day.run("perf-sync", "push", "--quiet")
      try day.git("push", "--quiet", "--no-verify", "origin", ":refs/notes/perf")
      try day.branch()
      try day.record(101)
      try day.gate(0, "1 unchanged")
      try day.call("perf-sync", ["push"], 0, "this restores 2 runs")
    },
    Workflow(42, "a clock is wrong by minutes, or at 1970") { day in
      try day.record(["parse": 100]) { $0["recordedAt"] = "1970-01-01T00:00:00Z" }
      try day.branch()
      try day.record(["parse": 101]) { $0["recordedAt"] = "2025-12-31T23:55:00Z" }
      try day.gate(0, "1 unchanged", never: "warning")
      try day.commit("slower")
      try day.record(["parse": 150]) { $0["recordedAt"] = "1970-01-01T00:00:00Z" }
      try day.gate(1, "1 regression")
    },
    Workflow(42, "… or at 2099") { day in
      try day.record(["parse": 150]) { $0["recordedAt"] = "2099-01-01T00:00:00Z" }
      for _ in 1...5 { try day.record(100) }
      try day.branch()
      try day.record(150)
      try day.gate(1, "1 regression", "2099")
    },
  ]
}
