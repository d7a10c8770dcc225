import CommandLine
import Git
import History
import Measurements
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The lines of a spool on their way into the notes.
///
/// Beside a spool `<path>` lies the folder `<path>.d` with the steps of this way. Each step begins
/// with a file that is complete and ends with the removal of the one before, so that a program that
/// is killed in between loses no line, and stores none twice:
///
/// 1. `taken-<id>` is the spool, renamed.
/// 2. `kept-<id>` has those of its lines that cannot be stored. It stays.
/// 3. `ready-<id>` has the runs as they are stored. Storing them once more changes nothing.
struct SpooledRuns {
  let path: String
  private var folder: String { "\(path).d" }

  init(_ path: String) { self.path = path }

  static func usualPath(in commonDirectory: String) -> String { "\(commonDirectory)/perf/spool" }

  /// True if there may be something to store.
  var isPresent: Bool {
    OutputFile.exists(path) || files.contains { $0.hasPrefix("taken-") || $0.hasPrefix("ready-") }
  }

  private var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private func files(_ step: String) -> [String] { files.filter { $0.hasPrefix("\(step)-") } }
}

extension SpooledRuns {
  /// The result of storing.
  struct Outcome {
    var stored: [RunToStore] = []
    /// The number of lines whose files the commit had already.
    var known = 0
    /// Messages about lines that were not stored.
    var problems: [Diagnostic] = []
  }

  /// Stores all runs of the spool in one step.
  func store(in workspace: Workspace) throws -> Outcome {
    var outcome = Outcome()
    try Platform.makeFolder(folder)
    let lock = try? FileLock("\(folder)/lock")
    guard try seize(lock) else {
      outcome.problems.append(
        Diagnostic(
          .success, "another program is storing the spooled runs of '\(path.visible())'",
          hint: "the next recording, gate or `perf-sync push` stores what it leaves"))
      return outcome
    }
    defer { lock?.release() }
    try take()
    for file in files("taken") { try sort(file, in: workspace, &outcome) }
    try storeReady(in: workspace, &outcome)
    return outcome
  }

  /// Takes the lock that one program at a time has. It is waited for up to five seconds.
  private func seize(_ lock: FileLock?) throws -> Bool {
    guard let lock else { return true }
    for attempt in 0..<100 {
      guard try !lock.seize() else { return true }
      if attempt < 99 { Platform.sleep(.milliseconds(50)) }
    }
    return false
  }

  /// Step 1: gives the spool another name, so that writers begin a new one.
  private func take() throws {
    var random = SystemRandomNumberGenerator()
    let id = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
    _ = try LineSpool(path).rename(to: "\(folder)/taken-\(id)")
  }

  /// Step 2: makes runs of the lines that were taken.
  private func sort(_ file: String, in workspace: Workspace, _ outcome: inout Outcome) throws {
    let taken = "\(folder)/\(file)"
    let id = file.dropFirst("taken-".count)
    let ready = "\(folder)/ready-\(id)"
    if !OutputFile.exists(ready) {
      // A writer that is stopped in the middle of its line may go on.
      guard try LineSpool(taken).isQuiet() else {
        outcome.problems.append(
          Diagnostic(
            .success, "'\(taken.visible())' is not stored yet: a writer still has it open",
            hint: "the next recording, gate or `perf-sync push` stores it"))
        return
      }
      var sorting = SpoolSorting(in: workspace)
      try sorting.sort(Platform.contents(of: taken))
      try keep(sorting.kept, as: "kept-\(id)", &outcome)
      outcome.known += sorting.known
      let others = sorting.others.flatMap(\.bytes)
      if !others.isEmpty { try LineSpool(path).append(others) }
      try Platform.replace(ready, with: sorting.ready.flatMap(\.line.bytes))
    }
    Platform.remove(taken)
  }

  private func keep(
    _ lines: [SpoolSorting.Kept], as name: String, _ outcome: inout Outcome
  ) throws {
    guard let first = lines.first else { return }
    let path = "\(folder)/\(name)"
    try Platform.replace(path, with: lines.flatMap(\.line.bytes))
    let others = lines.count == 1 ? "" : ", and \(lines.count - 1) more lines"
    outcome.problems.append(
      Diagnostic(
        .success, "a spooled line was not stored: \(first.reason)\(others)",
        hint: "kept in '\(path)'; once what is missing is there, "
          + "`cat <that file> >> '\(self.path)'` has them stored"))
  }

  /// Step 3: stores the runs.
  private func storeReady(in workspace: Workspace, _ outcome: inout Outcome) throws {
    let ready = files("ready")
    var runs: [RunToStore] = []
    for file in ready {
      for line in try Platform.contents(of: "\(folder)/\(file)").lines {
        let record = try RunRecord(line.bytes)
        guard let commit = record.run.commit.flatMap(ObjectID.init),
          let tree = record.run.tree.flatMap(ObjectID.init)
        else { throw HistoryError.unattached }
        runs.append(RunToStore(record, at: Commit(id: commit, tree: tree)))
      }
    }
    if !runs.isEmpty {
      let homes = try Dictionary(grouping: runs) { try $0.home() }
      try workspace.store().add(
        homes.mapValues { $0.map(\.line) }, pause: Pause.afterLostRace)
    }
    for file in ready { Platform.remove("\(folder)/\(file)") }
    outcome.stored = runs
  }
}

/// Tells the lines of a spool that can be stored from the others.
struct SpoolSorting {
  private let workspace: Workspace
  private(set) var ready: [RunToStore] = []
  private(set) var kept: [Kept] = []
  /// The lines of other repositories, which share the spool.
  private(set) var others: [RunLine] = []
  /// The number of lines whose files the commit had already.
  private(set) var known = 0
  private var homes: [String: Commit?] = [:]
  private var digests: [Commit: Set<Evidence>] = [:]

  /// A line that cannot be stored, and the reason.
  struct Kept {
    let line: RunLine
    let reason: String
  }

  /// The facts that are equal for two imports of the same files.
  private struct Evidence: Hashable {
    let digest: String
    let suite: String
    let shard: Shard?
  }

  init(in workspace: Workspace) { self.workspace = workspace }

  mutating func sort(_ bytes: [UInt8]) throws {
    for line in bytes.lines {
      let spooled: SpoolLine
      do {
        spooled = try SpoolLine(line)
      } catch {
        let text = String(decoding: line.bytes.prefix(200), as: UTF8.self)
        kept.append(Kept(line: line, reason: "it \(error.reason): \(text.visible(limit: 60))"))
        continue
      }
      try sort(spooled, line)
    }
  }

  private mutating func sort(_ spooled: SpoolLine, _ line: RunLine) throws {
    let name = spooled.record.run.commit ?? ""
    guard let home = try home(name) else {
      // The folder of another repository is there; if it has moved, nobody else stores the line.
      if let other = spooled.repository, other != workspace.repository.commonDirectory,
        OutputFile.exists("\(other)/HEAD")
      {
        others.append(line)
      } else {
        kept.append(
          Kept(
            line: line, reason: "commit '\(name.prefix(40).visible())' is not in this repository"))
      }
      return
    }
    let run = try spooled.stored(at: home, workspace.configuration)
    guard try spooled.isAgain || isNew(run, at: home) else {
      known += 1
      return
    }
    ready.append(run)
  }

  /// The commit that a line names by its id or the first digits of one; nil if it is not here.
  private mutating func home(_ name: String) throws -> Commit? {
    if let known = homes[name] { return known }
    let isID = name.count >= 7 && name.allSatisfy { $0.isHexDigit && $0.isASCII }
    let commit = try isID ? workspace.repository.commitIfPresent(name) : nil
    // A branch may have a name like that.
    let named = commit.flatMap { $0.id.description.hasPrefix(name.lowercased()) ? $0 : nil }
    let home = try named.map { try workspace.home(of: $0) }
    homes[name] = .some(home)
    return home
  }

  /// True if the content of the commit has no run of the same files yet.
  private mutating func isNew(_ run: RunToStore, at home: Commit) throws -> Bool {
    guard let digest = run.run.imported else { return true }
    if digests[home] == nil {
      let headers = try workspace.store().lines(of: home).compactMap(\.knownHeader)
      digests[home] = Set(
        headers.filter { $0.tree == home.tree.description }.compactMap { header in
          header.imported.map { Evidence(digest: $0, suite: header.suite, shard: header.shard) }
        })
    }
    let evidence = Evidence(digest: digest, suite: run.run.suite, shard: run.run.shard)
    return digests[home, default: []].insert(evidence).inserted
  }
}

extension [UInt8] {
  /// The lines of a text, without empty ones.
  fileprivate var lines: [RunLine] { split(separator: UInt8(ascii: "\n")).map { RunLine($0) } }
}

extension CommandContext where Settings: CommonSettings {
  /// Stores the runs that `perf-record --spool` has left, before anything else is done. If that
  /// fails, they stay where they are, and a warning says so.
  ///
  /// - Parameter isRuled: False for a workspace that judges, whose rules for storing are not known.
  func storeSpooled(in workspace: Workspace, isRuled: Bool = true) {
    let common = workspace.repository.commonDirectory
    let paths = [SpooledRuns.usualPath(in: common)] + workspace.spools
    for path in paths {
      let spooled = SpooledRuns(path)
      guard spooled.isPresent else { continue }
      do {
        tell(try spooled.store(in: isRuled ? workspace : workspace.recording(self)))
      } catch {
        warn(
          "spooled runs could not be stored: \(Diagnostic(error).message)",
          hint: "they stay in '\(path.visible())' and '\(path.visible()).d'")
      }
    }
  }

  private func tell(_ outcome: SpooledRuns.Outcome) {
    for problem in outcome.problems { say(problem, as: .warning) }
    guard settings.common.verbosity != .quiet, !outcome.stored.isEmpty || outcome.known > 0 else {
      return
    }
    let homes = Set(outcome.stored.compactMap(\.commit)).count
    let known = outcome.known > 0 ? "\(outcome.known) of the same files already there" : nil
    let stored =
      outcome.stored.isEmpty
      ? nil
      : "\(Sync.Words.runs(outcome.stored.count)) on \(homes == 1 ? "1 commit" : "\(homes) commits")"
    err.line("from the spool: " + [stored, known].compactMap(\.self).joined(separator: ", "))
  }
}
