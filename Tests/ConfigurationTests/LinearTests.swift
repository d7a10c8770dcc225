import Configuration
import Foundation
import Testing

@Suite("A configuration file takes time by its length", .serialized)
struct LinearTests {
  /// Sections of a kind, by their number.
  struct Kind: CustomTestStringConvertible {
    let testDescription: String
    let section: @Sendable (Int) -> String

    static let all = [
      Kind(testDescription: "suites") { "[suite \"s\($0)\"]\ncommand = a\nrounds = 5\n" },
      Kind(testDescription: "thresholds and budgets") {
        "[benchmark \"b\($0)\"]\nthreshold = 5%\nbudget = 1s\nbudget = max_rss 1GB\n"
      },
      Kind(testDescription: "sections of suites") {
        "[benchmark \"b\($0)\"]\nthreshold = 5%\nsuite = s\($0)\n"
      },
      Kind(testDescription: "waivers") {
        "[waiver \"b\($0)\"]\nceiling = 5%\nexpires = 2999-01-01\nreason = x\n"
      },
      Kind(testDescription: "names that follow each other") {
        "[benchmark \"b\($0 + 1)\"]\nalias = b\($0)\n"
      },
      Kind(testDescription: "keys that nobody knows") { "[benchmark \"b\($0)\"]\nunknown = 1\n" },
      Kind(testDescription: "one key again and again") { "[gate]\nthreshold = \($0 % 90 + 1)%\n" },
      Kind(testDescription: "one long value") { _ in "[gate]\nproject = a\\\n b\\\n c\n" },
    ]
  }

  /// Of this thread alone, in seconds, whatever else the machine does.
  private func processorTime() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func cost(_ kind: Kind, _ count: Int) throws -> Double {
    let text = [UInt8]((0..<count).map(kind.section).joined().utf8)
    let start = processorTime()
    let settings = try ConfigurationFile(text, name: ".perfconfig").settings
    _ = try ProjectConfiguration.saying(settings)
    return processorTime() - start
  }

  @Test("eight times the sections cost less than thirty times as much", arguments: Kind.all)
  func ratio(_ kind: Kind) throws {
    _ = try cost(kind, 100)
    let (few, many) = (try cost(kind, 1_000), try cost(kind, 8_000))
    #expect(many < 30 * few + 0.01, "\(few) s, then \(many) s")
  }
}
