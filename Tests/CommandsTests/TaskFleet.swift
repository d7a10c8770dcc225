import Foundation
import TestSupport
import Testing

/// Tasks that agents carry out, as a table that perf-record imports.
struct TaskFleet {
  /// The solved attempts of each task.
  var solved: [Int]
  var attempts = 3
  /// The name of the metric that says whether a task was solved.
  var outcome = "success"
  /// What an attempt that solves its task costs, and one that does not.
  var dollars = (solved: 0.5, failed: 0.5)

  /// One row for each number of each attempt. Costs differ from task to task, and a little between
  /// recordings: no two recordings are the same file.
  func csv(recording: Int = 0) -> String {
    var rows = ["benchmark,metric,unit,better,value,round,agent"]
    for (task, count) in solved.enumerated() {
      for attempt in 0..<attempts {
        let isSolved = attempt < count
        let head = "task-\(task)"
        let tail = "\(attempt),\(["dev", "qa"][task % 2])"
        let cost =
          (isSolved ? dollars.solved : dollars.failed)
          * (1 + 0.02 * Double((task * 7 + attempt * 3 + recording) % 11))
        rows.append("\(head),\(outcome),1,higher,\(isSolved ? 1 : 0),\(tail)")
        rows.append("\(head),cost,USD,lower,\(cost),\(tail)")
      }
    }
    return rows.joined(separator: "\n") + "\n"
  }
}

extension Project {
  /// Stores the attempts of a fleet for HEAD.
  @discardableResult
  func record(_ fleet: TaskFleet, recording: Int = 0, _ options: String...) throws -> Subprocess {
    try run(
      "perf-record", ["--quiet", "--import", "-"] + options, input: fleet.csv(recording: recording))
  }

  func configure(_ text: String) throws {
    try repository.directory.write(".perfconfig", text)
    try repository.git("add", ".perfconfig")
    try repository.git("commit", "--quiet", "-m", "rules")
  }
}
