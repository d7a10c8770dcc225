import Formats
import Measurements
import Runner
import Testing

@Suite("Numbers that a program prints")
struct PrintedNumberTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var unit = "1"
    var better: Direction?
    let pattern: String
    let output: String
    let samples: [Double]
    var metric = Metric("x", .one, isGuessed: true)
    var testDescription: String { "\(pattern) in \(output)" }
  }

  static let cases = [
    Case(pattern: "tokens: ([0-9]+)", output: "so\ntokens: 42\n", samples: [42]),
    Case(pattern: #"t=(\S+)"#, output: "t=1 t=2.5e3\nt=-3", samples: [1, 2500, -3]),
    Case(
      unit: "ms", pattern: "took ([0-9.]+) ms", output: "took 1.5 ms", samples: [1_500_000],
      metric: Metric("x", .nanoseconds)),
    Case(
      unit: "MB/s", pattern: "([0-9]+)", output: "7", samples: [7_000_000],
      metric: Metric("x", .bytesPerSecond, better: .higher)),
    Case(
      unit: "pages/s", better: .lower, pattern: "([0-9]+)", output: "7", samples: [7],
      metric: Metric("x", Unit("pages/s"))),
    Case(
      better: .higher, pattern: "([0-9]+)", output: "7", samples: [7],
      metric: Metric("x", .one, better: .higher)),
    Case(pattern: "^n (?:a|b) ([0-9]+)$", output: "n c 1\nn a 2\nn b 3\r\n", samples: [2, 3]),
    Case(pattern: #"\((?<count>[0-9]+)\)"#, output: "(4)", samples: [4]),
    Case(pattern: "^([0-9]+)\n", output: "5\r\n6\n", samples: [6]),
    Case(pattern: "^([0-9]+)\r\n", output: "5\r\n6\n", samples: [5]),
    Case(pattern: "(?x) a ([0-9]) # c", output: "a1", samples: [1]),
    Case(pattern: #"[(]([0-9]+)[)]"#, output: "(4)", samples: [4]),
  ]

  @Test("each match is a sample of the round, in the base unit", arguments: cases)
  func numbers(_ one: Case) throws {
    let printed = try PrintedNumber("x", unit: one.unit, better: one.better, pattern: one.pattern)
    let series = try printed.series(of: Benchmark(name: "b"), in: Array(one.output.utf8))
    #expect(series.metric == one.metric)
    #expect(series.rounds.map(\.samples) == [one.samples])
    #expect(series.source == "perf-record")
  }

  @Test(
    "nothing like it, and what is no number, is an error",
    arguments: [
      ("", "printed nothing like 'n=(.*)'"), ("m=1", "printed nothing like 'n=(.*)'"),
      ("n=many", "'n=(.*)' found no number: 'many'"), ("n=inf", "found no number: 'inf'"),
      ("n=", "found no number"), ("n=0x10", "found no number: '0x10'"),
      ("n=1\nn=x", "found no number: 'x'"), ("n=1e999", "no number"),
    ])
  func failures(output: String, message: String) throws {
    let printed = try PrintedNumber("x", pattern: "n=(.*)")
    let error = #expect(throws: InputError.self) {
      try printed.series(of: Benchmark(name: "b"), in: Array(output.utf8))
    }
    #expect(error?.description.contains(message) == true, "\(error as Any)")
    #expect(error?.hint != nil)
  }

  @Test(
    "a pattern has one group, and is one",
    arguments: [
      ("n=", .groups(0)), ("(a)(b)", .groups(2)), ("((a))", .groups(2)), ("(", .noPattern),
      ("a)|(b", .noPattern), ("[", .noPattern), ("", .groups(0)), (#"\("#, .groups(0)),
    ] as [(String, PrintedNumber.Mistake)])
  func mistakes(pattern: String, mistake: PrintedNumber.Mistake) {
    #expect(throws: mistake) { try PrintedNumber("x", pattern: pattern) }
  }
}
