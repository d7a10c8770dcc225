import CommandLine
import Forges
import Formats
import Git
import History
import Measurements
import Reports
import System

/// Another repository, from which runs are fetched and to which they are pushed.
///
/// The git program does both: only git knows the user's credentials, proxies and keys.
struct Remote {
  /// The configured name, or an address.
  let name: String
  /// The name for messages and for the history of the notes: without a user or password in the
  /// address, and without control characters.
  var label: String { name.withoutCredentials.visible(limit: 500) }
  private let repository: Repository
  /// The full name of the notes' reference, the same in both repositories.
  private let reference: String
  var notesReference: String { reference }
  let git: GitProgram

  /// Chooses a remote.
  ///
  /// - Parameter name: A name or address; nil for the remote that the branch follows, or `origin`,
  ///   or the only one.
  init(_ name: String?, _ workspace: Workspace, _ call: CommandContext<some CommonSettings>) throws
  {
    repository = workspace.repository
    reference = workspace.notesRef
    git = GitProgram(call).untranslated
    self.name = try name ?? Self.usual(in: workspace.repository)
    guard !self.name.isEmpty, !self.name.hasPrefix("-") else {
      throw UsageError("'\(label)' is no remote", hint: "`git remote` lists them")
    }
  }

  private static func usual(in repository: Repository) throws -> String {
    let names = try repository.remotes()
    if let followed = try repository.followedRemote(), names.contains(followed) { return followed }
    if names.contains("origin") { return "origin" }
    guard let only = names.first, names.count == 1 else {
      throw Diagnostic(
        .usage,
        names.isEmpty ? "this repository has no remote" : "several remotes, and none is origin",
        hint: names.isEmpty
          ? "add one with `git remote add origin <url>`, or name an address"
          : "name one of \(names.joined(separator: ", "))")
    }
    return only
  }

  /// The reference that holds the remote's notes as they were last fetched.
  var mirror: String {
    let isName = (try? repository.remotes().contains(name)) ?? false
    // An address may contain characters that a reference cannot have.
    let place = isName ? name : (try? ObjectID(hashing: Array(name.utf8)))?.description ?? "other"
    return Self.mirror(of: reference, at: place)
  }

  static func mirror(of reference: String, at place: String) -> String {
    "refs/perf/remotes/\(place)/\(reference.dropFirst("refs/".count))"
  }

  /// The fetched notes; empty if none were fetched or the remote has none.
  func seen() throws -> Notes { try repository.notes(mirror) }

  /// Fetches the remote's notes to the mirror.
  ///
  /// The fetch leaves out tags and submodules. It brings all of the notes, also in a partial clone,
  /// because their text is needed. Other settings of `git fetch` stay in effect.
  ///
  /// - Parameter again: True to fetch also what git believes to have already.
  func fetch(again: Bool = false) throws {
    var (result, attempt) = (try fetchOnce(again), 0)
    // Another fetch of this repository was writing the same reference.
    while result.messages.contains("cannot lock ref"), attempt < 20 {
      attempt += 1
      if !repository.removeStaleLock(of: mirror) { Pause.afterLostRace(attempt) }
      result = try fetchOnce(again)
    }
    guard result.ending != .exited(0) else { return }
    // 129 is git's exit status for an unknown option.
    guard !again || result.ending != .exited(129) else {
      throw Diagnostic(
        .failure, "cannot fetch from '\(label)' what this partial clone has left out",
        hint: "git 2.36 or newer can")
    }
    guard result.messages.contains("couldn't find remote ref \(reference)") else {
      let failure = failure("cannot fetch from '\(label)'", result)
      throw result.messages.contains(".lock': File exists")
        ? failure.hinting(Diagnostic.staleLock) : failure
    }
    try repository.setReference(mirror, to: nil)
  }

  private func fetchOnce(_ again: Bool) throws -> Launch.Result {
    try git.launch(
      [
        "-c", "gc.auto=0", "-c", "maintenance.auto=false", "fetch", "--quiet", "--no-tags",
        "--no-recurse-submodules", "--no-write-fetch-head", "--no-prune", "--no-filter",
        "--refmap=",
      ] + (again ? ["--refetch"] : []) + ["--", name, "+\(reference):\(mirror)"])
  }

  /// A branch or tag of the remote, and the object that it points to.
  struct Tip {
    let name: String
    let id: ObjectID
    var isTag: Bool { name.hasPrefix("refs/tags/") }
  }

  /// All branches and tags of the remote. An annotated tag appears twice: as itself and as the
  /// object that it stands for.
  func tips() throws -> [Tip] {
    let result = try git.launch(["ls-remote", "--quiet", "--heads", "--tags", "--", name])
    guard result.ending == .exited(0) else {
      throw failure("cannot ask '\(label)' for its branches", result)
    }
    return result.text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2, let id = ObjectID(String(parts[0])) else { return nil }
      return Tip(name: String(parts[1]), id: id)
    }
  }

  enum Answer {
    case taken
    case refused(Refusal)
  }

  /// A refused push.
  struct Refusal: Hashable {
    let reason: Reason
    /// Git's message, followed by those of the remote.
    let words: [String]

    enum Reason {
      /// A rule of the remote's own.
      case rule
      /// The remote's notes are not what the mirror says.
      case stale
      case other
    }

    /// - Parameter summary: The reason as `git push --porcelain` prints it.
    init(_ summary: String, remote: [String]) {
      reason =
        summary.hasPrefix("[remote rejected]")
        ? .rule : summary == "[rejected] (stale info)" ? .stale : .other
      words = [summary] + remote
    }
  }

  /// Sets the remote's notes to a commit, if they are still what the mirror says.
  ///
  /// The pre-push hook, which judges code, is not run.
  func push(_ commit: ObjectID) throws -> Answer {
    let lease = try seen().commit?.description ?? ""
    // A mirror pushes all references and allows no other push, so that setting is turned off.
    let isMirror = ["-c", "remote.\(name).mirror=false"]
    let result = try git.launch(
      (name.contains("=") ? [] : isMirror) + [
        "push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no",
        "--force-with-lease=\(reference):\(lease)", "--", name, "\(commit):\(reference)",
      ])
    // Git prints one answer for each address of the remote.
    let answers = result.text.split(separator: "\n")
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
      .filter { $0.count == 3 && $0[1].hasSuffix(":\(reference)") }
    if let refusal = answers.first(where: { $0[0] == "!" }) {
      return .refused(Refusal(String(refusal[2]), remote: Self.wordsOfRemote(in: result)))
    }
    guard !answers.isEmpty, result.ending == .exited(0) else {
      throw failure("cannot push to '\(label)'", result)
    }
    // The remote has the runs, even if the mirror cannot be updated.
    try? repository.setReference(mirror, to: commit)
    return .taken
  }

  /// The last ten lines of the remote's messages, without the spaces that git adds at their ends.
  private static func wordsOfRemote(in result: Launch.Result) -> [String] {
    result.messages.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("remote: ") }
      .suffix(10).map { String($0).withoutCredentials.replacing(/\s+$/, with: "") }
  }

  private func failure(_ what: String, _ result: Launch.Result) -> Diagnostic {
    Diagnostic(
      .failure, what, hint: "nothing is lost here: see that it can be reached, and try again",
      details: result.lastWords.map(\.withoutCredentials))
  }
}
