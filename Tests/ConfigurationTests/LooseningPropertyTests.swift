import Configuration
import Git
import Measurements
import Reports
import Statistics
import Testing

@testable import Verdicts

/// Rules put together at random, judged by the policies that they make.
@Suite("What is looser by the policy is listed, and nothing else")
struct LooseningPropertyTests {
  private static let patterns = ["p", "q/a", "q/*", "*", "s", "new"]
  private static let states = CoverageState.allCases.filter { $0 != .renamed }

  /// A line of a section, or none.
  private static func line(_ name: String, _ values: [String], _ random: inout SeededGenerator)
    -> String
  {
    guard Bool.random(using: &random), let value = values.randomElement(using: &random) else {
      return ""
    }
    return "\(name) = \(value)\n"
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let (percents, words) = (["5%", "10%", "30%"], ["fail", "warn", "ignore"])
    var text = "[gate]\n" + line("threshold", percents, &random)
    for state in states { text += line(state.rawValue, words, &random) }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      text += "[benchmark \"\(patterns.randomElement(using: &random) ?? "p")\"]\n"
      text += line("threshold", percents, &random) + line("missing", words, &random)
      text += line("budget", ["1s", "2s", "3s"], &random)
      text += line("suite", ["default", "slow"], &random)
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      text +=
        "[metric \"\(["wall_time", "wall_*", "score"].randomElement(using: &random) ?? "*")\"]\n"
      text +=
        line("threshold", percents, &random) + line("ignoreBelow", ["1ms", "1s", "5"], &random)
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      text += "[waiver \"\(patterns.randomElement(using: &random) ?? "p")\"]\nreason = x\n"
      text += "ceiling = \(percents.randomElement(using: &random) ?? "5%")\n"
      text += "expires = \(Bool.random(using: &random) ? "2990" : "2999")-01-01\n"
      text += line("suite", ["default", "slow"], &random)
    }
    return text
  }

  /// The topics in which some series of the base is judged more loosely.
  private static func looser(_ old: ProjectConfiguration, _ new: ProjectConfiguration) throws
    -> Set<String>
  {
    var topics: Set<String> = []
    for (suite, all) in LooseningTests.measured {
      let (was, isNow) = (try old.policy(for: suite), try new.policy(for: suite))
      for series in all {
        let (id, name) = (series.id, series.benchmark.name)
        let limits = [was, isNow].map { $0.limit(for: id, series.metric, isOfLaunches: false) }
        if limits[1].threshold.value > limits[0].threshold.value { topics.insert("threshold") }
        let floors = limits.map { $0.floor?.value.value ?? 0 }
        if floors[1] > floors[0] { topics.insert("ignoreBelow") }
        for state in states {
          let ranks = [was, isNow].map { policy in
            Response.allCases.firstIndex(of: policy.ledger.response(to: state, of: name)) ?? 0
          }
          if ranks[1] > ranks[0] { topics.insert(state.rawValue) }
        }
        let peers = all.filter {
          $0.benchmark == series.benchmark && $0.metric.unit == series.metric.unit
        }.map(\.metric.name)
        if let limit = was.budgets(for: series, among: peers).first?.limit.value {
          let now = isNow.budgets(for: series, among: peers).first?.limit.value
          if now.map({ $0 > limit }) ?? true { topics.insert("budget") }
        }
        for waiver in isNow.waivers where waiver.concerns(id) {
          let isCovered = was.waivers.contains {
            $0.concerns(id) && ($0.ceiling ?? 0) >= (waiver.ceiling ?? 0)
              && $0.expires >= waiver.expires
          }
          if !isCovered { topics.insert("waiver") }
        }
      }
    }
    return topics
  }

  @Test("of five hundred pairs of rules")
  func pairs() throws {
    var random = SeededGenerator(seed: 315)
    var count = 0
    for _ in 0..<500 {
      let (old, new) = (Self.text(&random), Self.text(&random))
      let settings = (try LooseningTests.settings(old), try LooseningTests.settings(new))
      // Two budgets of one benchmark in one file contradict each other: these are no rules.
      guard let was = try? ProjectConfiguration.saying(settings.0),
        let isNow = try? ProjectConfiguration.saying(settings.1),
        let expected = try? Self.looser(was, isNow)
      else { continue }
      let found = try Loosenings(
        from: settings.0, to: settings.1, measured: LooseningTests.measured
      ).found { _ in true }
      let topics = Set(found.map { $0.key.split(separator: ".").last.map(String.init) ?? "" })
      count += expected.isEmpty ? 0 : 1
      #expect(topics == expected, "\(old)\n---\n\(new)\n\(found.map(\.words))")
    }
    #expect(count > 200)
  }
}
