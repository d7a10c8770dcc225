import Commands
import Configuration
import Foundation
import TestSupport
import Testing

@Suite("The README")
struct ReadmeTests {
  let readme: String
  let project: Project

  init() throws {
    readme = try String(
      contentsOf: Programs.packageRoot.appending(path: "README.md"), encoding: .utf8)
    project = try Project()
  }

  /// The contents of the fenced blocks of a kind, in order.
  private func blocks(_ kind: String) -> [String] {
    readme.components(separatedBy: "```\(kind)\n").dropFirst()
      .map { String($0.components(separatedBy: "```")[0]) }
  }

  /// A project as the README has it: a program, a remote, and this package in the home directory.
  private func prepare() throws -> (home: ScratchDirectory, remote: ScratchDirectory) {
    let home = try ScratchDirectory()
    try FileManager.default.createSymbolicLink(
      at: home.url.appending(path: "perf-gate"), withDestinationURL: Programs.packageRoot)
    let remote = try ScratchDirectory()
    let repository = project.repository
    try repository.git("init", "--quiet", "--bare", "--initial-branch=main", remote.path)
    try repository.git("remote", "add", "origin", remote.path)
    // Processor times come in ticks, so that by chance all of one side are zero, and nothing that
    // changed from zero can be accepted.
    for metric in ["user_time", "system_time"] {
      try repository.git("config", "perf.metric.\(metric).ignoreBelow", "10s")
    }
    let program = try repository.directory.write("pack", "#!/bin/sh\nexec gzip -1 -c \"$1\"\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: program.path(percentEncoded: false))
    try repository.directory.write("data.txt", (1...300_000).map { "\($0)\n" }.joined())
    try repository.git("add", ".")
    try repository.git("commit", "--quiet", "--message", "pack")
    try repository.git("push", "--quiet", "origin", "main")
    try repository.git("fetch", "--quiet", "origin")
    return (home, remote)
  }

  @Test("every shell example runs, one after the other, in a project like the one it describes")
  func examples() throws {
    let (home, remote) = try prepare()
    let environment = project.programs.environment.merging(["HOME": home.path]) { $1 }
    let blocks = blocks("sh")
    #expect(blocks.count == 7)
    for block in blocks {
      let result = try Subprocess.run(
        "/bin/sh", ["-c", block], in: project.repository.url, environment: environment)
      // What gzip's timings say is not for a test: a gate may pass or refuse.
      #expect([0, 1].contains(result.status), "\(block)\n\(result.out)\(result.err)")
      #expect(!result.err.contains("error:"), "\(block)\n\(result.err)")
      #expect(!result.err.contains("not found"), "\(block)\n\(result.err)")
    }
    let notes = try project.repository.git("ls-remote", remote.path, "refs/notes/perf")
    #expect(notes.isEmpty == false)
    let report = try project.repository.directory.read("perf.md")
    #expect(report.contains("<code>pack"))
  }

  @Test("the configuration it shows is understood, every key of it, and shows every key there is")
  func configuration() throws {
    let text = try #require(blocks("ini").first)
    for name in ConfigurationKeys.names {
      let key = try #require(name.split(separator: ".").last)
      let isShown = text.contains("    \(key) = ") || readme.contains("`\(name)`")
      #expect(isShown, "\(name)")
    }
    try project.repository.directory.write(".perfconfig", text)
    try project.repository.git("config", "perf.environment.labels", "runner=laptop")
    let runs = try measured()
    try project.run("perf-record", "--import", "-", "--commit", "HEAD", input: runs)
    try project.repository.git("tag", "v1.0")
    try project.repository.commit("second", file: "other.txt")
    try project.run("perf-record", "--import", "-", "--commit", "HEAD", input: runs)
    let result = try project.run("perf-gate")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.err == "perf-gate: no regression: 2 unchanged; 2 budgets kept\n")
  }

  /// A benchmark as the configuration has it, in the form of this project's own files.
  private func measured() throws -> String {
    let time = Project.times(100).map { "[\($0 * 1e9)]" }.joined(separator: ",")
    func series(_ metric: String, _ unit: String, _ rounds: String) -> String {
      #"{"benchmark":"parse/large","metric":"\#(metric)","unit":"\#(unit)","better":"lower","#
        + #""rounds":[\#(rounds)]}"#
    }
    return #"{"version":1,"suite":"default","tool":"test","series":["#
      + "\(series("wall_time", "ns", time)),\(series("allocations", "1", "[1000],[1000]"))]}"
  }

  @Test("the exit statuses are those of --help")
  func statuses() throws {
    let help = try project.run("perf-gate", "--help").out
    let rows = readme.split(separator: "\n").filter { $0.firstMatch(of: /^\| [0-6] \|/) != nil }
    #expect(rows.count == 7)
    for row in rows {
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(help.contains("\(cells[0])  \(cells[1])"), "\(row)")
    }
  }

  @Test(
    "the files it names exist",
    arguments: ["demo", "test", "install", "install-hook", "bench", "lint", "accuracy", "pipeline"])
  func files(name: String) throws {
    let path = Programs.packageRoot.appending(path: "ci/\(name)").path(percentEncoded: false)
    #expect(FileManager.default.isExecutableFile(atPath: path))
    #expect(readme.contains("ci/\(name)"))
  }
}
