import Foundation
import TestSupport
import Testing

/// Recorders that store at the same time, and recorders that cannot store.
@Suite struct Concurrency {
  let project: Project
  let repository: TemporaryRepository

  init() throws {
    project = try Project()
    repository = project.repository
  }

  private func input() throws -> String {
    try Project.hyperfine(["parse": Project.times(100)])
  }

  private func lines(_ object: String) throws -> Set<Substring> {
    Set(try repository.note(object).split(separator: "\n"))
  }

  @Test("eight recorders with three runs each lose none")
  func eight() throws {
    // The same file twice is one measurement.
    for writer in 1...8 {
      for run in 1...3 { try repository.directory.write("\(writer)-\(run).json", input()) }
    }
    let writers = try (1...8).map { number in
      try project.start(
        "for run in 1 2 3; do perf-record -q --import \(number)-$run.json || exit; done")
    }
    for writer in writers {
      writer.waitUntilExit()
      #expect(writer.terminationStatus == 0)
    }
    #expect(try lines("HEAD").count == 24)
    #expect(try lines("HEAD") == lines("HEAD^{tree}"))
    #expect(try repository.git("rev-list", "--count", "refs/notes/perf") == "24")
    #expect(try repository.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("a lock that a killed recorder left is named, and the numbers are not lost")
  func staleLock() throws {
    let lock = try repository.directory.write(".git/refs/notes/perf.lock", "")
    let id = try repository.git("rev-parse", "--short=10", "HEAD")
    let result = try project.run("perf-record", "--import", "-", input: input())
    #expect(result.status == 5)
    let file = try #require(try withUnstoredRuns().first)
    #expect(
      result.said == [
        "error: update 'refs/notes/perf': failed to lock file '\(repository.path)/.git/refs/notes/"
          + "perf.lock' for writing",
        "hint: it is held for a moment only: where it is older, by `ls -l`, and neither git nor "
          + "perf-record is at work here, one that was killed left it: remove that file, "
          + "then store the numbers, which are kept, with `perf-record --import '\(file)'`",
      ])
    #expect(result.err.hasSuffix("\nperf-record: git, storage or network failure\n"))

    try FileManager.default.removeItem(at: lock)
    let second = try project.run("perf-record", "--import", file)
    #expect(second.status == 0)
    #expect(second.out.hasSuffix("stored on \(id) in refs/notes/perf\n"))
    #expect(try lines("HEAD").count == 1)
    #expect(try project.run("perf-record", "--import", file).status == 0)
    #expect(try lines("HEAD").count == 1)
  }

  @Test("kept numbers find their commit, whatever happened since")
  func rescuedLater() throws {
    try repository.git("update-ref", "refs/notes/perf/x", "HEAD")
    #expect(try project.run("perf-record", "--import", "-", input: input()).status == 5)
    let file = try #require(try withUnstoredRuns().first)
    try repository.git("update-ref", "-d", "refs/notes/perf/x")
    let measured = try repository.git("rev-parse", "HEAD")
    try repository.commit("second")
    try repository.directory.write("file.txt", "not committed")
    #expect(try project.run("perf-record", "--import", file).status == 0)
    #expect(try lines(measured).count == 1)
  }

  @Test("a notes reference that cannot be written is a failure, and the numbers are not lost")
  func conflictingReference() throws {
    try repository.git("update-ref", "refs/notes/perf/x", "HEAD")
    let result = try project.run("perf-record", "--import", "-", input: input())
    #expect(result.status == 5)
    let file = try #require(try withUnstoredRuns().first)
    #expect(
      result.said == [
        "error: update 'refs/notes/perf': cannot lock ref 'refs/notes/perf', there are refs "
          + "beneath that folder",
        "hint: store the numbers, which are kept, with `perf-record --import '\(file)'`",
      ])
    let other = try project.run("perf-record", "--notes-ref", "other", "--import", file)
    #expect(other.status == 0)
  }

  @Test("numbers that no file can keep are written to standard output")
  func nowhere() throws {
    try repository.git("update-ref", "refs/notes/perf/x", "HEAD")
    try repository.directory.write(".git/perf", "in the way")
    let result = try project.run("perf-record", "--import", "-", input: input())
    #expect(result.status == 5)
    #expect(
      result.said.last == "hint: keep the numbers above in a file, and store them with "
        + "`perf-record --import <file>`")
    let second = try project.run(
      "perf-record", "--notes-ref", "other", "--import", "-", input: result.out)
    #expect(second.status == 0)
  }

  /// The files of numbers that could not be stored.
  private func withUnstoredRuns() throws -> [String] {
    let directory = "\(repository.path)/.git/perf"
    return try FileManager.default.contentsOfDirectory(atPath: directory)
      .filter { $0.hasPrefix("unstored-") }.map { "\(directory)/\($0)" }
  }
}
