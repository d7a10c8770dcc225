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

/// The rounds of a recording of tasks as they end, in a file under the git directory, so that a
/// recording that is ended at any moment loses none.
///
/// The first line is the run without numbers, each further one a round. When all rounds have ended, the
/// last line is the run as it is stored: storing it once more changes nothing.
final class TaskJournal {
  let path: String
  /// The commit, the suite and the session of the recording.
  let run: Run
  private(set) var rounds: [TaskRound] = []
  /// The run as it is stored; nil before all rounds have ended.
  private(set) var ready: RunRecord?
  /// Nobody else uses the file; nil where the file system has no locks.
  private let lock: FileLock?

  private init(_ path: String, _ run: Run, _ lock: FileLock?) {
    self.path = path
    self.run = run
    self.lock = lock
  }

  private static func folder(_ repository: Repository) -> String {
    "\(repository.commonDirectory)/perf/tasks"
  }

  /// Begins a journal.
  ///
  /// - Parameter run: The run without numbers; it has a session.
  static func begin(_ run: Run, in repository: Repository) throws -> TaskJournal {
    let folder = folder(repository)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var random = SystemRandomNumberGenerator()
    let id = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
    let path = "\(folder)/\(id).jsonl"
    let lock = try? FileLock("\(folder)/\(id).lock")
    _ = try? lock?.seize()
    let journal = TaskJournal(path, run, lock)
    try journal.append(RunLine(run).bytes)
    return journal
  }

  /// The journals of recordings of a suite that ended early, the latest first. Those that somebody
  /// writes are left out.
  ///
  /// - Parameter warn: Called with a sentence about each file that is no journal of this version.
  static func unfinished(
    of suite: String, in repository: Repository, warn: (String) -> Void
  ) -> [TaskJournal] {
    let folder = folder(repository)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let journals = names.sorted().filter { $0.hasSuffix(".jsonl") }.compactMap { name in
      let path = "\(folder)/\(name)"
      let lock = try? FileLock("\(folder)/\(name.dropLast(".jsonl".count)).lock")
      guard (try? lock?.seize()) != false else { return nil as TaskJournal? }
      guard let lines = lines(of: path), let first = lines.first,
        let header = try? RunHeader(first), header.version <= Run.version,
        let run = try? Run(first)
      else {
        warn("'\(path)' holds no rounds that this version reads, and is left alone")
        lock?.release()
        return nil
      }
      guard run.suite == suite else {
        lock?.release()
        return nil
      }
      let journal = TaskJournal(path, run, lock)
      for line in lines.dropFirst() { journal.take(line) }
      return journal
    }
    func key(_ journal: TaskJournal) -> (String, String) {
      (journal.run.recordedAt?.description ?? "", journal.path)
    }
    return journals.sorted { key($0) > key($1) }
  }

  /// The lines of a regular file; nil for anything else.
  private static func lines(of path: String) -> [[UInt8]]? {
    let type =
      (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    guard type == .typeRegular, let bytes = try? Platform.contents(of: path) else { return nil }
    return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }

  private func take(_ line: [UInt8]) {
    if let round = TaskRound(line) {
      rounds.append(round)
    } else if let record = try? RunRecord(line) {
      ready = record
    }
  }

  /// Adds a round that has ended.
  func add(_ round: TaskRound) throws(Diagnostic) {
    rounds.append(round)
    try append(round.line(of: run))
  }

  /// Keeps the run as it is about to be stored.
  func keep(_ run: Run) throws(Diagnostic) { try append(RunLine(run).bytes) }

  private func append(_ line: [UInt8]) throws(Diagnostic) {
    do {
      try LineSpool(path).append(line)
    } catch {
      throw Diagnostic(
        .failure, "cannot keep what was measured in '\(path)': \(error)",
        hint: "make room there; `perf-record --resume` goes on with the rounds that it has")
    }
  }

  /// Lets others go on with it.
  func release() { lock?.release() }

  /// Removes the journal, as its run is stored.
  func remove() {
    Platform.remove(path)
    Platform.remove("\(path.dropLast(".jsonl".count)).lock")
    release()
  }
}
