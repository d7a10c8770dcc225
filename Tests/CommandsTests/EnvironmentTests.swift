import Foundation
import TestSupport
import Testing

@Suite("perf-record --environment")
struct EnvironmentTests {
  let project: Project

  init() throws { project = try Project() }

  /// The cells of each row of the table, by the name of the field.
  private func rows(_ text: String) -> [String: [String]] {
    let lines = text.components(separatedBy: "\n\n")[0].split(separator: "\n").dropFirst()
    let cells = lines.map { line in
      line.split(separator: /\ {2,}/).map(String.init)
    }
    return Dictionary(uniqueKeysWithValues: cells.map { ($0[0], Array($0.dropFirst())) })
  }

  @Test("shows what a run of this machine carries, and where it comes from")
  func same() throws {
    try project.repository.directory.write(
      ".perfconfig", "[environment]\n    labels = runner=laptop\n")
    let result = try project.run("perf-record", "--environment")
    #expect(result.status == 0)
    #expect(result.err == "")
    try project.run("perf-record", "-r", "1", "-o", "out.json", "--", "true")
    let text = try project.repository.directory.read("out.json")
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let run = (document?["runs"] as? [[String: Any]])?.first
    let stored = try #require(run?["environment"] as? [String: Any])
    let rows = rows(result.out)
    for field in ["key", "cpu", "os", "arch", "kernel"] {
      #expect(rows[field]?.first == stored[field] as? String, "\(field)")
    }
    #expect(rows["cores"]?.first == "\(try #require(stored["cores"] as? Int))")
    #expect(rows["key"]?.last == "a hash of cpu, cores, os, arch and labels")
    #expect(rows["labels"] == ["runner=laptop", "environment.labels in .perfconfig:2"])
  }

  @Test("says who took the place of the fingerprint")
  func key() throws {
    let fingerprint = rows(try project.run("perf-record", "--environment").out)["key"]?.first
    try project.repository.git("config", "perf.environment.key", "mine")
    let rows = rows(try project.run("perf-record", "--environment").out)
    #expect(
      rows["key"]
        == ["mine", "environment.key in git config, in place of \(try #require(fingerprint))"])
  }

  @Test("needs no repository")
  func nowhere() throws {
    let directory = try ScratchDirectory()
    let result = try project.programs.run("perf-record", ["--environment"], in: directory.url)
    #expect(result.status == 0, "\(result.err)")
    #expect(rows(result.out)["labels"] == ["none", "environment.labels, which nobody set"])
    #expect(result.out.contains("\n\nfitness          seen\nload average     "))
  }

  @Test("does not go with anything to record")
  func misuse() throws {
    try expectGolden(
      [["--", "true"], ["--import", "-"]].map {
        try project.run("perf-record", ["--environment"] + $0)
      })
  }
}
