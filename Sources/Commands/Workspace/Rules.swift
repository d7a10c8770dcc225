import Configuration
import Git
import Measurements
import Reports
import Verdicts

/// By whose rules something is judged.
///
/// A change brings its own `.perfconfig`, that of its tree: what it makes looser is told. What is
/// compared with what is not the change's to say: these keys come from the tip of the branch that it is
/// meant for. What was typed goes before git's configuration, and this before any file.
struct Rules {
  /// All that counts: what ``Workspace/under(_:_:)`` takes.
  let configuration: ProjectConfiguration
  /// Whether there was no `.perfconfig` before, so that nothing is looser than before.
  let isFirst: Bool
  /// What a reader has to know of where the rules come from, one line each.
  let parseNotes: [String]
  /// Where each kind of key was read from, for `--plan`.
  let sources: Sources
  /// A line for each key of the change that says how numbers are stored and does not count yet.
  let withoutEffect: [String]
  /// The rules of the work tree, where they are others than those that count, and might be meant.
  let worktree: Uncommitted?
  /// All keys of the change, those that do not count among them.
  private let own: [Setting]
  /// What was there before the change.
  private let before: [Setting]
  private let judge: PolicySource
  private let branch: String
  /// True where the base branch has the same rules as the change, such as at the branch's newest commit.
  private let isOnBranch: Bool

  /// As messages call the places.
  struct Sources: Hashable {
    let comparison: String
    let judging: String
    let measuring: String
  }

  /// What counts where somebody asks for the work tree's rules.
  struct Uncommitted {
    let rules: () throws -> ProjectConfiguration
    /// Whether what is measured would be the same, so that no number is lost by committing it.
    let measuresAlike: Bool
  }
}

extension Rules {
  init(_ question: RulesQuestion, in workspace: Workspace) throws {
    let files = try RulesFiles(question, in: workspace)
    let git = workspace.gitSettings
    var choosing = (files.comparison ?? files.own).settings.filter { $0.role == .comparison }
    // First rules do not hide what was recorded without any.
    if files.comparison == nil, question.tip != nil,
      try workspace.repository.notes(workspace.notesRef).commit != nil
    {
      choosing.removeAll { $0.section != "gate" }
    }
    let judge = try ProjectConfiguration.saying(choosing + git, isWhole: false).judge
    let judging = judge == .base ? files.comparison : nil
    let settings = Self.settings(of: files, choosing: choosing, judging: judging)
    var configuration = try ProjectConfiguration.saying(settings + git)
    // Whoever is refused for looser rules cannot let himself through by them.
    if files.refusesLoosened, git.lastValue(of: "hook.loosened") == nil {
      configuration.loosenedPush = .fail
    }
    self.configuration = configuration
    isFirst = files.isFirst
    own = files.own.settings + git
    // Without anything to compare with, nothing is looser.
    before = (files.before ?? files.own).settings + git
    self.judge = judge
    branch = question.tip?.name ?? "the base branch"
    isOnBranch = files.comparison.map { $0.settings.map(\.said) } == files.own.settings.map(\.said)
    sources = Sources(
      comparison: files.comparison == nil ? files.ownName : branch,
      judging: judging == nil ? files.ownName : branch, measuring: files.ownName)
    withoutEffect = Self.withoutEffect(files, counting: choosing, branch: branch)
    let first = isFirst ? Self.names(of: files.own).map { ["first rules: \($0)"] } : nil
    // Where the base has no .perfconfig, the line on first rules names the keys that do not count yet.
    let uncounted = files.comparison == nil ? withoutEffect : []
    parseNotes = files.parseNotes + (first ?? []) + uncounted
    worktree =
      question.isCheckedOut && !question.isOfWorkTree
      ? try Self.uncommitted(besides: files.own, question, in: workspace) : nil
  }

  /// Each key from the file whose say it is.
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

  /// The keys of a file, for one line.
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
  /// What the change lets pass that what it is compared with would not, as far as it counts.
  ///
  /// - Parameter measured: What the base has, by suite: of what nobody measured nothing is looser.
  func loosened(_ measured: [String: [Series]]) throws -> [Loosening] {
    guard !isFirst, own.map(\.said) != before.map(\.said) else { return [] }
    return try Loosenings(from: before, to: own, measured: measured).found(where: counts)
  }

  /// Looser keys, and those that choose what is compared, which count only when they are on the branch.
  func pending(_ measured: [String: [Series]]) throws -> [String] {
    guard own.map(\.said) != before.map(\.said), sources.comparison == branch, !isOnBranch else {
      return []
    }
    return try Loosenings(from: before, to: own, measured: measured).found { !counts($0) }
      .map { "\($0.words): counts once it is on \(branch)" }
  }

  /// What the change says of where numbers are kept and of what a machine is called, as far as neither
  /// the branch nor what was there before says so, one line each.
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

  /// All that is to be told above a verdict.
  func words(_ measured: [String: [Series]]) throws -> [String] {
    try parseNotes + loosened(measured).map { "this change loosens \($0.words)" }
      + pending(measured)
  }

  /// For `--plan`: where the rules come from, and what they loosen.
  func plan(_ measured: [String: [Series]]) throws -> [String] {
    let lines = [
      "what is compared: .perfconfig of \(sources.comparison)",
      "how it is judged: .perfconfig of \(sources.judging)",
      "what is measured: .perfconfig of \(sources.measuring)",
    ]
    let loosened = try loosened(measured)
    return try lines + parseNotes
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
      // What cannot be read there is not what judges.
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
