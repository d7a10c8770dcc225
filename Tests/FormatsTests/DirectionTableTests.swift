import Measurements
import Testing

@testable import Formats

@Suite("Which direction is better, by the words of name and unit")
struct DirectionTableTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let unit: String
    /// nil for a guess.
    let better: Direction?

    init(_ name: String, _ unit: String = "1", _ better: Direction?) {
      self.name = name
      self.unit = unit
      self.better = better
    }

    var testDescription: String { "\(name) in \(unit)" }

    static let all: [Case] = [
      Case("throughput", "1", .higher), Case("requests", "1/s", .higher),
      Case("rows", "rows/s", .higher),
      Case("rows/sec", "1", .higher), Case("frames_per_second", "1", .higher),
      Case("fps", "1", .higher),
      Case("FPS", "fps", .higher), Case("ipc", "1", .higher), Case("IPC", "insns/clk", .higher),
      Case("instructions_per_cycle", "1", .higher), Case("cache_hits", "1", .higher),
      Case("CacheHits", "hits/op", .higher), Case("hit_rate", "%", .higher),
      Case("bandwidth", "GB/s", .higher),
      Case("memory bandwidth", "1", .higher), Case("success_rate", "1", .higher),
      Case("speedup", "x", .higher),
      Case("items_per_second", "1", .higher), Case("score", "points", .higher),
      Case("Free memory", "MB", .higher),
      Case("cache_misses", "1", .lower), Case("misses", "misses/s", .lower),
      Case("CacheMissRate", "1", .lower),
      Case("error_rate", "1/s", .lower), Case("errors_per_second", "1", .lower),
      Case("HTTPErrors", "1", .lower),
      Case("dropped frames", "frames/s", .lower), Case("dropRate", "1", .lower),
      Case("packets_lost", "1", .lower),
      Case("latency", "1", .lower), Case("p99-latency", "units", .lower),
      Case("hit latency", "1", .lower),
      Case("allocations", "1", .lower), Case("allocs/op", "allocs/op", .lower),
      Case("allocation rate", "MB/s", .lower),
      Case("gc.alloc.rate", "MB/s", .lower), Case("failures", "failures/op", .lower),
      Case("retries", "1", .lower),
      Case("p99-ns", "p99-ns", .lower), Case("", "ns/row", .lower), Case("max_rss", "B", .lower),
      Case("time", "1", .lower), Case("wall_time", "ns", .lower), Case("cost", "USD", .lower),
      Case("tokens", "1", .lower),
      Case("CPI", "clks/insn", .lower), Case("CPU usage", "%", .lower),
      Case("context switches", "1", .lower),
      Case("rejection_rate", "1", .lower), Case("bounce_rate", "%", .lower),
      Case("deadlocks", "1/s", .lower), Case("context_switches", "1/s", .lower),
      Case("perplexity_score", "1", .lower), Case("badness_score", "1", .lower),
      Case("error_free", "1", nil), Case("non_errors", "1", nil), Case("sample_rate", "1", nil),
      Case("points", "points", nil), Case("value", "1", nil), Case("widgets", "widgets/op", nil),
      Case("compression_ratio", "1", nil), Case("", "", nil), Case("depth", "%", nil),
      Case("x", "x", nil),
    ]
  }

  @Test("is one for all formats, and a guess where no word tells", arguments: Case.all)
  func table(_ one: Case) {
    let better = DirectionTable.better(of: one.name, in: one.unit)
    #expect(better.isGuess == (one.better == nil))
    #expect(better.direction == one.better ?? .lower)
  }

  @Test("is a guess where a benchmark's name says otherwise than its unit")
  func benchmarks() {
    func better(_ name: String, _ unit: String) -> DirectionSource {
      DirectionTable.better(ofBenchmark: name, "value", in: unit)
    }
    #expect(better("cache miss test", "req/s").isGuess)
    #expect(better("Free memory", "MB").isGuess)
    #expect(better("parse", "req/s").direction == .higher)
    #expect(better("Hit rate", "points").direction == .higher)
    #expect(better("parse", "points").isGuess)
  }

  @Test("is said of formats' own metrics by the formats")
  func formats() throws {
    let go = try Format.go.read(
      .of("BenchmarkA 1 10 ns/op 5 points 7 rows/s 3 misses/op 2 MB/s 8 hits/op\n"))
    let directions = Dictionary(
      uniqueKeysWithValues: go.series.map {
        ($0.metric.name, $0.metric.isGuessed ? nil : $0.metric.better)
      })
    #expect(
      directions == [
        "wall_time": .lower, "points": nil, "rows/s": .higher, "misses/op": .lower,
        "throughput": .higher, "hits/op": .higher,
      ])
  }
}
