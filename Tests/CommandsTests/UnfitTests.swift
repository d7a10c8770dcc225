import enum CommandLine.ExitStatus
import Commands
import Foundation
import Runner
import TestSupport
import Testing

@Suite("perf-record looks at the machine before it measures")
struct UnfitTests {
  let project: Project

  init() throws { project = try Project() }

  /// What a run of the program in this process came to.
  private struct Outcome {
    let status: ExitStatus
    let out: String
    let err: String
  }

  /// Runs perf-record as on a machine in another condition.
  private func record(_ arguments: [String], on conditions: Conditions) -> Outcome {
    var (out, err) = ("", "")
    let status = Program.record.run(
      ProcessContext(
        arguments: arguments, environment: project.programs.environment,
        directory: project.repository.path,
        out: .init(width: nil) { out += $0 }, err: .init(width: nil) { err += $0 },
        conditions: { conditions }))
    return Outcome(status: status, out: out, err: err)
  }

  private static var busy: Conditions {
    var conditions = Conditions()
    conditions.load = Load(average: 7.5, others: 3, cores: 2)
    conditions.virtualization = .guest("KVM")
    return conditions
  }

  private static let guest = "note: virtual machine (KVM): its neighbours on the host take time"
  private static let load =
    "load average 7.5 on 2 cores: other programs take time from what is measured "
    + "(wait for them to end, or measure on another machine)"

  private static let touch = ["-r", "1", "--", "sh", "-c", "touch ran"]

  private var hasRun: Bool {
    FileManager.default.fileExists(atPath: project.repository.path + "/ran")
  }

  @Test("and warns where it is busy")
  func warns() {
    let result = record(Self.touch, on: Self.busy)
    #expect(result.status == .success)
    #expect(result.err.hasPrefix("warning: \(Self.load)\n"))
    #expect(!result.err.contains("note: ") && hasRun)
    #expect(record(["-v"] + Self.touch, on: Self.busy).err.contains(Self.guest))
    #expect(record(["-q"] + Self.touch, on: Self.busy).err.hasPrefix("warning: \(Self.load)\n"))
  }

  @Test("and measures nothing where measure.unfit = fail")
  func fails() throws {
    try project.repository.git("config", "perf.measure.unfit", "fail")
    let result = record(Self.touch, on: Self.busy)
    #expect(result.status == .unusable)
    #expect(result.out == "" && !hasRun)
    #expect(
      result.err == """
        error: not fit for measuring
          | \(Self.load)
        hint: change that, or set `measure.unfit = warn` to measure all the same
        perf-record: measurement unusable

        """)
  }

  @Test("but a virtual machine alone holds nobody up, nor does one that says nothing")
  func notes() throws {
    try project.repository.git("config", "perf.measure.unfit", "fail")
    var quiet = Conditions()
    #expect(record(Self.touch, on: quiet).status == .success)
    quiet.virtualization = .guest(nil)
    let result = record(Self.touch, on: quiet)
    #expect(result.status == .success)
    #expect(!result.err.contains("virtual"))
  }

  @Test("unless measure.unfit = ignore, or there is nothing to measure")
  func ignores() throws {
    let data = try Project.hyperfine(["parse": Project.times(100)])
    try project.repository.directory.write("data.json", data)
    try project.repository.git("config", "perf.measure.unfit", "fail")
    let imported = record(["--import", "data.json"], on: Self.busy)
    #expect(imported.status == .success)
    #expect(!imported.err.contains("load average"))
    try project.repository.git("config", "perf.measure.unfit", "ignore")
    let ignored = record(["-v"] + Self.touch, on: Self.busy)
    #expect(ignored.status == .success)
    #expect(!ignored.err.contains("load") && !ignored.err.contains("note: "))
  }

  @Test("and at the program, which should be a release")
  func debug() throws {
    try project.repository.directory.writeExecutable("target/debug/tool", "#!/bin/sh\n")
    let result = record(["-r", "1", "--", "target/debug/tool"], on: Conditions())
    #expect(result.status == .success)
    #expect(
      result.err.hasPrefix(
        "warning: 'target/debug/tool' looks like a debug build: what is slow there need not be "
          + "slow in a release (`cargo build --release`)\n"), "\(result.err)")
  }

  @Test("and says which values measure.unfit can have")
  func mistake() throws {
    try project.repository.directory.write(".perfconfig", "[measure]\nunfit = maybe\n")
    let result = record(["-o", "out.json"] + Self.touch, on: Conditions())
    #expect(result.status == .usage)
    #expect(
      result.err.contains("invalid value 'maybe' for 'measure.unfit' in .perfconfig:2: not one of"))
    #expect(!hasRun)
  }

  @Test("--environment tells what it sees, and is not held up by it")
  func environment() throws {
    try project.repository.git("config", "perf.measure.unfit", "fail")
    let result = record(["--environment"], on: Self.busy)
    #expect(result.status == .success)
    #expect(result.err == "")
    #expect(result.out.contains("\nload average     7.5 on 2 cores\n"), "\(result.out)")
    #expect(result.out.contains("\npower            nothing to see\n"))
    #expect(result.out.contains("\nwarning: \(Self.load)\n\(Self.guest)"))
  }
}
