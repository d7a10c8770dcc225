import Foundation
import Measurements
import RegexBuilder
import Reports
import TestSupport
import Testing
import Verdicts

@Suite("the report as OpenMetrics")
struct OpenMetricsTests {
  private func lines(_ report: Report) -> [Substring] {
    Rendering.openMetrics.render(report, Style()).split(separator: "\n")
  }

  @Test("every sample stands below the head of its family, has labels of its own and is a number")
  func samples() throws {
    for report in try [Example.mixed(), Example.governed(), Example.tried(), Example.nothing()] {
      try expectFamilies(lines(report))
    }
  }

  @Test("so does every sample of a hostile name", arguments: Hostile.names)
  func names(_ name: String) throws { try expectFamilies(lines(try Hostile.report(name))) }

  private func expectFamilies(_ lines: [Substring]) throws {
    #expect(lines.last == "# EOF")
    let types = lines.filter { $0.hasPrefix("# TYPE ") }
    #expect(Set(types).count == types.count)
    // The grammar of a sample, but for a `#`, which GitLab takes for the begin of a comment.
    let label = #/[a-z]+="(?:[^"\\#]|\\\\|\\")*"/#
    let sample = Regex {
      Capture { OneOrMore(.reluctant) { CharacterClass("a"..."z", .anyOf("_")) } }
      "{"
      label
      ZeroOrMore {
        ","; label
      }
      "} "
      #/-?[0-9.]+(?:e[-+]?[0-9]+)?/#
    }
    var family: Substring = ""
    var seen: Set<Substring> = []
    for line in lines.dropLast() {
      if line.hasPrefix("# TYPE ") { family = line.split(separator: " ")[2] }
      guard !line.hasPrefix("# ") else { continue }
      let match = try #require(try sample.wholeMatch(in: line), "\(line)")
      #expect(match.1 == family)
      let end = try #require(line.lastIndex(of: "}"))
      #expect(seen.insert(line[..<end]).inserted, "\(line)")
    }
  }

  @Test("numbers are in the units that the names say")
  func units() throws {
    let lines = try lines(Example.mixed())
    for line in [
      #"perf_median_seconds{suite="default",benchmark="parse/large size=1MB",metric="wall_time",side="head"} 0.0131"#,
      #"perf_median_bytes{suite="default",benchmark="parse/small",metric="max_rss",side="base"} 3145728"#,
      #"perf_median{suite="default",benchmark="serve",metric="requests",unit="1/s",side="head"} 2430"#,
      #"perf_change_ratio{suite="default",benchmark="parse/small",metric="max_rss"} 1"#,
      #"perf_verdict{suite="default",benchmark="gone",metric="wall_time",verdict="missing"} 1"#,
      #"perf_gate_status{suite="default"} 1"#,
    ] { #expect(lines.contains { $0 == line }, "\(line)") }
    #expect(lines.contains("# UNIT perf_median_seconds seconds"))
    #expect(!lines.contains { $0.hasPrefix("# UNIT perf_median ") })
  }

  @Test("names that look alike when they are neutralised stay apart")
  func alike() throws {
    let long = String(repeating: "x", count: 1000)
    let names = [
      "a\u{1B}", #"a\u{1B}"#, "b#", #"b\u{23}"#, long + "1" + long, long + "2" + long,
      #"b\u{23}_01"#,
    ]
    let both = try names.map { try Example.series($0, 1_000_000) }
    let samples = lines(Example.report(old: both, new: both)).filter { !$0.hasPrefix("#") }
    #expect(Set(samples.map { $0.prefix { $0 != " " } }).count == samples.count)
  }

  @Test("a file ends, and has a status only where somebody was judged")
  func ends() throws {
    let text = Rendering.openMetrics.render(try Example.mixed(judges: false), Style())
    #expect(text.hasSuffix("\n# EOF\n") && !text.contains("perf_gate_status"))
  }
}

/// The readers of Prometheus are the judges.
@Suite("OpenMetrics as others read it")
struct OpenMetricsReaderTests {
  private static let documents: [String] = {
    let golden = try? ["mixed", "governed", "nothing", "hostile"].map {
      try String(contentsOf: Golden(beside: #filePath).url("\($0).metrics"), encoding: .utf8)
    }
    let hostile = try? Hostile.names.map {
      Rendering.openMetrics.render(try Hostile.report($0), Style())
    }
    return (golden ?? []) + (hostile ?? [])
  }()

  /// For each of several documents how many samples it has, and how many have labels of their own.
  private static let script = """
    import json, sys
    from prometheus_client.openmetrics.parser import text_string_to_metric_families
    counts = []
    for text in json.load(sys.stdin):
        samples = [s for family in text_string_to_metric_families(text) for s in family.samples]
        keys = {(s.name, tuple(sorted(s.labels.items()))) for s in samples}
        counts.append([len(samples), len(keys)])
    json.dump(counts, sys.stdout)
    """

  private static let module = "prometheus_client.openmetrics"

  private func counts(_ documents: [String]) throws -> [[Int]] {
    let input = String(decoding: try JSONEncoder().encode(documents), as: UTF8.self)
    let result = try Python.run(Self.script, input: input)
    #expect(result.status == 0, "\(result.err)")
    return try JSONDecoder().decode([[Int]].self, from: Data(result.out.utf8))
  }

  @Test(
    "Prometheus' Python client reads every sample",
    .enabled(
      if: Python.has(module),
      Comment(rawValue: Python.absence(of: module, package: "python3-prometheus-client"))))
  func client() throws {
    let expected = Self.documents.map { text in
      text.split(separator: "\n").count { !$0.hasPrefix("#") }
    }
    #expect(expected.count == Hostile.names.count + 4)
    #expect(try counts(Self.documents) == expected.map { [$0, $0] })
  }

  private static let promtool = "/usr/bin/promtool"

  @Test(
    "Prometheus' own checker has nothing to say",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: promtool),
      "promtool is not installed (Debian: prometheus, which is large)"))
  func checker() throws {
    for text in Self.documents {
      let result = try Subprocess.run(
        Self.promtool, ["check", "metrics"], in: URL(filePath: "/"), input: text)
      #expect(result.status == 0 && result.err == "", "\(result.err)\n\(text.prefix(300))")
    }
  }
}
