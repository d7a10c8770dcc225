import CommandLine
import Formats
import Git
import History
import Measurements
import Reports
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The file `baselines/<name>.json` at the top of the work tree. Its runs are reviewed like code
/// and available without a network.
struct NamedBaseline {
  /// The path of the file from the top of the work tree.
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
      throw Diagnostic(
        .failure, "this repository is bare: there is no place for baselines",
        hint: "write a file with `--output <file>`")
    }
    self.top = top
    lockFolder = "\(workspace.repository.commonDirectory)/perf"
    path = "baselines/\(name).json"
  }

  var wholePath: String { "\(top)/\(path)" }

  /// Adds runs to the file.
  ///
  /// They replace runs of other commits with the same suite and machine. All other runs stay. The
  /// order depends only on the runs, so that two versions can be merged by hand.
  func add(_ lines: [RunLine]) throws {
    try refuseLinks()
    let new = try checked(lines)
    try? FileManager.default.createDirectory(
      atPath: "\(top)/baselines", withIntermediateDirectories: true)
    try OutputFile.check(wholePath, typed: path)
    let lock = try lock()
    defer { lock?.release() }
    let old = try kept().filter { old in
      new.allSatisfy { $0.party != old.party || $0.commit == old.commit }
    }
    let all = Set(old + new).sorted { $0.line.bytes.lexicographicallyPrecedes($1.line.bytes) }
    do {
      try OutputFile.write(try BaselineFile.text(of: all.map(\.line)), to: wholePath)
    } catch {
      throw Diagnostic(error).hinting("the runs are stored: try `perf-sync export` again")
    }
  }

  /// Checks the file before anything is measured.
  ///
  /// - Throws: ``Diagnostic`` if it is something else.
  func check() throws {
    try refuseLinks()
    _ = try kept()
  }

  /// Checks runs before they are stored.
  ///
  /// - Throws: ``UsageError`` if they cannot be in the file together.
  func check(_ lines: [RunLine]) throws { _ = try checked(lines) }
}

extension NamedBaseline {
  private func refuseLinks() throws {
    guard !OutputFile.isLink(wholePath), !OutputFile.isLink("\(top)/baselines") else {
      throw Diagnostic(
        .usage, "'\(path)' is a symbolic link", hint: "baselines are files of the work tree")
    }
  }

  /// Checks that all runs of a suite and machine have the same content. Commits of one content have
  /// the same numbers.
  private func checked(_ lines: [RunLine]) throws -> [Kept] {
    let runs = try lines.map(Kept.init)
    let contents = Dictionary(grouping: runs, by: \.party).values.map { Set($0.map(\.content)) }
    guard contents.allSatisfy({ $0.count == 1 }) else {
      throw UsageError(
        "--baseline is for the runs of one commit, and the file has those of several",
        hint: "store them without, then choose one with `perf-sync export <name> <revision>`")
    }
    return runs
  }

  /// Makes other processes wait that write baselines here.
  ///
  /// - Returns: nil if the file system has no locks, or if the lock's folder cannot be written.
  private func lock() throws -> FileLock? {
    try? FileManager.default.createDirectory(
      atPath: lockFolder, withIntermediateDirectories: true)
    guard let lock = try? FileLock("\(lockFolder)/baselines.lock") else { return nil }
    // A process holds the lock only while it writes a file.
    for attempt in 1...200 {
      guard (try? lock.seize()) == false else { return lock }
      Pause.afterLostRace(attempt)
    }
    throw Diagnostic(
      .failure, "cannot write '\(path)': another process is at it",
      hint: "wait for its end, then try `perf-sync export` again: the runs are stored")
  }

  private func kept() throws -> [Kept] {
    guard OutputFile.exists(wholePath) else { return [] }
    let reading = try Format.perf.read(Input(path: wholePath, name: path))
    return try reading.records.map { try Kept(RunLine($0)) }
  }

  /// A run with the values that decide whether it stays.
  private struct Kept: Hashable {
    let line: RunLine
    let commit: String?
    /// The tree, or the commit of a run that names no tree.
    let content: String?
    let party: [String?]

    init(_ line: RunLine) throws {
      let run = try Run(line.bytes)
      self.line = line
      commit = run.commit
      content = run.tree ?? run.commit
      party = [run.suite, run.environment?.key]
    }
  }
}
