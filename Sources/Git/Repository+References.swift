import CLibGit2

extension Repository {
  /// The full names of the references that match a pattern such as `refs/remotes/*/HEAD`, sorted.
  package func references(like pattern: String) throws(GitError) -> [String] {
    let iterator = try unsafe Handle(
      "list references", release: { unsafe git_reference_iterator_free($0) }
    ) {
      unsafe git_reference_iterator_glob_new(&$0, pointer, pattern)
    }
    var names: [String] = []
    var name: UnsafePointer<CChar>?
    while true {
      let code = unsafe git_reference_next_name(&name, iterator.pointer)
      guard code != GIT_ITEROVER.rawValue else { return names.sorted() }
      try check("list references", code)
      // SAFETY: the name is valid until the next step of the iterator; it is copied.
      if let name = unsafe name { names.append(unsafe String(cString: name)) }
    }
  }

  /// The full name of the branch that is checked out, such as `refs/heads/topic`; nil if HEAD is
  /// detached.
  package func branch() throws(GitError) -> String? {
    try target(ofSymbolic: "HEAD")
  }

  /// The full name of the remote branch that a local branch follows; nil if it follows none, or
  /// follows a branch of this repository.
  ///
  /// - Parameter branch: The full name of the local branch.
  package func followed(by branch: String) throws(GitError) -> String? {
    var name = unsafe git_buf()
    let code = unsafe git_branch_upstream_name(&name, pointer, branch)
    guard try found("read what '\(branch)' follows", code) else { return nil }
    defer { unsafe git_buf_dispose(&name) }
    // SAFETY: the text is the buffer's, which lives until the end of this scope.
    let full = unsafe name.ptr.map { unsafe String(cString: $0) }
    return full.flatMap { $0.hasPrefix("refs/remotes/") ? $0 : nil }
  }

  /// True if `git push` without arguments pushes a branch to the branch that it follows, whatever
  /// the name of that is.
  package var pushesWhereItFollows: Bool {
    get throws(GitError) { ["upstream", "tracking"].contains(try text("push.default")) }
  }
}
