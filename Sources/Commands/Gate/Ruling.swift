import CommandLine
import Configuration
import Git
import History
import Measurements
import Reports
import Verdicts

/// The judged revision or file, the rules that judge it, and the branch it is compared with.
struct Ruling {
  let subject: RevisionOrFile
  let rules: Rules
  /// The workspace under these rules.
  let workspace: Workspace
  /// The branch for comparison; nil if another commit or file was typed.
  let base: Result<Base, any Error>?
}

extension Ruling {
  /// The readable runs of a commit.
  func runs(of commit: Commit, _ store: RunStore) throws -> [Run] {
    try store.runs(of: workspace.home(of: commit)).compactMap { try? Run($0.bytes) }
  }

  /// The series, by suite, of the nearest commit of the base that has runs.
  func measured(_ store: RunStore) throws -> [String: [Series]] {
    guard let tip = try? base?.get(),
      let start = try subject.commit ?? workspace.repository.commitIfPresent("HEAD")
    else { return [:] }
    var next = try workspace.before(start, tip)
    for _ in 0...workspace.configuration.maxDistance {
      guard let commit = next else { break }
      let runs = try runs(of: commit, store)
      guard runs.isEmpty else {
        return Dictionary(grouping: runs, by: \.suite).mapValues { $0.flatMap(\.series) }
      }
      next = try workspace.repository.firstParent(of: commit.id)
    }
    return [:]
  }
}

extension Gate {
  /// Finds the rules for a revision or file.
  ///
  /// - Parameter base: The commit to compare with instead of the usual base branch.
  func ruling(on subject: RevisionOrFile, in workspace: Workspace, base: Base? = nil) throws
    -> Ruling
  {
    let found = Result { try base ?? self.base(for: subject, in: workspace) }
    let rules = try Rules(question(subject, try? found.get(), workspace), in: workspace)
    let ruled = workspace.under(rules.configuration, call)
    // The rules also say how a file is read: the suite of its numbers and the prices of tokens.
    let isReadAlike = ruled.configuration.suite == nil && ruled.configuration.prices.isEmpty
    let read = subject.commit == nil && !isReadAlike ? try self.subject(in: ruled) : subject
    return Ruling(
      subject: read, rules: rules, workspace: ruled,
      base: call.settings.against == nil ? found : nil)
  }

  private func question(
    _ subject: RevisionOrFile, _ tip: Base?, _ workspace: Workspace
  ) throws -> RulesQuestion {
    let judged = try subject.commit ?? workspace.commitOfAll(subject)
    let head = try workspace.repository.commitIfPresent("HEAD")
    var isCutOff = false
    let base: Commit?
    do {
      base = try (judged ?? head).flatMap { try workspace.before($0, tip) }
    } catch let error as GitError where error.kind == .missing && workspace.repository.isShallow {
      (base, isCutOff) = (nil, true)
    }
    return RulesQuestion(
      judged: judged, base: base, tip: tip, isCutOff: isCutOff,
      isOfWorkTree: call.settings.rules == .worktree,
      isCheckedOut: judged != nil && judged == head && workspace.repository.workTree != nil)
  }

  /// A sentence that says what the rules of the work tree would change; nil if they are
  /// not different.
  ///
  /// - Parameter judge: Judges by other rules.
  func words(
    ofWorkTreeBeside report: Report, _ ruling: Ruling,
    judge: (ProjectConfiguration) throws -> Report
  ) -> String? {
    guard let other = ruling.rules.worktree else { return nil }
    let theirs = Result { try judge(other.rules()) }
    let remedy =
      other.measuresAlike
      ? "git commit \(ProjectConfiguration.fileName), nothing needs measuring again"
      : "git commit \(ProjectConfiguration.fileName), and measure again"
    return
      "\(ProjectConfiguration.fileName) here is not committed: judged by \(call.revision)'s. With yours: "
      + "\(Self.words(theirs, besides: report)) (try: --rules worktree; for good: \(remedy))"
  }

  private static func words(
    _ theirs: Result<Report, any Error>, besides ours: Report
  ) -> String {
    switch theirs {
    case .failure(let error):
      let why = Diagnostic(error)
      return "\(why.message), status \(why.status.rawValue)"
    case .success(let report):
      let known = Dictionary(ours.rows.map { ($0.key, $0.kind) }, uniquingKeysWith: { $1 })
      let changed = report.rows.filter { known[$0.key] != $0.kind }
      let rows = changed.prefix(3).map { "\($0.key.id.benchmark) \($0.kind.rawValue)" }
      let rest = changed.count > 3 ? ["\(changed.count - 3) more"] : []
      return (rows + rest + ["status \(ExitStatus(report).rawValue)"]).joined(separator: ", ")
    }
  }
}

/// The identity of a row in a report of several parts.
private struct RowKey: Hashable {
  let suite: String
  let machine: String?
  let id: Series.ID
}

extension Report {
  fileprivate var rows: [(key: RowKey, kind: Verdict.Kind)] {
    parts.flatMap { part in
      part.familyResult.seriesResults.map {
        (RowKey(suite: part.suite, machine: part.machine?.key, id: $0.id), $0.verdict.kind)
      }
    }
  }
}

extension Workspace {
  /// The commit whose rules a change is compared with: the one where the change left the branch,
  /// or, for a commit of the branch itself, its first parent.
  func before(_ commit: Commit, _ tip: Base?) throws -> Commit? {
    guard let tip, let fork = try repository.mergeBase(commit.id, tip.commit.id) else { return nil }
    return try fork == commit ? repository.firstParent(of: commit.id) : fork
  }

  /// The commit at which all runs of a file were measured; nil if it is not in this repository.
  fileprivate func commitOfAll(_ subject: RevisionOrFile) throws -> Commit? {
    guard case .file(let file) = subject, let id = file.runs.first?.run.commit,
      file.runs.allSatisfy({ $0.run.commit == id && $0.run.tree != nil })
    else { return nil }
    return try commitIfPresent(id: id)
  }

  /// The branches that `.perfconfig` names for comparison. The file is that of the branch that was
  /// found without it, or, if that branch has none, that of the judged commit.
  func bases(at tip: Commit, judged: Commit?) throws -> [String] {
    let file = try? files.file(of: tip.tree, revision: tip.id.short)
    let own = try file.map {
      $0.isPresent ? $0 : try judged.map { try files.file(of: $0.tree) } ?? $0
    }
    let settings = own?.settings.filter { $0.subsection == nil && $0.name == "gate.base" } ?? []
    return try ProjectConfiguration.saying(settings, isWhole: false).bases
  }
}
