import Configuration
import Git
import Measurements
import Reports
import Verdicts

/// The configuration that judges a commit or file.
///
/// A change brings the `.perfconfig` of its own tree. Where its rules are looser than before,
/// this is reported. The keys that choose what is compared with what are not read from the
/// change: they come from the tip of the branch that it is meant for. Precedence: options, git's
/// configuration, files.
struct Rules {
  /// The configuration that counts, which ``Workspace/under(_:_:)`` takes.
  let configuration: ProjectConfiguration
  /// True if there was no `.perfconfig` before, so that nothing is looser than before.
  let isFirst: Bool
  /// Sentences, one line each, about where the rules come from.
  let notices: [String]
  /// The places from which each kind of key was read, for `--plan`.
  let sources: Sources
  /// A line for each key of the change that says how numbers are stored and does not count yet.
  let withoutEffect: [String]
  /// The rules of the work tree, if they differ from those that count and the user may mean them;
  /// else nil.
  let worktree: Uncommitted?
  /// All keys of the change, including those that do not count.
  private let own: [Setting]
  /// The keys before the change.
  private let before: [Setting]
  private let judge: PolicySource
  private let branch: String
  /// True if the base branch has the same rules as the change, such as at the branch's
  /// newest commit.
  private let isOnBranch: Bool

  /// The names of the places in messages.
  struct Sources: Hashable {
    let comparison: String
    let judging: String
    let measuring: String
  }

  /// The rules that count with `--rules worktree`.
  struct Uncommitted {
    let rules: () throws -> ProjectConfiguration
    /// True if both rules measure the same, so that no number is lost by committing these.
    let measuresAlike: Bool
  }
}

extension Rules {
  init(_ question: RulesQuestion, in workspace: Workspace) throws {
    let files = try RulesFiles(question, in: workspace)
    let git = workspace.gitSettings
    var choosing = (files.comparison ?? files.own).settings.filter { $0.role == .comparison }
    // The first rules do not hide runs that were recorded without any.
    if files.comparison == nil, question.tip != nil,
      try workspace.repository.notes(workspace.notesRef).commit != nil
    {
      choosing.removeAll { $0.section != "gate" }
    }
    let judge = try ProjectConfiguration.saying(choosing + git, isWhole: false).judge
    let judging = judge == .base ? files.comparison : nil
    let settings = Self.settings(of: files, choosing: choosing, judging: judging)
    var configuration = try ProjectConfiguration.saying(settings + git)
    // A change that is refused because of looser rules cannot allow itself with these rules.
    if files.refusesLoosened, git.lastValue(of: "hook.loosened") == nil {
      configuration.loosenedPush = .fail
    }
    self.configuration = configuration
    isFirst = files.isFirst
    own = files.own.settings + git
    // If there is nothing to compare with, nothing is looser.
    before = (files.before ?? files.own).settings + git
    self.judge = judge
    branch = question.tip?.name ?? "the base branch"
    isOnBranch = files.comparison.map { $0.settings.map(\.said) } == files.own.settings.map(\.said)
    sources = Sources(
      comparison: files.comparison == nil ? files.ownName : branch,
      judging: judging == nil ? files.ownName : branch, measuring: files.ownName)
    withoutEffect = Self.withoutEffect(files, counting: choosing, branch: branch)
    let first = isFirst ? Self.names(of: files.own).map { ["first rules: \($0)"] } : nil
    // If the base has no .perfconfig, the line on first rules names the keys that do not count yet.
    let uncounted = files.comparison == nil ? withoutEffect : []
    notices = files.notices + (first ?? []) + uncounted
    worktree =
      question.isCheckedOut && !question.isOfWorkTree
      ? try Self.uncommitted(besides: files.own, question, in: workspace) : nil
  }

  /// The settings that count, each from the file that decides about its key.
  private static func settings(
    of files: RulesFiles, choosing: [Setting], judging: ConfigurationFile?
  ) -> [Setting] {
    let own = files.own.settings
    guard let judging else { return choosing + own.filter { $0.role != .comparison } }
    let suites = Set(own.filter { $0.section == "suite" }.map(\.subsection))
    let gone = (files.before ?? .absent).settings.filter {
      $0.section == "suite" && $0.role == .measuring && !suites.contains($0.subsection)
    }
    return choosing + judging.settings.filter { [.judging, .section].contains($0.role) } + gone
      + own.filter { ![.judging, .comparison].contains($0.role) }
  }

  /// The keys of a file on one line, at most eight of them; nil if there are none.
  private static func names(of file: ConfigurationFile) -> String? {
    var names: [String] = []
    for setting in file.settings {
      guard let key = ConfigurationKey.of(setting), key.role != .section,
        !names.contains(key.name)
      else { continue }
      names.append(key.name)
    }
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}

extension Rules {
  /// The rules of the change that are looser than those before, as far as they count.
  ///
  /// - Parameter measured: The series of the base, by suite. Rules for other series are
  ///   not compared.
  func loosened(_ measured: [String: [Series]]) throws -> [Loosening] {
    guard !isFirst, own.map(\.said) != before.map(\.said) else { return [] }
    return try Loosenings(from: before, to: own, measured: measured).found(where: counts)
  }

  /// Looser keys, and keys that choose what is compared, that count only once they are on the
  /// branch; one sentence each.
  func pending(_ measured: [String: [Series]]) throws -> [String] {
    guard own.map(\.said) != before.map(\.said), sources.comparison == branch, !isOnBranch else {
      return []
    }
    return try Loosenings(from: before, to: own, measured: measured).found { !counts($0) }
      .map { "\($0.words): counts once it is on \(branch)" }
  }

  /// A line for each key of the change that says where numbers are kept or how a machine is named,
  /// if neither the branch nor the rules before the change have it.
  private static func withoutEffect(
    _ files: RulesFiles, counting: [Setting], branch: String
  ) -> [String] {
    let known = Set((counting + (files.before?.settings ?? [])).map(\.said))
    return files.own.settings.compactMap { setting in
      guard let key = ConfigurationKey.of(setting), key.role == .comparison,
        setting.section != "gate", !known.contains(setting.said)
      else { return nil }
      return "\(key.name) in \(setting.place) counts once it is on \(branch)"
    }
  }

  private func counts(_ key: ConfigurationKey) -> Bool {
    switch key.role {
    case .comparison: false
    case .judging: judge == .change
    case .measuring, .section: true
    }
  }

  /// All sentences about the rules that belong above a verdict.
  func words(_ measured: [String: [Series]]) throws -> [String] {
    try notices + loosened(measured).map { "this change loosens \($0.words)" }
      + pending(measured)
  }

  /// The lines for `--plan`: where the rules come from, and what they loosen.
  func plan(_ measured: [String: [Series]]) throws -> [String] {
    let lines = [
      "what is compared: .perfconfig of \(sources.comparison)",
      "how it is judged: .perfconfig of \(sources.judging)",
      "what is measured: .perfconfig of \(sources.measuring)",
    ]
    let loosened = try loosened(measured)
    return try lines + notices
      + (loosened.isEmpty ? ["loosened: nothing"] : loosened.map { "loosened: \($0.words)" })
      + pending(measured)
  }
}

extension Rules {
  private static func uncommitted(
    besides own: ConfigurationFile, _ question: RulesQuestion, in workspace: Workspace
  ) throws -> Uncommitted? {
    let here: ConfigurationFile
    do {
      here = try workspace.files.fileHere()
    } catch {
      // A file of the work tree that cannot be read does not judge.
      return Uncommitted(rules: { throw error }, measuresAlike: false)
    }
    guard here.isPresent, here.settings.map(\.said) != own.settings.map(\.said) else { return nil }
    func measuring(_ file: ConfigurationFile) -> [Setting.Said] {
      file.settings.filter { [.measuring, .comparison].contains($0.role) }.map(\.said)
    }
    var other = question
    other.isOfWorkTree = true
    other.isCheckedOut = false
    let asked = other
    return Uncommitted(
      rules: { try Rules(asked, in: workspace).configuration },
      measuresAlike: measuring(here) == measuring(own))
  }
}
