import CLibGit2

extension Repository {
  /// The names of the remotes that are configured, in alphabetical order.
  package func remotes() throws(GitError) -> [String] {
    var list = unsafe git_strarray()
    try check("list remotes", unsafe git_remote_list(&list, pointer))
    defer { unsafe git_strarray_dispose(&list) }
    var names: [String] = []
    for index in 0..<(unsafe list.count) {
      // SAFETY: the array has so many texts, and lives until the end of this scope; they are copied.
      if let name = unsafe list.strings[index] { names.append(unsafe String(cString: name)) }
    }
    return names.sorted()
  }

  /// The remote of the branch that the current one follows; nil where there is none.
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
