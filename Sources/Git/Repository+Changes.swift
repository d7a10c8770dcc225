import CLibGit2

/// A path that differs between two trees.
package struct PathChange: Hashable, Sendable {
  package let path: String
  /// True if a regular file was added, removed or changed only in its text: its mode did not
  /// change, and it is neither a link nor a submodule.
  package let isOfText: Bool
}

extension Repository {
  /// The paths that differ between two trees; nil if there are more than the given number.
  package func changes(
    from old: ObjectID, to new: ObjectID, atMost most: Int
  ) throws(GitError) -> [PathChange]? {
    let one = try tree(old)
    let other = try tree(new)
    var options = unsafe git_diff_options()
    try check(
      "prepare diff", unsafe git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
    unsafe options.flags =
      GIT_DIFF_INCLUDE_TYPECHANGE.rawValue | GIT_DIFF_SKIP_BINARY_CHECK.rawValue
    let diff = try unsafe Handle(
      "compare trees \(old.short) and \(new.short)", release: { unsafe git_diff_free($0) }
    ) {
      unsafe git_diff_tree_to_tree(&$0, pointer, one.pointer, other.pointer, &options)
    }
    let count = unsafe git_diff_num_deltas(diff.pointer)
    guard count <= most else { return nil }
    return (0..<count).compactMap { unsafe Self.change(git_diff_get_delta(diff.pointer, $0)) }
  }

  /// SAFETY: a delta and its texts belong to the diff, which the caller keeps alive.
  @unsafe private static func change(_ delta: UnsafePointer<git_diff_delta>?) -> PathChange? {
    guard let delta = unsafe delta?.pointee, let path = unsafe delta.new_file.path else {
      return nil
    }
    let modes = unsafe (delta.old_file.mode, delta.new_file.mode)
    let file = UInt16(GIT_FILEMODE_BLOB.rawValue)
    let isOfText =
      switch unsafe delta.status {
      case GIT_DELTA_ADDED: modes.1 == file
      case GIT_DELTA_DELETED: modes.0 == file
      case GIT_DELTA_MODIFIED: modes.0 == modes.1 && [file, file | 0o111].contains(modes.0)
      default: false
      }
    return unsafe PathChange(path: String(cString: path), isOfText: isOfText)
  }
}
