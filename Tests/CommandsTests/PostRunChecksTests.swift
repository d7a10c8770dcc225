import Foundation
import TestSupport
import Testing

@Suite("perf-record tells what the rounds show")
struct PostRunChecksTests {
  let project: Project

  init() throws {
    project = try Project()
    // Whatever else runs on the machine of the tests.
    try project.repository.git("config", "perf.measure.unfit", "ignore")
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// What a harness prints, launch by launch.
    let values: [Int]
    let err: String

    static let all = [
      Case(
        testDescription: "nothing, where they are steady",
        values: [1000, 1010, 990, 1001, 1020, 980, 1011, 1002, 991, 1012], err: ""),
      Case(
        testDescription: "that they rose",
        values: [1000, 1010, 1020, 1030, 1040, 1050, 1060, 1070, 1080, 1090],
        err: """
          warning: wall_time of 'B' rose across the rounds, by 6.9 % (p = 5.5e-7)
          hint: the machine gets hot, or is shared: let it rest, and measure both sides close together

          """),
      Case(
        testDescription: "that they fell",
        values: [1090, 1080, 1070, 1060, 1050, 1040, 1030, 1020, 1010, 1000],
        err: """
          warning: wall_time of 'B' fell across the rounds, by 6.5 % (p = 5.5e-7)
          hint: the machine warms up, or was busy before: raise `warmup` of the suite, \
          or `perf-record --warmup <n>`, and measure again

          """),
      Case(
        testDescription: "that one is far off",
        values: [1000, 1010, 990, 1001, 2400, 980, 1011, 1002, 991, 1012],
        err: """
          warning: 1 of 10 rounds of 'B' is an outlier, 2.40 times the median
          hint: something else ran meanwhile: measure again on a quiet machine

          """),
      Case(
        testDescription: "that the first were slow",
        values: [2000, 1500, 990, 1001, 1020, 980, 1011, 1002, 991, 1012],
        err: """
          hint: the first 2 of 10 rounds of 'B' took up to 99 % longer than usual: let more \
          launches pass before those that count: `warmup` of the suite, or `perf-record --warmup <n>`

          """),
    ]
  }

  /// Each launch of the program prints the next value.
  private func record(_ values: [Int], _ options: String..., lines: Int = 1) throws -> Subprocess {
    let directory = project.repository.directory
    try directory.write("values", values.map { "\($0)\n" }.joined())
    try directory.write("count", "0")
    try directory.write(
      "harness",
      """
      n=$(($(cat count) + 1)); echo $n >count; value=$(sed -n "${n}p" values)
      for name in $(seq \(lines) | tr 1-9 B-J); do echo "Benchmark$name 1 $value ns/op"; done
      """)
    return try project.run(
      "perf-record", options + ["--format", "go", "--", "sh", "harness"])
  }

  @Test("and what to do", arguments: Case.all)
  func tells(_ example: Case) throws {
    let result = try record(example.values)
    #expect(result.status == 0)
    #expect(result.err == example.err)
    let quiet = try record(example.values, "--quiet")
    #expect(quiet.err == (result.err.hasPrefix("hint: ") ? "" : result.err))
  }

  @Test("of the three worst, where all show the same")
  func many() throws {
    let result = try record(
      [1000, 1010, 990, 1001, 2400, 980, 1011, 1002, 991, 1012], lines: 9)
    let warnings = result.err.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
    #expect(warnings.count == 3, "\(result.err)")
    #expect(warnings.last?.hasSuffix(" times the median, and 6 more like it") == true)
  }

  @Test("of a suite whose harness prints short times, none is called too short")
  func harness() throws {
    try project.repository.directory.write(
      ".perfconfig",
      "[suite \"default\"]\nformat = go\ncommand = echo BenchmarkB 1 1000 ns/op\nrounds = 5\n")
    let result = try project.run("perf-record", "--output", "out.json")
    #expect(result.status == 0)
    #expect(result.err.isEmpty, "\(result.err)")
  }

  @Test("what takes less than 5 ms is called too short, by the median that is stored")
  func short() throws {
    let result = try project.run("perf-record", "-r", "4", "-o", "out.json", "--", "true")
    let text = try project.repository.directory.read("out.json")
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let run = (document?["runs"] as? [[String: Any]])?.first
    let series = (run?["series"] as? [[String: Any]])?.first
    let rounds = try #require(series?["rounds"] as? [[Double]]).map { $0[0] }.sorted()
    let isShort = (rounds[1] + rounds[2]) / 2 < 5_000_000
    #expect(result.err.contains("hint: 'true' takes ") == isShort, "\(result.err)")
  }
}
