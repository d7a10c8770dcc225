import Configuration
import Foundation
import TestSupport
import Testing

/// ProjectConfiguration.
extension GateTests {
  @Test("thresholds come from the benchmark's pattern, then the metric, then the gate")
  func thresholds() throws {
    try branch(new: 115)
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 1)
    try repository.directory.write(".perfconfig", "[gate]\nthreshold = 20%\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
    try repository.directory.write(
      ".perfconfig", "[gate]\nthreshold = 20%\n[metric \"wall_*\"]\nthreshold = 5%\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 1)
    try repository.directory.write(
      ".perfconfig",
      "[metric \"wall_*\"]\nthreshold = 5%\n[benchmark \"p*\"]\nthreshold = 30%\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
    #expect(try project.run("perf-gate", "--rules", "worktree", "--threshold", "1%").status == 0)
  }

  @Test("an unknown key is a warning that suggests one, a bad value an error that names its place")
  func configuration() throws {
    try branch(new: 100)
    try repository.directory.write(".perfconfig", "[gate]\ntreshold = 5%\n")
    let warned = try project.run("perf-gate", "--rules", "worktree")
    #expect(warned.status == 0)
    try repository.directory.write(".perfconfig", "[gate]\nthreshold = ten\n")
    let refused = try project.run("perf-gate", "--rules", "worktree")
    #expect(refused.status == 2)
    try expectGolden(warned, refused)
    try repository.directory.write(".perfconfig", "[gate\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 2)
  }

  @Test("what an unknown key was meant to be is said where it is like it, in both its parts")
  func unknownKey() throws {
    let texts = [
      "[measure]\nbudget", "[measure]\nretries", "[environment]\nformat", "[measure]\nround",
      "[mesure]\nunfit", "[gate]\nenv",
    ]
    try expectGolden(
      texts.map { text in
        try repository.directory.write(".perfconfig", "\(text) = 1\n")
        return try project.run("perf-gate", "--rules", "worktree")
      })
  }

  @Test("what git -c says, and the environment, goes before the files")
  func environment() throws {
    try branch(new: 115)
    try repository.git("config", "perf.gate.threshold", "5%")
    #expect(try project.run("perf-gate").status == 1)
    let count = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "perf.gate.threshold",
      "GIT_CONFIG_VALUE_0": "20%",
    ]
    #expect(try project.run("perf-gate", environment: count).status == 0)
    let alias = try Subprocess.run(
      "/usr/bin/env",
      ["git", "-c", "perf.benchmark.p*.threshold=20%", "-c", "alias.gate=!perf-gate", "gate"],
      in: repository.url, environment: project.programs.environment)
    #expect(alias.status == 0, "\(alias.err)")
  }

  @Test("a project that writes the defaults is judged as one that does not")
  func judged() throws {
    try project.record("slower", milliseconds: 100)
    try project.record("faster", milliseconds: 100, "--suite", "other")
    try project.leaveMain()
    try project.record("slower", milliseconds: 150)
    try project.record("faster", milliseconds: 50, "--suite", "other")
    let plain = try project.run("perf-gate")
    #expect(plain.status == 1)
    for key in ConfigurationKey.all where !key.takesPattern && key.parts.section != "perf" {
      guard case .value(let value) = key.defaultValue else { continue }
      try project.repository.git("config", "perf.\(key.name)", value)
    }
    let written = try project.run("perf-gate")
    #expect(written.status == plain.status)
    #expect(written.out == plain.out)
  }
}
