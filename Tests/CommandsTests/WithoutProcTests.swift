import Foundation
import TestSupport
import Testing

/// A place without `/proc`, such as a chroot or the sandbox of a build.
enum WithoutProc {
  /// Hides it from a program; the script's own `$0` is that program.
  private static let hiding = "mount -t tmpfs none /proc && exec \"$0\" \"$@\""

  /// As root there is a name space to be had, for others mostly one of users, too.
  private static let command: [String]? = [
    ["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"],
  ].first { words in
    let words = words + ["sh", "-c", hiding, "true"]
    let result = try? Subprocess.run(
      "/usr/bin/env", words, in: FileManager.default.temporaryDirectory)
    return result?.status == 0
  }

  static let canHide = command != nil
  static let absence = "nothing may be mounted here, or there is no /proc"

  static func run(
    _ project: Project, _ program: String, _ arguments: [String], input: String = ""
  ) throws -> Subprocess {
    let path = project.programs.directory.appending(path: program).path(percentEncoded: false)
    return try Subprocess.run(
      "/usr/bin/env", try #require(command) + ["sh", "-c", hiding, path] + arguments,
      in: project.repository.url, environment: project.programs.environment, input: input)
  }
}

@Suite(
  "Without /proc", .enabled(if: WithoutProc.canHide, "\(WithoutProc.absence)"))
struct WithoutProcTests {
  let project: Project

  init() throws { project = try Project() }

  private func run(_ program: String, _ arguments: String..., input: String = "") throws
    -> Subprocess
  {
    try WithoutProc.run(project, program, arguments, input: input)
  }

  @Test(
    "every program has its arguments",
    arguments: Programs.names)
  func arguments(program: String) throws {
    let version = try run(program, "--version")
    #expect(version.out.hasPrefix("\(program) "), "\(version.out)\(version.err)")
    for words in [["--nonsense"], ["two words", "", "--nonsense"], ["--color", "blue"]] {
      let here = try project.run(program, words)
      let there = try WithoutProc.run(project, program, words)
      #expect(there.status == here.status)
      #expect(there.out == here.out)
      #expect(there.err == here.err)
    }
  }

  @Test("an argument that is no text is refused by its number")
  func broken() throws {
    let script = "exec perf-gate --threshold \"$(printf '\\377')\" 2>&1"
    let result = try Subprocess.run(
      "/bin/sh", ["-c", script], in: project.repository.url,
      environment: project.programs.environment)
    #expect(result.status == 2)
    #expect(result.out.hasPrefix("error: argument 2 is no UTF-8 text\n"), "\(result.out)")
  }

  @Test("a threshold that is typed counts")
  func threshold() throws {
    try project.record(milliseconds: 100)
    try project.repository.git("checkout", "--quiet", "-b", "topic")
    try project.repository.commit("slower")
    try project.record(milliseconds: 105)
    #expect(try run("perf-gate").status == 0)
    let gate = try run("perf-gate", "--threshold", "2%")
    #expect(gate.status == 1, "\(gate.out)\(gate.err)")
  }

  @Test("what launches commands is found, and it is said what is not seen of the machine")
  func launches() throws {
    let record = try run("perf-record", "--rounds", "2", "--output", "run.json", "--", "true")
    #expect(record.status == 0, "\(record.err)")
    #expect(record.err.contains("warning: no /proc here: "), "\(record.err)")
    #expect(try !project.run("perf-record", "--environment").out.contains("/proc "))
  }

  @Test(
    "the machine is the same",
    .enabled(if: Subprocess.succeeds("grep -q '^model name' /proc/cpuinfo"), "its CPU has no name"))
  func machine() throws {
    func fields(_ result: Subprocess) -> [Substring] {
      result.out.split(separator: "\n").filter { $0.hasPrefix("cpu") || $0.hasPrefix("key") }
    }
    let here = try fields(project.run("perf-record", "--environment"))
    #expect(!here.isEmpty)
    #expect(try fields(run("perf-record", "--environment")) == here)
  }
}
