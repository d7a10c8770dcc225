import History
import Measurements
import Statistics
import Testing

@Suite("A line is decoded only where it may hold what is looked for")
struct NameScanTests {
  private static func line(_ names: [String], definition: String? = nil) throws -> RunLine {
    RunLine(
      Run(
        commit: nil, tree: nil, recordedAt: nil, session: nil, tool: "benchmark",
        environment: .here,
        series: try names.map {
          Series(
            benchmark: Benchmark(name: $0, labels: ["benchmark": "label"]), metric: .wallTime,
            rounds: [try Round([1])], source: "benchmark",
            definition: definition.map { Definition(digest: $0, text: "a: 1\nb: \"benchmark\"") })
        }))
  }

  @Test("by the name, whatever else the line holds")
  func plain() throws {
    let line = try Self.line(["p", "q"], definition: "d")
    #expect(NameScan(["q"]).mayBe(in: line))
    #expect(!NameScan(["r", "d"]).mayBe(in: line))
    #expect(NameScan(["p", "r"]).names(in: line) == ["p"])
    #expect(!NameScan([]).mayBe(in: line))
  }

  @Test(
    "a line that writes the key or the name in another way is not ruled out",
    arguments: [
      #"{"series":[{"benchmark" : "p"}]}"#, #"{"series":[{"\u0062enchmark":"p"}]}"#,
      #"{"series":[{"benchmark":"\u0070"}]}"#, #"{"series":[{"benchmark":"a\/b"}]}"#,
    ])
  func otherForms(_ text: String) throws {
    #expect(NameScan(["p", "a/b"]).mayBe(in: RunLine(Array(text.utf8))))
  }

  @Test("it never misses a name that reading finds", arguments: 0..<200)
  func random(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let letters = [
      "p", "\"", "\\", "\n", "é", "e\u{301}", "benchmark", ":", "\u{1}", "😀", "/", "{",
    ]
    let names = (0..<4).map { _ in
      (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        letters.randomElement(using: &generator) ?? ""
      }.joined()
    }
    let line = try Self.line(Array(Set(names[..<2])), definition: "d")
    for name in names {
      let isThere = names[..<2].contains(name)
      #expect(!isThere || NameScan([name]).mayBe(in: line), "\(name)")
      #expect(!isThere || NameScan([name, "other"]).names(in: line).contains(name), "\(name)")
    }
  }
}
