import Foundation
import TestSupport
import Testing

@Suite("The folders that --keep-builds keeps", .serialized)
struct KeptBuildsTests {
  let paired: PairedProject
  var repository: TemporaryRepository { paired.repository }

  init() throws { paired = try PairedProject() }

  @Test("are used by one recording at a time: another is told at once, and prepares nothing")
  func inUse() throws {
    try paired.executable("program", paired.recordingMeanwhile("--keep-builds"))
    try paired.executable("prepare", "echo x >>'\(repository.path)/.git/prepared'")
    try repository.commit("records the same meanwhile")
    #expect(try paired.record("--keep-builds").status == 0)
    #expect(try paired.meanwhile("status") == "4\n")
    #expect(
      try paired.meanwhile("err") == """
        error: another recording uses the folders that --keep-builds keeps
        hint: wait for its end, or measure without --keep-builds
        perf-record: measurement unusable

        """)
    #expect(try repository.directory.read(".git/prepared") == "x\n")
  }

  @Test("are free again when the recording that used them was killed")
  func killed() throws {
    try paired.executable("program", "kill -KILL $(cat '\(repository.path)/.git/recorder')")
    try repository.commit("kills its recorder")
    let script = "echo $$ >.git/recorder; exec perf-record --paired main --keep-builds"
    let killed = try Subprocess.run(
      "/bin/sh", ["-c", script], in: repository.url,
      environment: paired.project.programs.environment)
    #expect(killed.status == SIGKILL)
    try paired.executable("program", "exit 0")
    try repository.commit("ends")
    let result = try paired.record("--keep-builds")
    #expect(result.status == 0, "\(result.err)")
  }

  /// What became of the folder of the base, and what a recording says then.
  struct Damage: CustomTestStringConvertible {
    let testDescription: String
    /// For a shell in the repository.
    let script: String

    static let all = [
      Damage(testDescription: "no .git", script: "rm .git/perf/builds/base/.git"),
      Damage(testDescription: "an empty .git", script: ": >.git/perf/builds/base/.git"),
      Damage(testDescription: "nothing that git keeps of it", script: "rm -r .git/worktrees/base"),
      Damage(testDescription: "half of what git keeps", script: "rm .git/worktrees/base/HEAD"),
      Damage(testDescription: "no folder", script: "rm -r .git/perf/builds/base"),
      Damage(testDescription: "an add that was killed", script: "touch .git/worktrees/base/locked"),
    ]
  }

  @Test("are made anew where they are broken", arguments: Damage.all)
  func broken(damage: Damage) throws {
    #expect(try paired.record("--keep-builds").status == 0)
    try repository.directory.write(".git/perf/builds/base/stale", "")
    let script = try Subprocess.run("/bin/sh", ["-c", damage.script], in: repository.url)
    #expect(script.status == 0, "\(script.err)")
    let result = try paired.record("--keep-builds")
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.isEmpty)
    #expect(throws: (any Error).self) {
      try repository.directory.read(".git/perf/builds/base/stale")
    }
    #expect(try repository.git("worktree", "list").split(separator: "\n").count == 3)
  }

  @Test("are used as they are after a git in them was killed")
  func staleLock() throws {
    #expect(try paired.record("--keep-builds").status == 0)
    try repository.directory.write(".git/perf/builds/base/built", "")
    try repository.directory.write(".git/worktrees/base/index.lock", "")
    let result = try paired.record("--keep-builds")
    #expect(result.status == 0, "\(result.err)")
    #expect(try repository.directory.read(".git/perf/builds/base/built").isEmpty)
  }

  @Test("are named where git cannot bring them to the commit, with what to do")
  func refused() throws {
    #expect(try paired.record("--keep-builds").status == 0)
    try repository.directory.write(".git/info/attributes", "program filter=test\n")
    try repository.git("config", "filter.test.smudge", "echo not here >&2; false")
    try repository.git("config", "filter.test.required", "true")
    try FileManager.default.removeItem(atPath: "\(repository.path)/.git/perf/builds/base/program")
    let result = try paired.record("--keep-builds")
    #expect(result.status == 5)
    #expect(result.err.contains("  | not here\n"), "\(result.err)")
    let folder = "\(repository.path)/.git/perf/builds/base"
    #expect(result.err.contains("hint: remove '\(folder)', and it is made anew\n"), "\(result.err)")
  }
}
