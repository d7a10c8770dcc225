import CommandLine
import Git
import History

extension Workspace {
  /// The base that the pipeline names for a commit. It is fetched if it is not here. Returns nil if
  /// the pipeline names none.
  ///
  /// - Parameter commit: The judged commit; nil if no commit is judged.
  /// - Throws: ``Diagnostic`` if the base can neither be found nor fetched.
  func pipelineBase(of commit: Commit?) throws -> Base? {
    let told = pipeline.base
    if let id = told.commit, commit == nil || commit?.id.description == told.subject {
      return try queueBase(id, told, of: commit)
    }
    guard let branch = told.branch else { return nil }
    if told.address == nil, let base = try known(branch) { return base }
    let fetched = Result { try fetch(["refs/heads/\(branch)"], from: told.address) }
    if case .success(let commit?) = fetched { return Base(name: branch, commit: commit) }
    if let id = told.fork, let commit = try repository.commitIfPresent(id) {
      return Base(name: "the merge request's base", commit: commit)
    }
    throw absence("the branch '\(branch)'", fetched)
  }

  /// The service's default branch; nil if the pipeline names none, or if it can neither be found
  /// nor fetched.
  func pipelineDefault() throws -> Base? {
    guard let branch = pipeline.base.defaultBranch else { return nil }
    if let base = try known(branch) { return base }
    let commit = try? fetch(["refs/heads/\(branch)"], from: nil)
    return commit.map { Base(name: branch, commit: $0) }
  }

  /// The base that a merge queue names. It is an ancestor of the tested commit, but a shallow clone
  /// may end before it.
  private func queueBase(_ id: String, _ told: PipelineBase, of commit: Commit?) throws -> Base {
    var fetched: Result<Commit?, any Error> = .success(nil)
    if try !has(id, under: commit) {
      let wanted = told.subject ?? id
      fetched = Result {
        try fetch(
          repository.isShallow ? ["--depth=\(Self.fetchedDepth)", wanted] : [id], from: nil)
      }
    }
    guard let base = try repository.commitIfPresent(id) else {
      throw absence("the merge queue's base \(id.prefix(10))", fetched)
    }
    return Base(name: "the merge queue's base", commit: base)
  }

  private func has(_ id: String, under commit: Commit?) throws -> Bool {
    guard let base = try repository.commitIfPresent(id) else { return false }
    return try commit.map { try repository.mergeBase($0.id, base.id) == base } ?? true
  }

  /// The number of commits to fetch. Most pull requests that are rebased have no more.
  private static let fetchedDepth = 100

  /// The branch of a remote, else the local branch; nil if neither exists.
  private func known(_ branch: String) throws -> Base? {
    let remotes = try repository.remotes()
    let ordered = remotes.filter { $0 == "origin" } + remotes.filter { $0 != "origin" }
    for remote in ordered {
      guard let commit = try repository.commitIfPresent("refs/remotes/\(remote)/\(branch)") else {
        continue
      }
      return Base(name: "\(remote)/\(branch)", commit: commit)
    }
    return try repository.commitIfPresent("refs/heads/\(branch)").map {
      Base(name: branch, commit: $0)
    }
  }

  /// Fetches references and returns the commit of the first; nil if there is no remote.
  private func fetch(_ words: [String], from address: String?) throws -> Commit? {
    let remotes = try repository.remotes()
    let usual = remotes.contains("origin") ? "origin" : remotes.first
    guard let remote = address ?? usual, !remote.hasPrefix("-") else { return nil }
    let git = GitProgram(self, environment: pipeline.environment)
    let options = words.filter { $0.hasPrefix("--") }
    let references = words.filter { !$0.hasPrefix("--") }
    try git.run(["fetch", "--quiet", "--no-tags"] + options + ["--", remote] + references)
    return try repository.commitIfPresent(
      git.run(["rev-parse", "--verify", "FETCH_HEAD^{commit}"]))
  }

  private func absence(_ what: String, _ fetched: Result<Commit?, any Error>) -> Diagnostic {
    var details: [String] = []
    if case .failure(let error) = fetched {
      let diagnostic = Diagnostic(error)
      details = [diagnostic.message] + diagnostic.details
    }
    return Diagnostic(
      .failure, "\(what), which the pipeline compares with, is not here, and cannot be fetched",
      hint:
        "check out the whole history (`fetch-depth: 0` on GitHub, `GIT_DEPTH: 0` on GitLab), or "
        + "name a base with `--base <revision>`", details: details)
  }
}
