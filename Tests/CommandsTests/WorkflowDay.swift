import Foundation
import TestSupport
import Testing

/// A day of work on a project whose pushes are judged: what is done, and what it ends in.
///
/// It begins with one commit on main, which the remote has too and nobody has recorded.
struct Day {
  let here: PushProject
  /// So many recordings were made; no two have the same numbers.
  private var recordings = 0
  /// Fake programs and event files of a pipeline, outside of the repository.
  let outside: ScratchDirectory

  init() throws {
    try self.init(PushProject(milliseconds: nil))
  }

  init(_ here: PushProject) throws {
    self.here = here
    outside = try ScratchDirectory()
    try here.git("config", "perf.measure.unfit", "ignore")
  }

  /// The same day in a clone, without the notes.
  func clone() throws -> Day {
    let repository = try TemporaryRepository(cloning: here.remote.path)
    return try Day(PushProject(repository, remote: here.remote))
  }
}

/// What somebody does.
extension Day {
  @discardableResult
  func git(_ arguments: String...) throws -> String { try here.repository.git(arguments) }

  /// The abbreviated id of a revision, as reports have it.
  func short(_ revision: String = "HEAD") throws -> String {
    String(try git("rev-parse", revision).prefix(7))
  }

  @discardableResult
  func commit(_ message: String, file: String = "file.txt", text: String? = nil) throws -> String {
    try here.repository.commit(message, file: file, text: text)
  }

  /// Writes a file, and commits nothing.
  func write(_ file: String, _ text: String) throws {
    try here.repository.directory.write(file, text)
  }

  /// Adds a line to what was recorded for HEAD and for its content.
  func append(_ line: String) throws {
    for object in ["HEAD", "HEAD^{tree}"] {
      try git("notes", "--ref=perf", "append", "--message", line, object)
    }
  }

  /// Commits a `.perfconfig`.
  func rules(_ text: String) throws {
    try commit("rules", file: ".perfconfig", text: text)
  }

  /// Starts a branch with a commit of its own.
  func branch(_ name: String = "topic", from start: String = "main") throws {
    try git("checkout", "--quiet", "--no-track", "-b", name, start)
    try commit(name, file: "\(name.replacingOccurrences(of: "/", with: "-")).txt")
  }

  func checkout(_ name: String) throws { try git("checkout", "--quiet", name) }

  /// A commit of the branch that is checked out, with its number of `parse`.
  mutating func commit(_ message: String, at milliseconds: Double) throws {
    try commit(message)
    try record(milliseconds)
  }

  /// Brings what is checked out to the remote, unjudged, as before the day began.
  func publish(_ branch: String = "main") throws {
    try git("push", "--quiet", "--no-verify", "origin", branch)
  }

  /// Where numbers are recorded from now on.
  func machine(_ label: String) throws {
    try git("config", "perf.environment.labels", "runner=\(label)")
  }

  /// Accepts what fails, which the rules of HEAD do not know of yet, and commits that.
  func accept(_ name: String, failing status: Int32 = 1, saying words: String? = nil) throws {
    try call(
      "perf-gate", ["--accept", name, "--reason", "safer so"], status,
      words ?? "With yours: \(name) waived, status 0",
      "for good: git commit .perfconfig, nothing needs "
        + "measuring again", "written to .perfconfig: commit it for review")
    try commitRules()
  }

  /// Commits the `.perfconfig` that is here, and nothing else.
  func commitRules() throws {
    try git("add", ".perfconfig")
    try git("commit", "--quiet", "--message", "rules")
  }

  /// Has to succeed.
  func run(_ program: String, _ arguments: String...) throws {
    let result = try here.project.run(program, arguments)
    guard result.status == 0 else { throw Project.Failed(result: result) }
  }
}

/// Recording.
extension Day {
  /// Ten rounds around some milliseconds, of `parse` or others.
  mutating func record(_ milliseconds: Double, _ options: String...) throws {
    try record(["parse": milliseconds], options)
  }

  mutating func record(_ milliseconds: [String: Double], _ options: [String] = []) throws {
    let result = try here.project.run(
      "perf-record", ["--quiet", "--import", "-"] + options, input: numbers(milliseconds))
    guard result.status == 0 else { throw Project.Failed(result: result) }
  }

  /// The same, changed before it is stored: its machine, its time, what failed.
  mutating func record(
    _ milliseconds: [String: Double], _ options: [String] = [],
    changed: (inout [String: Any]) -> Void
  ) throws {
    let file = outside.url.appending(path: "run.json").path(percentEncoded: false)
    let result = try here.project.run(
      "perf-record", ["--quiet", "--import", "-", "--output", file] + options,
      input: numbers(milliseconds))
    guard result.status == 0 else { throw Project.Failed(result: result) }
    let data = try Data(contentsOf: URL(filePath: file))
    var document = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    var runs = try #require(document["runs"] as? [[String: Any]])
    changed(&runs[0])
    document["runs"] = runs
    try JSONSerialization.data(withJSONObject: document).write(to: URL(filePath: file))
    try run("perf-record", "--quiet", "--import", file)
  }

  /// Rounds that differ by up to ±2 %, each recording's by others.
  private mutating func numbers(_ milliseconds: [String: Double]) throws -> String {
    recordings += 1
    let shift = Double(recordings)
    return try Project.hyperfine(
      milliseconds.mapValues { milliseconds in
        (0..<10).map { milliseconds / 1000 * (1 + 0.02 * sin(Double($0) * 2.1 + shift)) }
      })
  }

  /// A recording of a part of the suite, with the reason.
  mutating func record(part: String, _ milliseconds: [String: Double]) throws {
    try record(milliseconds) { $0["part"] = part }
  }

  /// A recording on a machine of another processor.
  mutating func record(_ milliseconds: Double, cpu: String) throws {
    try record(["parse": milliseconds]) { run in
      var environment = run["environment"] as? [String: Any] ?? [:]
      environment["cpu"] = cpu
      environment["key"] = "key of \(cpu)"
      run["environment"] = environment
    }
  }

  /// A program that prints a number of `parse` which is near this one, and the suite that has it.
  ///
  /// Each launch leaves a line in a file outside, so that a test knows whether any was made.
  func program(_ name: String = "bench", nanoseconds: Int) throws {
    let log = outside.url.appending(path: "launches").path(percentEncoded: false)
    try executable(
      name,
      """
      echo x >>'\(log)'
      n=$(wc -l <'\(log)')
      echo "BenchmarkParse 1 $((\(nanoseconds) * 100 + n * 37 % 7 * 20)) ns/op"
      """)
  }

  func executable(_ name: String, _ script: String) throws {
    try here.repository.directory.writeExecutable(name, "#!/bin/sh\n\(script)\n")
  }

  static let suite = "[suite \"default\"]\n\tcommand = ./bench\n\tformat = go\n\trounds = 5\n"

  var launches: Int {
    ((try? outside.read("launches")) ?? "").split(separator: "\n").count
  }
}

/// What a pipeline says.
extension Day {
  func event(_ text: String) throws -> [String: String] {
    let file = try outside.write("event.json", text)
    return ["GITHUB_EVENT_PATH": file.path(percentEncoded: false), "GITHUB_ACTIONS": "true"]
  }

  func mergeQueue(base: String, head: String) throws -> [String: String] {
    let entry = #"{"base_sha": "\#(base)", "head_sha": "\#(head)", "base_ref": "refs/heads/main"}"#
    return try event(#"{"merge_group": \#(entry)}"#)
      .merging(["GITHUB_EVENT_NAME": "merge_group", "GITHUB_SHA": head]) { $1 }
  }
}

/// What it ends in.
extension Day {
  /// Judges what is checked out, or what is named.
  func gate(
    _ status: Int32, _ lines: String..., with options: [String] = [],
    environment: [String: String] = [:], never: String? = nil,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let result = try here.project.run("perf-gate", options, environment: environment)
    check(result, status, lines, never, location)
  }

  /// Pushes a branch of this name, or what is named; a push that is refused has status 1.
  func push(
    _ what: String, _ status: Int32, _ lines: String..., with options: [String] = [],
    never: String? = nil, at location: SourceLocation = #_sourceLocation
  ) throws {
    let words = ["git", "push", "origin"] + what.split(separator: " ").map(String.init)
    check(try here.call(words + options), status, lines, never, location)
  }

  /// Runs another program of ours.
  func call(
    _ program: String, _ arguments: [String], _ status: Int32, _ lines: String...,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    check(try here.project.run(program, arguments), status, lines, nil, location)
  }

  func expect(_ holds: Bool, at location: SourceLocation = #_sourceLocation) throws {
    #expect(holds, sourceLocation: location)
  }

  private func check(
    _ result: Subprocess, _ status: Int32, _ lines: [String], _ never: String?,
    _ location: SourceLocation
  ) {
    let said = result.out + result.err
    #expect(result.status == status, "\(said)", sourceLocation: location)
    for line in lines {
      #expect(said.contains(line), "\(line)\n---\n\(said)", sourceLocation: location)
    }
    if let never { #expect(!said.contains(never), "\(said)", sourceLocation: location) }
  }
}
