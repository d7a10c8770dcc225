import Foundation
import TestSupport
import Testing

@Suite("perf-log shows names from elsewhere as data")
struct LogNamesTests {
  static let names: [String] = [
    "a\"b'c", "a\tb", "a\nb", "a\r\nb", "a=b", "{a}", "{{a}}", "\u{1B}[31mred\u{1B}[0m",
    "\u{1B}]0;title\u{07}", "\u{9B}31m", "a\u{0}b", "漢字かな한글", "👩‍🔬 größer", "\u{202E}abc",
    "=1+1", "@user", "#12", "a|b", "`a`", "</td><script>alert(1)</script>", "-->", "a,b;c",
    "--help", "*", "a*b?c", "\\", "e\u{301}", " a ", "\u{2028}", "\u{FEFF}a", "%s%n", "$(reboot)",
  ]

  private static let verbs: [[String]] = [
    [], ["--machine", "any", "--all"], ["show", "main"], ["trend", "*"],
    ["stats", "--since", "2026-01-01"], ["stats", "--since", "2026-01-01", "--by", "benchmark"],
    ["rank", "--by", "label:agent", "--since", "2026-01-01", "--metric", "wall_time"],
  ]

  /// A history in which everything that can be named has this name.
  private func project(_ name: String) throws -> LogProject {
    let project = try LogProject(commits: 2)
    try project.store(
      (0..<2).map { number in
        LoggedRun(
          commit: number, time: "2026-10-0\(number + 1)T12:00:00Z", suite: name, machine: name,
          cpu: name, session: name, part: number == 0 ? nil : name,
          series: [
            LoggedSeries(name, labels: ["agent": name, name: name], [1, 2, 3]),
            LoggedSeries("unit", metric: name, unit: name, [1]),
          ], failures: [name])
      } + [LoggedRun(commit: 0, suite: name, machine: "other", series: [LoggedSeries(name, [7])])])
    return project
  }

  @Test("no terminal, browser or spreadsheet is told anything by one", arguments: names)
  func harmless(_ name: String) throws {
    let project = try project(name)
    for verb in Self.verbs {
      for rendering in ["text", "markdown", "csv", "html"] {
        for width in [nil, 80] {
          let logged = project.log(verb + ["--report", rendering], width: width)
          #expect(logged.status == 0, "\(verb): \(logged.err)")
          let bad = (logged.out + logged.err).unicodeScalars.filter { scalar in
            scalar.value < 32 && scalar != "\n"
              && !(rendering == "csv" && "\r\t".unicodeScalars.contains(scalar))
              || (0x7F...0x9F).contains(scalar.value)
              || [0x202E, 0x2028, 0xFEFF].contains(scalar.value)
          }
          #expect(bad.isEmpty, "\(verb) as \(rendering): \(Array(bad).map(\.value))")
          if rendering == "html" {
            #expect(!logged.out.contains("<script>alert"))
            #expect(!logged.out.contains("</td><script"))
          }
        }
      }
    }
  }

  @Test("JSON has it unchanged", arguments: names)
  func json(_ name: String) throws {
    let project = try project(name)
    let stats = try project.rows("stats", "--since", "2026-01-01", "--machine", "any")
    let groups = stats.compactMap { $0["group"] as? [String: Any] }
    #expect(
      groups.contains {
        ($0["benchmark"] as? String)?.unicodeScalars.elementsEqual(name.unicodeScalars) == true
      })
    let runs = try project.rows("--machine", "any")
    for row in runs where row["session"] is String {
      for field in ["suite", "session", "machine"] {
        let text = try #require(row[field] as? String)
        #expect(text.unicodeScalars.elementsEqual(name.unicodeScalars), "\(field)")
      }
    }
    let shown = try project.rows("show", "main~1")
    #expect(shown.count == 2)
  }

  @Test("a name can be asked for as it is, unless it looks like a pattern", arguments: names)
  func asked(_ name: String) throws {
    // No argument of a program can hold NUL.
    guard !name.contains("\u{0}") else { return }
    let project = try project(name)
    let stats = try project.json([
      "stats", "--since", "2026-01-01", "--benchmark=\(name)", "--label=agent=\(name)",
    ])
    let rows = try #require(stats["rows"] as? [[String: Any]])
    #expect(!rows.isEmpty)
    let machine = try project.json(["--machine=\(name)"])
    #expect((machine["rows"] as? [Any])?.count == 2)
    let suite = try project.json(["--suite=\(name)"])
    #expect((suite["rows"] as? [Any])?.isEmpty == false)
  }

  @Test("no line is wider than the terminal", arguments: [40, 80, 132])
  func width(_ width: Int) throws {
    let project = try project(String(repeating: "漢字 long ", count: 30))
    for verb in Self.verbs {
      let logged = project.log(verb, width: width)
      // The table; the lines around it are sentences, which a terminal wraps.
      let lines = logged.out.split(separator: "\n").dropFirst()
        .filter { $0.contains("  ") && !$0.contains("left out") && !$0.hasPrefix("run ") }
      for line in lines {
        let columns = line.unicodeScalars.reduce(0) {
          $0 + ((0x3000...0x9FFF).contains($1.value) ? 2 : 1)
        }
        #expect(columns <= width, "\(verb): \(line)")
      }
    }
  }

  @Test("CSV is read by others as it was meant")
  func csv() throws {
    let name = "a\"b,c\n=d"
    let project = try project(name)
    let logged = project.log(
      "stats", "--since", "2026-01-01", "--machine", "any", "--metric", "wall_time", "--report",
      "csv")
    let read = try Python.run(
      "import csv, sys, json; print(json.dumps(list(csv.reader(sys.stdin))))", input: logged.out)
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(read.out.utf8)) as? [[String]])
    #expect(rows.count == 3)
    #expect(Set(rows.map(\.count)).count == 1)
    let column = try #require(rows.first?.firstIndex(of: "n"))
    #expect(Set(rows.dropFirst().map { $0[column] }) == ["6", "1"])
  }
}
