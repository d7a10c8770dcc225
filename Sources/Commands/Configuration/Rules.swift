import Git
import Measurements
import Verdicts

/// By whose rules something is judged.
///
/// A change brings its own `.perfconfig`, that of its tree: what it makes looser is told. What is
/// compared with what is not the change's to say: these keys come from the tip of the branch that it is
/// meant for. What was typed goes before git's configuration, and this before any file.
struct Rules {
  /// All that counts: what ``Workspace/under(_:_:)`` takes.
  let configuration: Configuration
  /// Whether there was no `.perfconfig` before, so that nothing is looser than before.
  let isFirst: Bool
  /// What a reader has to know of where the rules come from, one line each.
  let remarks: [String]
  /// Where each kind of key was read from, for `--plan`.
  let sources: Sources
  /// The rules of the work tree, where they are others than those that count, and might be meant.
  let worktree: Uncommitted?
  /// All keys of the change, those that do not count among them.
  private let own: [Setting]
  /// What was there before the change.
  private let before: [Setting]
  private let judge: Judge
  private let branch: String

  /// As messages call the places.
  struct Sources: Hashable {
    let comparison: String
    let judging: String
    let measuring: String
  }

  /// What counts where somebody asks for the work tree's rules.
  struct Uncommitted {
    let rules: () throws -> Configuration
    /// Whether what is measured would be the same, so that no number is lost by committing it.
    let measuresAlike: Bool
  }
}

/// What rules are asked for.
struct RulesQuestion {
  /// What is judged; nil for what was measured from changes.
  var judged: Commit?
  /// What the change is compared with: the merge-base, or what a push to the branch replaces; nil
  /// where there is none.
  var base: Commit?
  /// The newest commit of the base branch, and what messages call that branch; nil without one.
  var tip: Base?
  /// Whether what was there before is beyond the edge of a shallow clone.
  var isCutOff = false
  /// Whether the work tree's `.perfconfig` counts.
  var isOfWorkTree = false
  /// Whether the work tree belongs to what is judged, so that its file might be meant.
  var isCheckedOut = false
}

extension Rules {
  init(_ question: RulesQuestion, in workspace: Workspace) throws {
    let files = workspace.files
    let isOfWorkTree = question.isOfWorkTree || question.judged == nil
    let own =
      if let judged = question.judged, !isOfWorkTree {
        try files.file(of: judged.tree)
      } else { try files.fileHere() }
    var remarks: [String] = []
    var isReadable = true
    func file(of commit: Commit, _ name: String) throws -> ConfigurationFile? {
      do {
        let file = try files.file(of: commit.tree, revision: name)
        _ = try Configuration.saying(file.settings)
        return file
      } catch let why as Complaint where why.status == .usage {
        // The history's trouble holds nobody up, least of all who repairs it.
        remarks.append("the rules of \(name) do not count: \(why.message)")
        isReadable = false
        return nil
      } catch let why as UsageError {
        remarks.append("the rules of \(name) do not count: \(why.message)")
        isReadable = false
        return nil
      }
    }
    let before = try question.base.map { try file(of: $0, $0.id.short) ?? .unreadable }
    let hasReadableBase = isReadable
    let branch = question.tip?.name ?? "the base branch"
    var tip = before
    if let base = question.tip, base.commit != question.base {
      // What is there and cannot be read leaves the keys to the merge-base, never to the change.
      tip =
        try file(of: base.commit, base.name) ?? before.flatMap { $0.isPresent ? $0 : nil }
        ?? .unreadable
    }
    let isFirst =
      own.isPresent && (before.map { !$0.isPresent } ?? false || !hasReadableBase)
    let comparison = tip.flatMap { $0.isPresent ? $0 : nil }
    let choosing =
      (comparison ?? own).settings.filter { ConfigurationKey.of($0)?.role == .comparison }
      + workspace.gitSettings
    let judge = try Configuration.saying(choosing).judge
    let base = judge == .base ? comparison : nil
    let settings = Self.settings(own: own, comparison: comparison, judging: base, before: before)
    var configuration = try Configuration.saying(settings + workspace.gitSettings)
    // Whoever is refused for looser rules cannot let himself through by them.
    let failsBefore = try [before, tip].contains {
      try Configuration.saying(($0 ?? .absent).settings).loosenedPush == .fail
    }
    if failsBefore { configuration.loosenedPush = .fail }
    self.configuration = configuration
    self.isFirst = isFirst
    self.own = own.settings + workspace.gitSettings
    // Without anything to compare with, nothing is looser.
    self.before = (before ?? own).settings + workspace.gitSettings
    self.judge = judge
    self.branch = branch
    let ownName = isOfWorkTree ? "the work tree" : question.judged?.id.short ?? "none"
    sources = Sources(
      comparison: comparison == nil ? ownName : branch, judging: base == nil ? ownName : branch,
      measuring: ownName)
    if question.isCutOff {
      remarks.append("this clone is shallow: what the change loosens cannot be told")
    }
    if isFirst, let names = Self.names(of: own) { remarks.append("first rules: \(names)") }
    self.remarks = remarks
    worktree =
      question.isCheckedOut && !isOfWorkTree
      ? try Self.uncommitted(besides: own, question, in: workspace) : nil
  }

  /// Each key from the file whose say it is.
  private static func settings(
    own: ConfigurationFile, comparison: ConfigurationFile?, judging: ConfigurationFile?,
    before: ConfigurationFile?
  ) -> [Setting] {
    func role(_ setting: Setting) -> ConfigurationKey.Role? { ConfigurationKey.of(setting)?.role }
    let choosing = (comparison ?? own).settings.filter { role($0) == .comparison }
    guard let judging else {
      return choosing + own.settings.filter { role($0) != .comparison }
    }
    let suites = Set(own.settings.filter { $0.section == "suite" }.map(\.subsection))
    let gone = (before ?? .absent).settings.filter {
      $0.section == "suite" && role($0) == .measuring && !suites.contains($0.subsection)
    }
    return choosing + judging.settings.filter { [.judging, .section].contains(role($0)) }
      + gone + own.settings.filter { ![.judging, .comparison].contains(role($0)) }
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
    guard own.map(\.said) != before.map(\.said), sources.comparison == branch else { return [] }
    return try Loosenings(from: before, to: own, measured: measured).found { !counts($0) }
      .map { "\($0.words): counts once it is on \(branch)" }
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
    try remarks + loosened(measured).map { "this change loosens \($0.words)" } + pending(measured)
  }

  /// For `--plan`: where the rules come from, and what they loosen.
  func plan(_ measured: [String: [Series]]) throws -> [String] {
    let lines = [
      "what is compared: .perfconfig of \(sources.comparison)",
      "how it is judged: .perfconfig of \(sources.judging)",
      "what is measured: .perfconfig of \(sources.measuring)",
    ]
    let loosened = try loosened(measured)
    return try lines + remarks
      + (loosened.isEmpty ? ["loosened: nothing"] : loosened.map { "loosened: \($0.words)" })
      + pending(measured)
  }
}

extension Rules {
  private static func uncommitted(
    besides own: ConfigurationFile, _ question: RulesQuestion, in workspace: Workspace
  ) throws -> Uncommitted? {
    // What cannot be read there is not what judges.
    guard let here = try? workspace.files.fileHere(), here.isPresent,
      here.settings.map(\.said) != own.settings.map(\.said)
    else { return nil }
    func measuring(_ file: ConfigurationFile) -> [Setting.Said] {
      file.settings.filter {
        [.measuring, .comparison].contains(ConfigurationKey.of($0)?.role)
      }.map(\.said)
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

extension Setting {
  /// What it says, wherever it stands.
  struct Said: Hashable {
    let section: String
    let subsection: String?
    let key: String
    let value: String
  }

  var said: Said { Said(section: section, subsection: subsection, key: key, value: value) }
}
