import Foundation
import TestSupport
import Testing

/// Programs that do not end by themselves, and recorders that are ended.
@Suite("A recording ends what it began", .serialized)
struct RecordEndingTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws { project = try Project() }

  private func record(_ script: String, _ options: String...) throws -> Subprocess {
    try project.run("perf-record", ["--rounds", "1"] + options + ["--", "sh", "-c", script])
  }

  /// Whether a process whose number a script wrote into a file is still there.
  private func isAlive(_ file: String) throws -> Bool {
    let text = try repository.directory.read(file).trimmingCharacters(in: .whitespacesAndNewlines)
    return kill(try #require(pid_t(text)), 0) == 0
  }

  /// Whether it is gone, at once or after the moment that the system takes to clear it away.
  private func isGone(_ file: String) throws -> Bool {
    for _ in 0..<500 where try isAlive(file) { usleep(10_000) }
    return try !isAlive(file)
  }

  private var hasNotes: Bool {
    (try? repository.git("rev-parse", "--verify", "--quiet", "refs/notes/perf")) != nil
  }

  @Test("one that never ends is ended at its timeout, with its children: status 4, nothing stored")
  func timeout() throws {
    let result = try record("sleep 1000 & echo $! >.git/child; sleep 1000", "--timeout", "200ms")
    #expect(result.status == 4)
    try expectGolden(result)
    #expect(try isGone(".git/child"))
    #expect(!hasNotes)
  }

  @Test("one that ignores SIGTERM is killed")
  func stubborn() throws {
    let script = "trap '' TERM; echo $$ >.git/child; while :; do sleep 0.05; done"
    let result = try record(script, "--timeout", "200ms")
    #expect(result.status == 4)
    #expect(try isGone(".git/child"))
  }

  #if os(Linux)
    @Test("one that leaves its process group is ended at its timeout, too")
    func otherGroup() throws {
      let script = """
        import os, time
        open('.git/child', 'w').write(str(os.getpid()))
        other = os.fork()
        if other == 0: os.setpgid(0, 0); time.sleep(1000)
        time.sleep(0.1); os.setpgid(0, other); time.sleep(1000)
        """
      let result = try project.run(
        "perf-record", "--timeout", "500ms", "--", "/usr/bin/python3", "-c", script)
      #expect(result.status == 4)
      try expectGolden(result)
      #expect(try isGone(".git/child"))
    }

    @Test("children in a group of their own are ended with it, and that is said")
    func childrenInGroups() throws {
      let ended = try record(
        "timeout 1000 sh -c 'echo $$ >.git/child; sleep 1000'", "--timeout", "500ms")
      #expect(ended.status == 4)
      #expect(try isGone(".git/child"))
      let left = try record(
        "timeout 1000 sh -c 'echo $$ >.git/child; sleep 1000' & while [ ! -s .git/child ]; do :; done",
        "--warmup", "0")
      #expect(left.status == 0)
      #expect(left.err.contains("left processes running, which were ended"), "\(left.err)")
      #expect(try isGone(".git/child"))
    }

    @Test("a session of its own goes on, as a server does that setup starts")
    func session() throws {
      // Without what this process has open by chance, which would be held open as long.
      let server = """
        import os, time
        if os.fork() == 0:
          os.setsid(); os.closerange(3, 1000)
          open('.git/child', 'w').write(str(os.getpid()))
          time.sleep(1000)
        while not os.path.exists('.git/child') or not os.path.getsize('.git/child'): pass
        """
      let result = try project.run(
        "perf-record", "-r", "1", "--warmup", "0", "--", "/usr/bin/python3", "-c", server)
      #expect(result.status == 0)
      #expect(try isAlive(".git/child"))
      let number = try repository.directory.read(".git/child")
      kill(try #require(pid_t(number.trimmingCharacters(in: .whitespacesAndNewlines))), SIGKILL)
    }

    @Test("what runs is ended when perf-launch is killed, and nothing is stored of it")
    func killedLauncher() throws {
      let result = try record("echo $$ >.git/child; kill -9 $PPID; sleep 1000")
      #expect(result.status == 4)
      #expect(result.err.contains("perf-launch"), "\(result.err)")
      #expect(try isGone(".git/child"))
      #expect(!hasNotes)
    }
  #endif

  @Test("where nothing can be written, that is said, and the program is not to blame")
  func nothingWritten() throws {
    // Through a pipe, for no file can be written, not even that of the test.
    // git is asked for its configuration, as it names a file that libgit2 does not read.
    let script =
      "(ulimit -f 0; GIT_CONFIG_GLOBAL=/dev/null perf-record -r 1 --output x.json -- true 2>&1; "
      + "echo =$?) | cat"
    let result = try Subprocess.run(
      "/bin/sh", ["-c", script], in: repository.url, environment: project.programs.environment)
    #expect(result.out.hasSuffix("=5\n"), "\(result.out)")
    #expect(result.out.contains("where there may be no room"), "\(result.out)")
    #if os(Linux)
      let full = try project.run("perf-record", "-r", "1", "--output", "/dev/full", "--", "true")
      #expect(full.status == 5)
      #expect(full.err.contains("hint: see whether the disk is full, then store"), "\(full.err)")
    #endif
  }

  @Test("one that wrote too much and ended by itself is no measurement either")
  func lateFlood() throws {
    let script = "import os; os.ftruncate(1, 1 << 34)"
    let result = try project.run(
      "perf-record", "--metric", "n=([0-9])", "--", "/usr/bin/python3", "-c", script)
    #expect(result.status == 4)
    try expectGolden(result)
  }

  @Test("a pattern that comes to no end does not outlive the timeout, and leaves nothing")
  func endlessPattern() throws {
    let temporary = try ScratchDirectory()
    let result = try project.run(
      "perf-record", "--timeout", "1s", "--metric", "n=(?:a+)+([0-9])$", "--paired", "HEAD~1", "--",
      "printf", String(repeating: "a", count: 60), environment: ["TMPDIR": temporary.path])
    #expect(result.status == 2)
    try repository.commit("second", file: "second.txt")
    let paired = try project.run(
      "perf-record", "--timeout", "1s", "--metric", "n=(?:a+)+([0-9])$", "--paired", "HEAD~1", "--",
      "printf", String(repeating: "a", count: 60), environment: ["TMPDIR": temporary.path])
    #expect(paired.status == 4)
    try expectGolden(paired)
    for _ in 0..<500 {
      let left = try FileManager.default.contentsOfDirectory(atPath: temporary.path)
      guard !left.isEmpty else { break }
      usleep(10_000)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty)
    #expect(!hasNotes)
  }

  @Test("an argument that is no UTF-8 is refused, as another one would be launched")
  func notUTF8() throws {
    let directory = project.programs.directory.path(percentEncoded: false)
    let result = try Subprocess.run(
      "/bin/sh", ["-c", "exec \"$0\" -- echo $(printf '\\377')", "\(directory)perf-record"],
      in: repository.url, environment: project.programs.environment)
    #expect(result.status == 2)
    try expectGolden(result)
  }

  @Test("one that ends in time is measured as ever")
  func inTime() throws {
    #expect(try record("exit 0", "--timeout", "1h").status == 0)
  }

  @Test("one that writes without end is ended", arguments: ["yes", "yes >&2"])
  func flood(script: String) throws {
    let harness = try project.run(
      "perf-record", "--format", "go", "--rounds", "1", "--", "sh", "-c", script)
    #expect(harness.status == 4)
    #expect(harness.err.contains("wrote more than 256 MiB"), "\(harness.err.prefix(500))")
  }

  @Test("what one leaves in the background is ended with it")
  func background() throws {
    let result = try record("sleep 1000 & echo $! >.git/child")
    #expect(result.status == 0)
    #expect(try isGone(".git/child"))
  }

  @Test("one that stops itself is ended, as nobody is there to go on with it")
  func stopped() throws {
    let result = try record("echo $$ >.git/child; kill -STOP $$")
    #expect(result.status == 4)
    try expectGolden(result)
    #expect(try isGone(".git/child"))
  }

  @Test("a recorder that is given no standard streams measures all the same")
  func noStreams() throws {
    let program = project.programs.directory.appending(path: "perf-record")
    let recorder = try Subprocess.run(
      "/bin/sh",
      [
        "-c", "exec \"$0\" --rounds 1 -- true <&- >&- 2>&-",
        program.path(percentEncoded: false),
      ], in: repository.url, environment: project.programs.environment)
    #expect(recorder.status == 0)
    #expect(hasNotes)
  }

  @Test("one that closes its streams is measured")
  func closed() throws {
    #expect(try record("exec >&- 2>&- <&-; exit 0").status == 0)
  }

  @Test(
    "Ctrl-C and the like end the program too, and nothing is stored",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func interrupted(by number: Int32) throws {
    let recorder = try start("echo $$ >.git/child; sleep 1000 & echo $! >.git/other; wait")
    try waitFor(".git/other")
    kill(recorder.processIdentifier, number)
    recorder.waitUntilExit()
    #expect(recorder.terminationReason == .uncaughtSignal)
    #expect(recorder.terminationStatus == number)
    #expect(try isGone(".git/child") && isGone(".git/other"))
    #expect(!hasNotes)
  }

  #if os(Linux)
    @Test("a recorder that is killed takes the program with it, children and all")
    func killed() throws {
      let recorder = try start("echo $$ >.git/child; sleep 1000 & echo $! >.git/other; wait")
      try waitFor(".git/other")
      kill(recorder.processIdentifier, SIGKILL)
      recorder.waitUntilExit()
      #expect(try isGone(".git/child") && isGone(".git/other"))
      #expect(!hasNotes)
    }
  #endif

  private func start(_ script: String) throws -> Process {
    // What is ignored here, as in a shell's background job, would be ignored there too.
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    let process = Process()
    process.executableURL = project.programs.directory.appending(path: "perf-record")
    process.arguments = ["--", "sh", "-c", script]
    process.currentDirectoryURL = repository.url
    process.environment = project.programs.environment
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Until a script has written a whole line into a file.
  private func waitFor(_ file: String) throws {
    for _ in 0..<3000 {
      if (try? repository.directory.read(file))?.hasSuffix("\n") == true { return }
      usleep(10_000)
    }
    Issue.record("\(file) was not written")
  }
}
