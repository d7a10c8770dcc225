import Foundation
import Statistics
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Recorders that are killed at any point leave the old notes or the new ones.
@Suite struct ConcurrencyKill {
  let project: Project
  let repository: TemporaryRepository

  init() throws {
    project = try Project()
    repository = project.repository
    try repository.directory.write(
      "results.json", Project.hyperfine(["parse": Project.times(100)]))
  }

  /// How often the polling loop came round while a recorder ran.
  struct Polls {
    var beforeWriting = 0
    var whileWriting = 0
    var wasKilled = false
  }

  @Test("killed fifty times, nothing is ever broken")
  func killed() throws {
    var random = SeededGenerator(seed: 20_261_120)
    var usual = try record { _ in false }
    var stored = try lines()
    #expect(stored.count == 1)
    var kills = 0
    while kills < 50 {
      // One in five anywhere, the others once objects are being written.
      let isEarly = kills.isMultiple(of: 5)
      let early = Int.random(in: 0...usual.beforeWriting, using: &random)
      let late = Int.random(in: 0...usual.whileWriting, using: &random)
      let polls = try record { isEarly ? $0.beforeWriting >= early : $0.whileWriting > late }
      if polls.wasKilled { kills += 1 } else { usual = polls }
      stored = try check(after: stored)
    }
    try record { _ in false }
    #expect(try lines().count == stored.count + 1)
  }

  /// Expects the old state or one run more, and takes away the lock that may be left.
  private func check(after old: Set<Substring>) throws -> Set<Substring> {
    #expect(try repository.git("fsck", "--strict", "--no-dangling") == "")
    let locks = try FileManager.default.subpathsOfDirectory(atPath: "\(repository.path)/.git")
      .filter { $0.hasSuffix(".lock") }
    #expect(locks.isEmpty || locks == ["refs/notes/perf.lock"])
    for lock in locks {
      try FileManager.default.removeItem(atPath: "\(repository.path)/.git/\(lock)")
    }
    let new = try lines()
    #expect(new.isSuperset(of: old))
    #expect(new.count <= old.count + 1)
    return new
  }

  /// The lines of the commit's note, which are those of its tree's.
  private func lines() throws -> Set<Substring> {
    let texts = try ["HEAD", "HEAD^{tree}"].map {
      try repository.note($0)
    }
    #expect(texts[0] == texts[1])
    return Set(texts[0].split(separator: "\n"))
  }

  /// Runs a recorder and kills it as soon as it is asked to.
  @discardableResult
  private func record(until isTime: (Polls) -> Bool) throws -> Polls {
    let process = Process()
    process.executableURL = project.programs.directory.appending(path: "perf-record")
    process.arguments = ["--quiet", "--import", "results.json", "--again"]
    process.currentDirectoryURL = repository.url
    process.environment = Subprocess.cleanEnvironment
    let objects = "\(repository.path)/.git/objects"
    let before = try FileManager.default.contentsOfDirectory(atPath: objects).count
    var polls = Polls()
    try process.run()
    while process.isRunning, !isTime(polls) {
      let now = try FileManager.default.contentsOfDirectory(atPath: objects).count
      if now == before, polls.whileWriting == 0 {
        polls.beforeWriting += 1
      } else {
        polls.whileWriting += 1
      }
    }
    polls.wasKilled = process.isRunning
    if polls.wasKilled { _ = kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return polls
  }
}
