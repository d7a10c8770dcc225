import CLibGit2

extension Repository {
  /// The names of the configured remotes, in alphabetical order.
  package func remotes() throws(GitError) -> [String] {
    var list = unsafe git_strarray()
    try check("list remotes", unsafe git_remote_list(&list, pointer))
    return unsafe Self.texts(of: &list).sorted()
  }

  /// Copies the texts of a list of libgit2 and frees the list.
  @unsafe static func texts(of list: inout git_strarray) -> [String] {
    // SAFETY: libgit2 allocated the list and its texts; they are copied before it is freed.
    defer { unsafe git_strarray_dispose(&list) }
    return unsafe UnsafeBufferPointer(start: list.strings, count: list.count)
      .compactMap { unsafe $0.map { unsafe String(cString: $0) } }
  }

  /// The remote of the branch that the current branch follows; nil if there is none.
  package func followedRemote() throws(GitError) -> String? {
    var head: OpaquePointer?
    let code = unsafe git_repository_head(&head, pointer)
    guard code == 0 else { return nil }
    defer { unsafe git_reference_free(head) }
    var name = unsafe git_buf()
    let found = unsafe git_branch_upstream_remote(&name, pointer, git_reference_name(head))
    guard found == 0 else { return nil }
    defer { unsafe git_buf_dispose(&name) }
    // SAFETY: the text is the buffer's, which lives until the end of this scope.
    return unsafe name.ptr.map { unsafe String(cString: $0) }
  }
}
