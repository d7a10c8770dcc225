import Foundation
import System
import Testing

/// What a launched program inherits, and what it costs.
extension TimingTests {
  @Test("a program that holds 60 MB shows them, and one that holds nothing does not")
  func memory() throws {
    func peak(_ size: Int) throws -> Int64 {
      let arguments = ["if=/dev/zero", "of=/dev/null", "bs=\(size)", "count=1"]
      return try Launch(Command("dd", arguments), in: Self.surroundings(), limits: Limits()).run()
        .usage.maxRSS
    }
    #expect(try (100_000..<20_000_000).contains(peak(1000)))
    #expect(try (60_000_000..<80_000_000).contains(peak(60_000_000)))
  }

  @Test("what this process holds does not count as the program's")
  func floor() throws {
    let held = [UInt8](repeating: 1, count: 400_000_000)
    let usage = try Launch(Command("true"), in: Self.surroundings(), limits: Limits()).run().usage
    #expect(usage.maxRSS < 4_000_000)
    #expect(held.count == 400_000_000)
  }

  @Test("time passes, and work takes processor time")
  func time() throws {
    let usage = try Self.shell("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done").usage
    #expect(usage.wallTime > .zero)
    #expect(usage.userTime >= .zero && usage.systemTime >= .zero)
    #expect(usage.userTime + usage.systemTime > .zero)
  }

  @Test("the program's children that it waits for are counted")
  func grandchildren() throws {
    let hog = "dd if=/dev/zero of=/dev/null bs=50000000 count=1; true"
    #expect(try Self.shell(hog).usage.maxRSS > 50_000_000)
  }

  @Test("ignored and blocked signals of this process are not the program's")
  func signals() throws {
    signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, SIG_DFL) }
    var blocked = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&blocked)
    unsafe sigaddset(&blocked, SIGTERM)
    unsafe pthread_sigmask(SIG_BLOCK, &blocked, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    #expect(try Self.shell("kill -PIPE $$").ending == .killed("SIGPIPE"))
    #expect(try Self.shell("kill -TERM $$").ending == .killed("SIGTERM"))
  }

  @Test("a program stays in the process group, so that Ctrl-C reaches it")
  func group() throws {
    #if os(Linux)
      let command = "cut -d ' ' -f 5 /proc/$$/stat"  // proc(5): the fifth field is pgrp
    #else
      let command = "ps -o pgid= -p $$"
    #endif
    let result = try Self.shell(command, output: .captured)
    let group = String(decoding: result.output, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(group == "\(getpgrp())")
  }

  #if os(Linux)
    @Test("many launches leave no descriptor open", arguments: [nil, Limits()])
    func descriptors(limits: Limits?) throws {
      func count() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
      }
      let launch = try Launch(
        Command("true"), in: Self.surroundings(), output: .captured, limits: limits)
      let before = try count()
      for _ in 1...100 { _ = try launch.run() }
      // Other tests open files at the same time, but not so many.
      #expect(try count() - before < 50)
    }

    @Test(
      "the program gets our files as its output and messages, and nowhere else",
      arguments: [nil, Limits()])
    func inheritance(limits: Limits?) throws {
      let folder = try Folder()
      let place = Self.surroundings("/", ["TMPDIR": folder.path])
      let launch = try Launch(
        Command("ls", ["-l", "/proc/self/fd"]), in: place, output: .captured, limits: limits)
      let lines = String(decoding: try launch.run().output, as: UTF8.self).split(separator: "\n")
      let ours = lines.filter { $0.contains(folder.path) }
      #expect(ours.count == 2)
      #expect(ours.allSatisfy { $0.contains(" 1 -> ") || $0.contains(" 2 -> ") })
      #expect(lines.contains { $0.contains(" 0 -> /dev/null") })
    }
  #endif
}
