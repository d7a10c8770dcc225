import Foundation
import TestSupport
import Testing

@Suite("Work trees that recordings left, and those of others", .serialized)
struct LeftoverTests {
  let paired: PairedProject
  var repository: TemporaryRepository { paired.repository }

  init() throws { paired = try PairedProject() }

  /// What git has on record below `.git/worktrees`.
  private var entries: [String] {
    let folder = "\(repository.path)/.git/worktrees"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// Has a script check the program out, from its standard input to its standard output.
  private func smudge(_ script: String) throws {
    try repository.directory.write(".git/info/attributes", "program filter=test\n")
    try repository.git("config", "filter.test.smudge", script)
    try repository.git("config", "filter.test.required", "true")
  }

  @Test("a git worktree add that fails leaves nothing, and its reason is told")
  func failed() throws {
    try smudge("echo no such key >&2; false")
    let result = try paired.record()
    #expect(result.status == 5)
    #expect(result.err.hasPrefix("error: `git worktree add` failed\n"), "\(result.err)")
    #expect(result.err.contains("  | no such key\n"), "\(result.err)")
    #expect(
      result.err.contains("\nhint: try it by hand: `git -c core.hooksPath=/dev/null worktree add "),
      "\(result.err)")
    #expect(try paired.isTidy)
  }

  @Test("a hook of the repository refuses nothing: none runs there")
  func hookless() throws {
    try paired.executable(".git/hooks/post-checkout", "touch '\(repository.path)/.git/ran'; exit 7")
    let result = try paired.record()
    #expect(result.status == 0, "\(result.err)")
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/.git/ran"))
    #expect(try paired.isTidy)
  }

  @Test("one that is killed is told as such, and leaves nothing")
  func gitKilled() throws {
    // A child of git's checks out.
    try smudge("kill -KILL $(ps -o ppid= -p $PPID); sleep 1")
    let result = try paired.record()
    #expect(result.status == 5)
    #expect(
      result.err.hasPrefix("error: `git worktree add` was killed by SIGKILL\n"), "\(result.err)")
    #expect(try paired.isTidy)
  }

  @Test("a submodule that cannot be fetched leaves nothing")
  func submodule() throws {
    try repository.directory.write(
      ".gitmodules", "[submodule \"x\"]\npath = x\nurl = \(repository.path)/.git/nosuch\n")
    try repository.directory.write("x/.keep", "")
    try FileManager.default.removeItem(atPath: "\(repository.path)/x/.keep")
    let head = try repository.git("rev-parse", "HEAD")
    try repository.git("update-index", "--add", "--cacheinfo", "160000,\(head),x")
    try repository.commit("with a submodule")
    let result = try paired.record()
    #expect(result.status == 5)
    #expect(result.err.contains("error: `git submodule update` failed"), "\(result.err)")
    #expect(try paired.isTidy)
  }

  #if os(Linux)
    @Test("a recorder that is killed while git checks out leaves nothing")
    func killed() throws {
      try smudge("kill -KILL $(cat '\(repository.path)/.git/recorder'); cat")
      let killed = try Subprocess.run(
        "/bin/sh", ["-c", "echo $$ >.git/recorder; exec perf-record --paired main"],
        in: repository.url,
        environment: paired.project.programs.environment.merging(
          ["TMPDIR": paired.temporary.path]) { $1 })
      #expect(killed.status == SIGKILL)
      for _ in 0..<1000 where try !paired.isTidy { usleep(10_000) }
      #expect(try paired.isTidy)
    }
  #endif

  /// How far a recording had come, or its end, when it died.
  enum Left: CaseIterable {
    case entryWithoutPlace, entry, entryAndFolder
  }

  @Test("what a dead recording left is cleared away by the next", arguments: Left.allCases)
  func dead(left: Left) throws {
    let name = "perf-0123456789abcdef-head"
    let folder = "\(paired.temporary.path)/\(name)"
    try repository.git("worktree", "add", "--quiet", "--detach", "--lock", folder)
    if left != .entryAndFolder { try FileManager.default.removeItem(atPath: folder) }
    if left == .entryWithoutPlace {
      let place = "\(repository.path)/.git/worktrees/\(name)/gitdir"
      try FileManager.default.removeItem(atPath: place)
    }
    let result = try paired.record()
    #expect(result.status == 0, "\(result.err)")
    #expect(try paired.isTidy)
  }

  @Test("a work tree of somebody else stays, even where its folder is not to be found just now")
  func foreign() throws {
    let names = ["mine", "perf-mine-base", "perf-0123456789abcdef-other"]
    for name in names {
      let folder = "\(paired.temporary.path)/\(name)"
      try repository.git("worktree", "add", "--quiet", "--detach", folder)
      if name == "mine" { try FileManager.default.removeItem(atPath: folder) }
    }
    #expect(try paired.record().status == 0)
    #expect(entries == names.sorted())
    let left = try FileManager.default.contentsOfDirectory(atPath: paired.temporary.path)
    #expect(left.sorted() == names.dropFirst().sorted())
  }

  @Test("two recordings at once do not take each other's away, whatever they call their session")
  func alive() throws {
    try paired.executable("program", paired.recordingMeanwhile("--session same"))
    try repository.commit("records the same meanwhile")
    let result = try paired.record("--session", "same")
    #expect(result.status == 0, "\(result.err)")
    let (status, err) = (try paired.meanwhile("status"), try paired.meanwhile("err"))
    #expect(status == "0\n", "\(err)")
    #expect(try paired.isTidy)
  }
}
