import Foundation
import TestSupport
import Testing

@Suite("A whole output is compared with a file")
struct GoldenOutputTests {
  private func normalized(_ text: String, _ names: [String: String] = [:]) -> String {
    var normalizer = OutputNormalizer(names: names)
    return normalizer.normalized(text)
  }

  private static let ids = ["0a1b2c3d4e", "9876543210"].map { String(repeating: $0, count: 4) }

  @Test("ids are numbered as they appear, whole or shortened")
  func ids() {
    let (one, two) = (Self.ids[0], Self.ids[1])
    #expect(
      normalized("\(one.prefix(10)) \(two) \(one) \(two.prefix(10)) \(one.prefix(7))")
        == "<id 1> <id 2> <id 1> <id 2> <id 1>")
    #expect(
      normalized("1234567 ns, feedback, defaced, 100000076")
        == "1234567 ns, feedback, defaced, 100000076")
    #expect(normalized("unstored-\(one.prefix(10)).json") == "unstored-<id 1>.json")
    #expect(
      normalized("of \(one), not \(two.prefix(10))", ["head": one]) == "of <head>, not <id 1>")
  }

  @Test("folders, ports and days are replaced, and a day that a test names is not")
  func others() {
    let folder = "/tmp/perf-test-\(UUID().uuidString)"
    #expect(normalized("'\(folder)/a' in \(folder)") == "'<folder 1>/a' in <folder 1>")
    #expect(normalized("http://127.0.0.1:34567/x") == "http://127.0.0.1:<port>/x")
    #expect(
      normalized("2026-11-29T01:02:03Z, 2026-11-29, 2999-01-01, 2020-01-01")
        == "<time>, <day>, 2999-01-01, 2020-01-01")
    #expect(normalized("a\nwarning: load average 9 on 2 cores: b (c)\nd\n") == "a\nd\n")
    #expect(normalized("\u{1B}[31m") == "<ESC>[31m")
  }

  @Test("a run is shown as it was typed, with all that it printed")
  func run() throws {
    let folder = try ScratchDirectory()
    let result = try Subprocess.run(
      "/bin/sh", ["-c", "echo \"it's\"; printf out >&2; exit 3"], in: folder.url)
    #expect(
      GoldenOutput.text(of: [result, result], naming: [:])
        == [String](
          repeating: """
            $ sh -c 'echo "it'\\''s"; printf out >&2; exit 3'
            it's
            --- standard error
            out
            (no line break at the end)
            --- status 3

            """, count: 2
        ).joined(separator: "\n"))
  }

  @Test("each file is of a test that there is")
  func files() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let paths = try FileManager.default.subpathsOfDirectory(
      atPath: folder.appending(path: "Golden").path(percentEncoded: false))
    for path in paths where path.hasSuffix(".txt") {
      let parts = path.split(separator: "/")
      let suite = parts[0].split(separator: "+", maxSplits: 1)
      let file = ([suite[0] + "Tests"] + suite.dropFirst().map { "+\($0)" }).joined() + ".swift"
      let source = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      let test = parts[1].prefix { $0 != "-" && $0 != "." }
      #expect(source.contains("func \(test)("), "\(path) has no test")
    }
  }
}
