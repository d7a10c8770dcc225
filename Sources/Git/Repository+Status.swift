import CLibGit2

extension Repository {
  /// The tracked files that differ from HEAD, in the index or the work tree, in the sense of
  /// `git describe --dirty`; empty if the work tree is clean or there is none.
  package func modifiedFiles() throws(GitError) -> [String] {
    guard workTree != nil else { return [] }
    var options = unsafe git_status_options()
    try check(
      "prepare status",
      unsafe git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION)))
    unsafe options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
    unsafe options.flags = 0  // without GIT_STATUS_OPT_INCLUDE_UNTRACKED
    let list = try unsafe Handle("read status", release: { unsafe git_status_list_free($0) }) {
      unsafe git_status_list_new(&$0, pointer, &options)
    }
    return unsafe (0..<git_status_list_entrycount(list.pointer)).compactMap {
      unsafe Self.path(of: git_status_byindex(list.pointer, $0))
    }
  }

  /// SAFETY: an entry and its texts belong to the status list, which the caller keeps alive.
  @unsafe private static func path(of entry: UnsafePointer<git_status_entry>?) -> String? {
    guard let entry = unsafe entry?.pointee else { return nil }
    let delta = unsafe entry.index_to_workdir ?? entry.head_to_index
    return unsafe delta?.pointee.new_file.path.map { unsafe String(cString: $0) }
  }
}
