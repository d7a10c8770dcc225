import Foundation
import TestSupport

/// A repository with eight commits of a small program, which `prepare` builds. Version n, on the
/// commit with the tag `vn`, writes n into a log when it is launched.
struct BackfillProject {
  let project: Project
  /// The place of temporary work trees.
  let temporary: ScratchDirectory
  var repository: TemporaryRepository { project.repository }

  init(settings: String = "rounds = 2\nwarmup = 0\n") throws {
    project = Project(try TemporaryRepository())
    temporary = try ScratchDirectory()
    try repository.git("config", "perf.measure.unfit", "ignore")
    try repository.directory.write(
      ".perfconfig",
      "[suite \"default\"]\ncommand = it: ./program\nprepare = sh build.sh\n\(settings)")
    try repository.directory.write("build.sh", "cp source program && chmod +x program\n")
    try repository.directory.write(".gitignore", "program\n")
    for version in 1...8 { try commit(version) }
  }

  /// Adds the commit of a version.
  ///
  /// - Parameter script: More of the program.
  func commit(_ version: Int, _ script: String = "") throws {
    try repository.directory.write(
      "source", "#!/bin/sh\necho \(version) >>'\(repository.path)/.git/log'\n\(script)\n")
    try repository.commit("version \(version)")
    try repository.git("tag", "--force", "v\(version)")
  }

  /// Makes the history anew, with more in the program or the build of some versions.
  func rewrite(
    from version: Int, program: [Int: String] = [:], build: [Int: String] = [:]
  ) throws {
    try repository.git("reset", "--quiet", "--hard", "v\(version)~1")
    let usual = try repository.directory.read("build.sh")
    for version in version...8 {
      try repository.directory.write("build.sh", build[version] ?? usual)
      try commit(version, program[version] ?? "")
    }
  }

  func record(_ options: String...) throws -> Subprocess {
    try project.run(
      "perf-record", ["--backfill"] + options, environment: ["TMPDIR": temporary.path])
  }

  /// The versions in the order of their launches.
  var launches: [String] {
    ((try? repository.directory.read(".git/log")) ?? "").split(separator: "\n").map(String.init)
  }

  /// The runs in the note of a commit.
  func runs(_ revision: String) throws -> [[String: Any]] {
    guard let note = try? repository.note(revision) else { return [] }
    return try note.split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  /// The versions whose commits have runs.
  var measured: [Int] { get throws { try (1...8).filter { try !runs("v\($0)").isEmpty } } }

  /// True if git knows of no other work tree, and no folder is left.
  var isTidy: Bool { get throws { try project.isTidy(temporary) } }
}
