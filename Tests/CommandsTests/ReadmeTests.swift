import Commands
import Configuration
import Foundation
import TestSupport
import Testing

@Suite("The README and the manual")
struct ReadmeTests {
  let project: Project

  init() throws { project = try Project() }

  /// A project as the pages have it: a program, a remote, and this package in the home directory.
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
    try repository.directory.writeExecutable("pack", "#!/bin/sh\nexec gzip -1 -c \"$1\"\n")
    try repository.directory.write("data.txt", (1...300_000).map { "\($0)\n" }.joined())
    try repository.git("add", ".")
    try repository.git("commit", "--quiet", "--message", "pack")
    try repository.git("push", "--quiet", "origin", "main")
    try repository.git("fetch", "--quiet", "origin")
    return (home, remote)
  }

  /// Runs all blocks one after the other, and returns what `refs/notes/perf` of the remote is then.
  ///
  /// Each command ends with the status that its page gives. Of `gzip -9` against `gzip -1` every launch
  /// is slower than every other, by several times, so that the gate always refuses.
  private func run(_ pages: [DocumentedPage]) throws -> String {
    let (home, remote) = try prepare()
    let environment = project.programs.environment.merging(["HOME": home.path]) { $1 }
    for page in pages {
      for block in page.blocks("sh") {
        let result = try Subprocess.run(
          "/bin/sh", ["-e", "-c", ShellExample(text: block).script], in: project.repository.url,
          environment: environment)
        let said = "\(page.path)\n\(block)\n\(result.out)\(result.err)"
        #expect(result.status == 0, "\(said)")
        #expect(!result.err.contains("not found"), "\(said)")
      }
    }
    return try project.repository.git("ls-remote", remote.path, "refs/notes/perf")
  }

  @Test("the sixty seconds of the README end as it says")
  func sixtySeconds() throws {
    let readme = try DocumentedPage.readme()
    #expect(readme.blocks("sh").count == 1)
    _ = try run([readme])
  }

  @Test("the shell examples of the manual end as it says, run page by page in one project")
  func examples() throws {
    let pages = try DocumentedPage.wholeManual()
    #expect(pages.flatMap { $0.blocks("sh") }.count == 10)
    let notes = try run(pages)
    #expect(notes.isEmpty == false)
    let report = try project.repository.directory.read("perf.md")
    #expect(report.contains("<code>pack"))
  }

  /// Keys that exclude another one, which the example has.
  private static let excluding = ["suite.requests", "environment.key"]

  @Test("the configuration it shows is understood, every key of it, and shows every key there is")
  func configuration() throws {
    let page = try DocumentedPage.manual("Configuration")
    let text = try #require(page.blocks("ini").first)
    for name in ConfigurationReference.names where !Self.excluding.contains(name) {
      let key = try #require(name.split(separator: ".").last)
      guard !key.hasPrefix("<") else { continue }
      #expect(text.contains("    \(key) = "), "\(name)")
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
    #expect(!result.err.contains("unknown key"))
    #expect(result.err == "perf-gate: no regression: 2 unchanged; 2 budgets kept; 1 goal met\n")
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

  /// The exit statuses that a program's help has, as rows of a table.
  private func statuses(of program: String) throws -> [[String]] {
    try project.run(program, "--help").out.matches(of: /(?m)^  ([0-6])  (.+)$/)
      .map { [String($0.output.1), String($0.output.2)] }
  }

  @Test("the exit statuses are those of --help")
  func statuses() throws {
    let common = try statuses(of: "perf-gate")
    #expect(common.count == 7)
    #expect(try DocumentedPage.readme().rows(/[0-6]/) == common)
    #expect(
      try DocumentedPage.manual("ExitStatuses").rows(/[0-6]/)
        == common + statuses(of: "perf-comment") + statuses(of: "perf-log")
        + statuses(of: "perf-bisect"))
  }

  @Test("the formats are those of --help, with what each carries")
  func formats() throws {
    let help = try project.run("perf-record", "--help").out
    let listed = help.matches(of: /(?m)^  ([a-z0-9-]+) +(.+) \((\w+(?:, history)?)\)$/)
      .map { ["`\($0.output.1)`", String($0.output.2), String($0.output.3)] }
    #expect(listed.count > 30)
    let rows = try DocumentedPage.manual("Importing").rows(/`[a-z0-9-]+`/)
    #expect(rows.filter { $0.count == 3 } == listed)
  }

  @Test("the renderings are those of --help")
  func renderings() throws {
    let help = try project.run("perf-gate", "--help").out
      .replacing(/\s+/, with: " ")
    let rows = try DocumentedPage.manual("Reports").rows(/`[a-z]+`/)
    #expect(rows.count == 10)
    for row in rows {
      let name = row[0].trimmingCharacters(in: ["`"])
      #expect(help.contains(" \(name) "), "\(name)")
    }
  }

  @Test("the scripts and hooks that it names exist")
  func files() throws {
    for page in try [DocumentedPage.readme()] + DocumentedPage.wholeManual() {
      let paths = page.quoted(/`((?:ci|hooks)(?:\/[a-z.-]+)*)[` ]/)
      let missing = paths.filter { path in
        let file = Programs.packageRoot.appending(path: path).path(percentEncoded: false)
        return !FileManager.default.fileExists(atPath: file)
      }
      #expect(missing.isEmpty, "\(page.path)")
    }
  }

  /// Options of git and of ci/install-hook.
  private static let otherOptions = ["--no-verify", "--dirty", "--remove"]

  @Test("the options that it names are those of a program")
  func options() throws {
    let help = try Programs.names.map { try project.run($0, "--help").out }.joined()
    let known = Set(help.matches(of: /--[a-z-]+/).map { String($0.output) })
      .union(Self.otherOptions)
    for page in try [DocumentedPage.readme()] + DocumentedPage.wholeManual() {
      let unknown = page.quoted(/`(--[a-z-]+)/).subtracting(known)
      #expect(unknown.isEmpty, "\(page.path)")
    }
  }

  @Test("the page on the architecture names the imports that Package.swift has")
  func architecture() throws {
    let manifest = try String(
      contentsOf: Programs.packageRoot.appending(path: "Package.swift"), encoding: .utf8)
    let page = try #require(
      DocumentedPage.wholeManual().first { $0.path.hasSuffix("Architecture.md") })
    let libraries = manifest.matches(of: /\slibrary\(\s*"(\w+)"([^)]*)\)/)
    #expect(libraries.count > 10)
    for library in libraries where library.output.1 != "Commands" {
      let imports = library.output.2.matches(of: /"(\w+)"/).map { "`\($0.output.1)`" }
      let row = page.text.split(separator: "\n").first { $0.hasPrefix("| `\(library.output.1)`") }
      let told = row?.split(separator: "|").last?.matches(of: /`\w+`/).map { String($0.output) }
      #expect(told?.sorted() == imports.sorted(), "\(library.output.1)")
    }
  }

  @Test("the README has at most 180 lines")
  func length() throws {
    let lines = try DocumentedPage.readme().text.count { $0.isNewline }
    #expect(lines <= 180)
  }
}
