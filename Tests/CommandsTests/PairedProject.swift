import Foundation
import TestSupport

/// A repository whose branches `main` and `topic` each have a `program` to measure, and what is
/// needed to look at the folders that they are measured in.
struct PairedProject {
  let project: Project
  /// Where folders are that are there for the time being.
  let temporary: ScratchDirectory
  var repository: TemporaryRepository { project.repository }

  /// On topic.
  ///
  /// - Parameters:
  ///   - settings: Of the suite.
  ///   - program: What it is on either branch, by its name and where the repository is.
  init(
    settings: String = "rounds = 1\nwarmup = 0\n",
    program: (_ branch: String, _ path: String) -> String = { _, _ in "exit 0" }
  ) throws {
    project = try Project()
    temporary = try ScratchDirectory()
    try repository.git("config", "perf.measure.unfit", "ignore")
    try repository.directory.write(
      ".perfconfig",
      "[suite \"default\"]\ncommand = it: ./program\nprepare = ./prepare\n\(settings)")
    try executable("program", program("main", repository.path))
    try executable("prepare", "exit 0")
    try repository.commit("on main")
    try repository.git("checkout", "--quiet", "-b", "topic")
    try executable("program", program("topic", repository.path))
    try repository.commit("on topic")
  }

  /// A script, in the work tree where no other place is named.
  func executable(_ name: String, _ script: String) throws {
    try repository.directory.writeExecutable(name, "#!/bin/sh\n\(script)\n")
  }

  func record(_ options: String...) throws -> Subprocess {
    try project.run(
      "perf-record", ["--quiet", "--paired", "main"] + options,
      environment: ["TMPDIR": temporary.path])
  }

  /// What a script writes to record the same while it is being measured or prepared itself, once;
  /// status and messages go into files below `.git`.
  func recordingMeanwhile(_ options: String) -> String {
    """
    cd '\(repository.path)'
    mkdir .git/meanwhile 2>/dev/null || exit 0
    perf-record --quiet --paired main \(options) 2>.git/meanwhile/err
    echo $? >.git/meanwhile/status
    """
  }

  func meanwhile(_ name: String) throws -> String {
    try repository.directory.read(".git/meanwhile/\(name)")
  }

  /// Whether git knows of no other work tree, and no folder is left.
  var isTidy: Bool { get throws { try project.isTidy(temporary) } }
}
