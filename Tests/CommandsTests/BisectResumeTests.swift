import Foundation
import TestSupport
import Testing

@Suite("perf-bisect can be interrupted at any moment", .serialized)
struct BisectResumeTests {
  let bisected: BisectProject
  var repository: TemporaryRepository { bisected.repository }

  init() throws { bisected = try BisectProject() }

  @Test("it stores what it has when it is interrupted, and goes on", arguments: ["INT", "KILL"])
  func interrupted(signal: String) throws {
    let commits = try bisected.history(9, slow: 6) { number in
      (1...7).contains(number) ? bisected.signalOnce(signal) : nil
    }
    let first = try bisected.runNumbered("good", "HEAD")
    #expect(first.status == (signal == "INT" ? SIGINT : SIGKILL), "\(first.out)\(first.err)")
    let isStored = (try? repository.note(commits[0])) != nil
    #expect(isStored == (signal == "INT"))
    if signal == "INT" { #expect(try bisected.isTidy) }
    let other = try bisected.run("good", "HEAD")
    #expect(other.status == 2)
    #expect(other.err.contains("hint: `perf-bisect --resume` goes on with it"), "\(other.err)")
    #expect(try bisected.run("--log").out.contains("not ended: `perf-bisect --resume` goes on"))
    let result = try bisected.run("--resume")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(commits[6])\n"), "\(result.out)")
    #expect(try bisected.isTidy)
    // Each session has a run of its own on the commits that it measured.
    let sessions = try repository.note(commits[0]).split(separator: "\n").count
    #expect(sessions == 2)
  }

  @Test("a second one at the same time is refused, and `reset` then, too")
  func second() throws {
    let path = repository.path
    _ = try bisected.history(3, slow: 2) { number in
      guard number == 1 else { return nil }
      return """
        cd '\(path)'
        perf-bisect good HEAD 2>.git/second
        echo $? >.git/statuses
        perf-bisect reset 2>/dev/null
        echo $? >>.git/statuses
        perf-bisect --log >/dev/null
        echo $? >>.git/statuses
        cd "$OLDPWD"
        cc -o prog prog.c
        """
    }
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(try repository.directory.read(".git/statuses") == "4\n4\n0\n")
    #expect(
      try repository.directory.read(".git/second")
        .contains("another perf-bisect is at work in this repository"))
  }

  @Test("at the end of the time limit the commits that are left are told, and it can go on")
  func timeLimit() throws {
    let path = repository.path
    let commits = try bisected.history(6, slow: 3) { number in
      guard (1...4).contains(number) else { return nil }
      return """
        if mkdir '\(path)/.git/once' 2>/dev/null; then while :; do sleep 0.05; done; fi
        cc -o prog prog.c
        """
    }
    let result = try bisected.run("--time-limit", "3s", "good", "HEAD")
    #expect(result.status == 6, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("one of these 5 commits is the first where"), "\(result.out)")
    #expect(result.err.contains("hint: `perf-bisect --resume` goes on"))
    #expect(result.err.hasSuffix("perf-bisect: undecided, as time was up\n"), "\(result.err)")
    #expect(try bisected.isTidy)
    let found = try bisected.run("--resume", "--time-limit", "60s")
    #expect(found.out.hasPrefix("\(commits[3])\n"), "\(found.out)\(found.err)")
    #expect(found.status == 0)
  }

  @Test("where its state cannot be kept, the status is 5, and what was measured is stored")
  func full() throws {
    let state = "\(repository.path)/.git/perf/bisect/state.jsonl"
    let commits = try bisected.history(3, slow: 2) { number in
      number == 1 ? "rm -f '\(state)'; mkdir -p '\(state)/x'; cc -o prog prog.c" : nil
    }
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 5, "\(result.out)\(result.err)")
    #expect(result.err.contains("error: cannot keep the bisection in"), "\(result.err)")
    #expect(try repository.note(commits[0]).contains("perf-bisect"))
    #expect(try bisected.isTidy)
  }

  @Test("a damaged state is an error, which reset removes")
  func damaged() throws {
    _ = try bisected.history(3, slow: 2)
    try repository.directory.write(".git/perf/bisect/state.jsonl", "{\"version\":1,")
    for arguments in [["good", "HEAD"], ["--resume"], ["--log"]] {
      let result = try bisected.run(arguments)
      #expect(result.status == 4)
      #expect(result.err.contains("hint: `perf-bisect reset` removes it"), "\(result.err)")
    }
    #expect(try bisected.run("reset").status == 0)
    #expect(try bisected.run("good", "HEAD").status == 0)
  }
}
