import Foundation
import TestSupport
import Testing

extension Project {
  /// True if git knows of no other work tree, and a temporary folder is empty.
  func isTidy(_ temporary: ScratchDirectory) throws -> Bool {
    let entries = try? FileManager.default.contentsOfDirectory(
      atPath: "\(repository.path)/.git/worktrees")
    let left = try FileManager.default.contentsOfDirectory(atPath: temporary.path)
    return (entries ?? []).isEmpty && left.isEmpty
  }

  /// Sends a signal to a recording as soon as what it launched has written its process number into
  /// `.git/child`, and waits until that process and all folders are gone.
  func interruptRecording(
    _ arguments: [String], with number: Int32, temporary: ScratchDirectory
  ) throws {
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    let process = Process()
    process.executableURL = programs.directory.appending(path: "perf-record")
    process.arguments = arguments
    process.currentDirectoryURL = repository.url
    process.environment = programs.environment.merging(["TMPDIR": temporary.path]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<3000 where (try? repository.directory.read(".git/child"))?.hasSuffix("\n") != true
    {
      usleep(10_000)
    }
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    let child = try #require(
      pid_t(try repository.directory.read(".git/child").trimmingCharacters(in: .newlines)))
    for _ in 0..<1000 where try kill(child, 0) == 0 || !isTidy(temporary) { usleep(10_000) }
    #expect(kill(child, 0) != 0)
    #expect(try isTidy(temporary))
  }
}
