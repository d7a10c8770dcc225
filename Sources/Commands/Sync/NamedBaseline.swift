import Git
import History
import Intake
import Measurements
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `baselines/<name>.json` at the top of the work tree: runs that are reviewed like code, and that are
/// there without a network.
struct NamedBaseline {
  /// As people call it, from the top of the work tree.
  let path: String
  private let top: String
  private let lockFolder: String

  init(_ name: String, in workspace: Workspace) throws {
    let isName =
      !name.hasPrefix(".")
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    guard isName, !name.isEmpty else {
      throw UsageError(
        "'\(name)' is no name of a baseline",
        hint: "letters, digits, dots, hyphens and underscores; the file is baselines/<name>.json")
    }
    guard let top = workspace.repository.workTree else {
      throw Complaint(
        .failure, "this repository is bare: there is no place for baselines",
        hint: "write a file with `--output <file>`")
    }
    self.top = top
    lockFolder = "\(workspace.repository.commonDirectory)/perf"
    try? FileManager.default.createDirectory(
      atPath: lockFolder, withIntermediateDirectories: true)
    path = "baselines/\(name).json"
  }

  var wholePath: String { "\(top)/\(path)" }

  /// Puts runs into the file.
  ///
  /// They take the place of those of other commits that have the same suite and machine; all others
  /// stay, in an order that depends on nothing but what they are, so that two versions can be merged by
  /// hand.
  func add(_ lines: [RunLine]) throws {
    let lock = try? FileLock("\(lockFolder)/baselines.lock")
    // Nobody holds it for longer than it takes to write a file.
    for attempt in 1...200 where (try? lock?.seize()) == false { Pause.afterLostRace(attempt) }
    defer { lock?.release() }
    let folder = "\(top)/baselines"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try OutputFile.check(wholePath, typed: path)
    let new = try lines.map(Kept.init)
    let old = try kept().filter { old in
      new.allSatisfy { $0.party != old.party || $0.commit == old.commit }
    }
    try check()
    let all = Set(old + new).sorted { $0.line.bytes.lexicographicallyPrecedes($1.line.bytes) }
    do {
      try OutputFile.write(try BaselineFile.text(of: all.map(\.line)), to: wholePath)
    } catch {
      throw Complaint(error).hinting("the runs are stored: try `perf-sync export` again")
    }
  }

  /// - Throws: Where the file is something else, before anything is measured.
  func check() throws {
    guard !OutputFile.isLink(wholePath), !OutputFile.isLink("\(top)/baselines") else {
      throw Complaint(
        .usage, "'\(path)' is a symbolic link", hint: "baselines are files of the work tree")
    }
    _ = try kept()
  }

  private func kept() throws -> [Kept] {
    guard OutputFile.exists(wholePath) else { return [] }
    let reading = try Format.perf.read(Input(path: wholePath, name: path))
    return try reading.records.map { try Kept(RunLine($0)) }
  }

  /// A run, and what decides whether it stays.
  private struct Kept: Hashable {
    let line: RunLine
    let commit: String?
    let party: [String?]

    init(_ line: RunLine) throws {
      let run = try Run(line.bytes)
      self.line = line
      commit = run.commit
      party = [run.suite, run.environment?.key]
    }
  }
}
