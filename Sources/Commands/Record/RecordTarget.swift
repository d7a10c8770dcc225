import CommandLine
import Configuration
import Formats
import Git
import History
import Measurements
import Runner

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The place for the runs of a recording: a commit of the repository, or with `--output`
/// possibly none.
struct RecordTarget {
  private let call: CommandContext<RecordSettings>
  /// The repository; nil outside one, where only a file can be written.
  private let workspace: Workspace?
  /// The commit for numbers that name none; nil for uncommitted work.
  private let commit: Result<Commit?, Diagnostic>

  /// Finds the place before anything is measured.
  ///
  /// - Throws: ``Diagnostic`` if the numbers could not be stored.
  init(_ call: CommandContext<RecordSettings>) throws {
    self.call = call
    guard call.settings.output == nil else {
      let workspace = try Workspace.ifAny(call)
      commit = .success(try workspace.flatMap { try Self.cleanHead($0, call) })
      self.workspace = workspace
      return
    }
    let workspace = try Workspace(call)
    self.workspace = workspace
    if let revision = call.settings.commit {
      commit = .success(try workspace.commit(revision))
    } else {
      commit = Result { try Self.checkedHead(workspace, call) }.mapError { Diagnostic($0) }
      // A file may hold runs that name their commits, so HEAD need not be clean.
      if call.measures { _ = try commit.get() }
    }
  }

  /// The top of the work tree; nil outside a repository.
  var root: String? { workspace?.repository.workTree }

  var configuration: ProjectConfiguration { workspace?.configuration ?? ProjectConfiguration() }

  func store() throws -> RunStore { try need().store() }

  func notesRef() throws -> String { try need().notesRef }

  /// The runs of parsed results, each with its commit if it has one.
  ///
  /// - Parameters:
  ///   - digest: The digest of the files; nil for what was launched.
  ///   - conditions: The load of the machine meanwhile; nil for files.
  func runs(
    of reading: ParsedResults, seed: Int64?, digest: String?, session: String? = nil,
    conditions: RunConditions? = nil
  ) throws -> [RunToStore] {
    let own = try reading.records.map(placed)
    guard !reading.series.isEmpty || !reading.failures.isEmpty else { return own }
    let home = try home(of: reading)
    let run = try run(of: reading, at: home, seed, digest, session, conditions)
    return own + [RunToStore(run, at: home)]
  }

  /// The readable runs of a suite on the commits before a given one, along first parents, as far as
  /// the commits are in this repository.
  func runs(before commit: Commit, of suite: String, within reach: Int) throws -> [Run] {
    let (repository, store) = (try need().repository, try store())
    var runs: [Run] = []
    var last = commit
    for _ in 0..<reach {
      guard let parent = try? repository.parent(of: last) else { break }
      let lines = try store.runs(of: parent).filter { $0.knownHeader?.suite == suite }
      runs += lines.compactMap { try? Run($0.bytes) }
      last = parent
    }
    return runs
  }

  /// The commit for the numbers of parsed results: the one that the file names, unless the user
  /// typed another.
  private func home(of reading: ParsedResults) throws -> Commit? {
    guard !call.measures, call.settings.commit == nil, let workspace,
      let named = reading.namedCommit
    else { return try home() }
    let present = try commit(ofHistory: named.id)
    let here = [try? commit.get(), try? home()].compactMap(\.self)
    guard call.settings.output == nil else {
      return named.isDirty ? nil : try present.map { try workspace.home(of: $0) }
    }
    let file = reading.importSummaries.first?.input ?? "the file"
    let id = String(named.id.prefix(10))
    guard let present else {
      throw Diagnostic(
        .usage,
        "\(file) was measured at \(id)\(named.isDirty ? " and changes on top of it" : ""), which is not "
          + "in this repository",
        hint: "`--commit HEAD` stores it for HEAD all the same, `git fetch` may bring the commit")
    }
    guard !named.isDirty else {
      throw Diagnostic(
        .usage, "\(file) was measured at \(id) and changes on top of it, which no commit has",
        hint: "`--commit \(here.contains(present) ? "HEAD" : id)` stores it for that all the same")
    }
    return here.contains(present) ? try home() : try workspace.home(of: present)
  }

  /// This machine as the project tells machines apart; nil outside a repository.
  var machine: Environment? { workspace?.machine }

  /// The repository; nil outside one.
  var repository: Repository? { workspace?.repository }

  /// The commit of what is measured; nil for uncommitted work, and outside a repository.
  func homeIfAny() throws -> Commit? { workspace == nil ? nil : try home() }

  /// The commit for numbers that name none.
  private func home() throws -> Commit? {
    try commit.get().map { try need().home(of: $0) }
  }

  /// The head of the pull request whose merge is checked out; nil for any other commit.
  func pullRequestHead() -> Commit? {
    guard let home = try? home(), home != (try? commit.get()) else { return nil }
    return home
  }

  /// The commit that a file names by its id or the first digits of one; nil for any other name, and
  /// if the commit is not in this repository.
  func commit(ofHistory name: String) throws -> Commit? {
    let isID = name.count >= 7 && name.allSatisfy { $0.isHexDigit && $0.isASCII }
    let commit = try isID ? need().repository.commitIfPresent(name) : nil
    // A branch may have a name like that.
    return commit.flatMap { $0.id.description.hasPrefix(name.lowercased()) ? $0 : nil }
  }

  /// True if commits are missing that git could fetch.
  var isShallow: Bool { workspace?.repository.isShallow ?? false }

  /// Checks that the measured files are still those that are checked out.
  func checkUnmoved() throws {
    guard call.measures, let workspace, let commit = try? commit.get() else { return }
    guard try workspace.repository.head() == commit else {
      throw Diagnostic(.unusable, "HEAD moved while it was measured")
    }
    let modified = try workspace.modifiedFiles(call)
    guard modified.isEmpty else {
      throw Diagnostic(
        .unusable, "tracked files changed while it was measured",
        details: Self.list(modified))
    }
  }

  /// Writes lines that could not be stored into a file.
  ///
  /// - Returns: The path of the file; nil if it could not be written and the lines went to
  ///   standard output.
  func keepUnstored(_ lines: [RunLine]) throws -> String? {
    try call.keepUnstored(
      lines, as: lines.first?.id().short ?? "empty", of: try? need().repository)
  }

  /// The repository that runs are stored in.
  func need() throws -> Workspace {
    guard let workspace else { return try Workspace(call) }
    return workspace
  }

  private func run(
    of reading: ParsedResults, at commit: Commit?, _ seed: Int64?, _ digest: String?,
    _ session: String?, _ conditions: RunConditions?
  ) throws -> Run {
    let machine = workspace?.machine ?? Machine.environment()
    var random = SystemRandomNumberGenerator()
    return Run(
      commit: commit?.id.description, tree: commit?.tree.description,
      recordedAt: Timestamp(Date.now.formatted(.iso8601)),
      session: session ?? call.settings.session ?? Session.identifier(using: &random),
      suite: call.suite(configuration), seed: seed,
      tool: call.tool,
      environment: call.measures ? machine : machine.named(by: reading.context),
      conditions: conditions, series: reading.series, failures: reading.failures,
      shard: call.settings.shard,
      part: call.part, imported: digest)
  }

  /// A run from a file of this project. It belongs to the commit that it was measured for.
  private func placed(_ record: RunRecord) throws -> RunToStore {
    guard let id = record.run.commit else { return try placedByUser(record) }
    guard let workspace, call.settings.output == nil else { return RunToStore(record, at: nil) }
    guard let object = ObjectID(id) else {
      throw Diagnostic(.unusable, "'\(id)', which a run names as its commit, is no commit id")
    }
    guard try call.settings.commit == nil || home()?.id == object else {
      throw Diagnostic(
        .usage, "the run was measured for \(object.short), not for --commit", hint: "leave it out")
    }
    guard let home = try workspace.commitIfPresent(id: id) else {
      throw Diagnostic(
        .failure, "commit \(object.short) of an imported run is not in this repository",
        hint: "fetch it first")
    }
    return RunToStore(record, at: home)
  }

  /// A run without a commit was measured with changes or outside a repository. Only the user knows
  /// whether it may stand for a commit.
  private func placedByUser(_ record: RunRecord) throws -> RunToStore {
    guard call.settings.output == nil else { return RunToStore(record, at: nil) }
    guard call.settings.commit != nil, let commit = try home() else {
      throw Diagnostic(
        .usage, "the run belongs to no commit: it was measured with changes",
        hint: "if it stands for one all the same, name that with `--commit <revision>`")
    }
    return RunToStore(
      record.placed(commit: commit.id.description, tree: commit.tree.description), at: commit)
  }
}

extension RecordTarget {
  /// HEAD if no tracked file differs from it; else nil, as the numbers then belong to no commit.
  private static func cleanHead(
    _ workspace: Workspace, _ call: CommandContext<RecordSettings>
  ) throws -> Commit? {
    guard workspace.repository.workTree != nil,
      let head = try workspace.repository.commitIfPresent("HEAD"),
      try workspace.modifiedFiles(call).isEmpty
    else { return nil }
    return head
  }

  /// HEAD.
  ///
  /// - Throws: ``Diagnostic`` with the reason if nothing can be stored for HEAD.
  private static func checkedHead(
    _ workspace: Workspace, _ call: CommandContext<RecordSettings>
  ) throws -> Commit {
    guard workspace.repository.workTree != nil else {
      throw Diagnostic(
        .failure, "this repository is bare: nothing is checked out",
        hint: "import results for a commit with `--import <file> --commit <revision>`")
    }
    let head = try workspace.commit("HEAD")
    let modified = try workspace.modifiedFiles(call)
    guard modified.isEmpty else {
      throw Diagnostic(
        .usage, "tracked files have changes, so the numbers would belong to no commit",
        hint: "commit or stash them, or measure into a file with `--output <file>`",
        details: list(modified))
    }
    return head
  }

  private static func list(_ files: [String]) -> [String] {
    files.count > 5 ? files.prefix(5) + ["and \(files.count - 5) more"] : files
  }
}

/// A run as it will be stored, and its commit.
struct RunToStore {
  let run: Run
  let line: RunLine
  let commit: Commit?

  init(_ run: Run, at commit: Commit?) {
    self.run = run
    line = RunLine(run)
    self.commit = commit
  }

  init(_ record: RunRecord, at commit: Commit?) {
    run = record.run
    line = RunLine(record)
    self.commit = commit
  }

  /// The run without a commit.
  func unplaced() -> RunToStore {
    RunToStore(run.placed(commit: nil, tree: nil), at: nil)
  }

  func home() throws -> Commit {
    guard let commit else { throw HistoryError.unattached }
    return commit
  }
}
