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
}
