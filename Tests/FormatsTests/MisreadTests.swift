import Formats
import Foundation
import Measurements
import Testing

@Suite("Numbers are not misread")
struct MisreadTests {
  @Test(
    "operations by any part of a second, and frames, are better when there are more",
    arguments: [
      ("ops/ms", "1/s", 1000.0), ("op/us", "1/s", 1e6), ("ops/s", "1/s", 1), ("fps", "fps", 1),
      ("MHz", "MHz", 1), ("qps", "1/s", 1),
    ])
  func rates(_ unit: String, _ symbol: String, _ factor: Double) throws {
    let series = try Format.gab.read(.of(#"[{"name": "a", "unit": "\#(unit)", "value": 2}]"#))
      .series
    #expect(series.first?.metric.better == .higher)
    #expect(series.first?.metric.unit.symbol == symbol)
    #expect(series.first?.rounds.first?.samples == [2 * factor])
  }

  @Test("what looks like thousands of settings in a Go log is output, and takes no more memory")
  func settings() throws {
    let lines = (0..<20_000).map { "conn\($0): closed\nBenchmarkA-8 10 \($0 + 1) ns/op\n" }
    let reading = try Format.go.read(.of("goos: linux\n" + lines.joined()))
    let tooMany = reading.parseNotes.filter { $0.description.contains("more than 100 settings") }
    #expect(tooMany.count == 1)
    #expect(
      reading.series.reduce(0) { $0 + $1.rounds.reduce(0) { $0 + $1.samples.count } } == 20_000)
  }

  @Test(
    "a Go file that breaks off in a unit is told of",
    arguments: [("ns/o", 1), ("n", 1), ("ns/op", 0), ("ns/op\nPASS", 0), ("ns/op 3 things", 1)])
  func torn(_ end: String, _ warnings: Int) throws {
    let reading = try Format.go.read(.of("BenchmarkA 1 7 ns/op\nBenchmarkB 1 8 \(end)"))
    #expect(reading.parseNotes.count { $0.description.contains("cut off") } == warnings)
  }

  @Test("a table that breaks off in a number is refused, and so is a number in hexadecimal")
  func tables() {
    let torn = "time,commit,a\n2026,abc,12"
    #expect(failure(of: .otava, on: torn) == "x:2: the last line has no end")
    let hexadecimal = "time,commit,a\n2026,abc,1\n2026,abd,0x10\n"
    #expect(failure(of: .otava, on: hexadecimal) == "x:3: 'a' is no finite number: '0x10'")
    let units = "time,commit,a\n2026,abc,3ms\n"
    #expect(failure(of: .otava, on: units) == "x:2: 'a' is no finite number: '3ms'")
  }

  @Test("a key that stands twice is refused, and lines that a terminal writes over")
  func twice() {
    let json = #"[{"name": "a", "unit": "ns", "value": 1, "value": 2}]"#
    #expect(failure(of: .gab, on: json) == "x:1: field '[0].value': stands here twice")
    let text = "a x 1,000 ops/sec ±1.00% (90 runs sampled)\rb x 2 ops/sec ±1.00% (9 runs sampled)\n"
    #expect(failure(of: .benchmarkjs, on: text).contains("several lines in one"))
  }
}
