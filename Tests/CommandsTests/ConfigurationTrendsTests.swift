import CommandLine
import Foundation
import TestSupport
import Testing
import Trends

@testable import Configuration

@Suite("Classes and scores are read from the configuration")
struct ConfigurationTrendsTests {
  private func configuration(_ text: String) throws -> ProjectConfiguration {
    let file = try ConfigurationFile(Array(text.utf8), name: ProjectConfiguration.fileName)
    return try ProjectConfiguration.saying(file.settings)
  }

  @Test("a class has a metric and limits with names that the user chooses")
  func classes() throws {
    let read = try configuration(
      """
      [class "speed"]
      metric = wall_time
      fast = 30s
      medium = 5m
      slow = 30m
      [class "tokens"]
      few = 10k
      quite-many = 1 M
      metric = total_tokens

      """)
    #expect(read.warnings == [])
    #expect(read.classes.map(\.name) == ["speed", "tokens"])
    #expect(read.classes[0].metric == "wall_time")
    #expect(read.classes[0].names == ["fast", "medium", "slow", "very slow"])
    #expect(read.classes[0].name(of: 60e9) == "medium")
    #expect(read.classes[1].names == ["few", "quite many", "very quite many"])
    #expect(read.classes[1].name(of: 20_000) == "quite many")
  }

  @Test("a score has weights in the order in which they were written")
  func scores() throws {
    let read = try configuration(
      """
      [score "quality"]
      success = 50
      cost = 30
      wall-time = 20
      weight = p95 of/it 1.5

      """)
    #expect(read.warnings == [])
    let weights = [
      Score.Weight("success", 50), Score.Weight("cost", 30), Score.Weight("wall_time", 20),
      Score.Weight("p95 of/it", 1.5),
    ]
    #expect(try read.scores == [Score("quality", weights: weights)])
  }

  @Test("sections of the same name are one, and the later of two values counts")
  func joined() throws {
    let read = try configuration(
      """
      [class "speed"]
      metric = wall_time
      fast = 1s
      [score "a"]
      cost = 1
      [class "speed"]
      slow = 1m
      fast = 30s
      [score "a"]
      cost = 3

      """)
    #expect(read.classes.map(\.names) == [["fast", "slow", "very slow"]])
    #expect(read.classes[0].name(of: 2e9) == "fast")
    #expect(read.scores.map(\.total) == [3])
  }

  struct Mistake: CustomTestStringConvertible {
    let text: String
    let message: String
    var testDescription: String { message }
  }

  @Test(
    "what makes no sense is an error with its place",
    arguments: [
      Mistake(
        text: "[class \"a\"]\nfast = 1s\n",
        message: "[class \"a\"] in .perfconfig:2: it has no 'metric'"),
      Mistake(
        text: "[class \"a\"]\nmetric = cost\n",
        message: "[class \"a\"] in .perfconfig:2: it has no class"),
      Mistake(
        text: "[class \"a\"]\nmetric = wall_time\nfast = 5m\nslow = 30s\n",
        message:
          "[class \"a\"] in .perfconfig:2: the limit 30s of 'slow' is not above 5m of 'fast'"),
      Mistake(
        text: "[class \"a\"]\nmetric = wall_time\nfast = quick\n",
        message: "invalid value 'quick' for 'class.fast' in .perfconfig:3: not an amount with its "
          + "unit"),
      Mistake(
        text: "[score \"a\"]\ncost = 0\n",
        message: "invalid value '0' for 'score.cost' in .perfconfig:2: not a number above zero"),
      Mistake(
        text: "[score \"a\"]\nweight = cost\n",
        message: "invalid value 'cost' for 'score.weight' in .perfconfig:2: not a metric and its "
          + "weight"),
    ])
  func mistakes(_ mistake: Mistake) {
    let error = #expect(throws: ConfigurationError.self) { try configuration(mistake.text) }
    #expect(error?.message == mistake.message)
  }

  @Test("a key with an underscore is refused with what to write")
  func underscore() {
    let error = #expect(throws: ConfigurationError.self) {
      try configuration("[score \"a\"]\n  wall_time = 20\n")
    }
    #expect(error?.message == "bad line 2 in .perfconfig")
    #expect(
      error?.hint
        == "a key has letters, digits and dashes only: write `wall-time` in place of `wall_time`")
  }

  @Test("a section without its name is told how to write it")
  func withoutName() throws {
    let read = try configuration("[class]\nfast = 1s\n[score]\ncost = 1\n")
    #expect(
      read.warnings == [
        "unknown key 'class.fast' in .perfconfig:2: write `[class \"<name>\"]`",
        "unknown key 'score.cost' in .perfconfig:4: write `[score \"<name>\"]`",
      ])
  }

  @Test("git config has a word on classes and scores")
  func gitConfig() throws {
    let project = try Project()
    try project.repository.directory.write(
      ".perfconfig", "[class \"speed\"]\nmetric = wall_time\nfast = 1s\n")
    try project.repository.git("config", "perf.class.speed.slow", "1m")
    try project.repository.git("config", "perf.score.a.cost", "1")
    let result = try project.run("perf-gate", "--plan")
    #expect(!result.err.contains("unknown key"), "\(result.err)")
    try project.repository.git("config", "perf.class.speed.slow", "1MB")
    let refused = try project.run("perf-gate", "--rules", "worktree")
    #expect(refused.status == 2)
    #expect(refused.err.contains("have different units"), "\(refused.err)")
  }
}
