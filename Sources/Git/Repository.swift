import CLibGit2

/// A git repository, open for reading and for writing notes.
///
/// It is the only access to libgit2: values go in and come out, and no pointer leaves this module.
package final class Repository {
  private let handle: Handle
  /// The objects that git reads as something else; read once.
  lazy var replaced: Result<Set<ObjectID>, GitError> = Self.replacements(in: self)

  /// Opens the repository that contains `directory`, or the one that `gitDirectory` names, as git
  /// does with `GIT_DIR`; `workTree` is `GIT_WORK_TREE`.
  package init(
    at directory: String, gitDirectory: String? = nil, workTree: String? = nil
  ) throws(GitError) {
    try Library.start()
    let path = gitDirectory.map { $0.hasPrefix("/") ? $0 : "\(directory)/\($0)" } ?? directory
    let flags = gitDirectory == nil ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
    do {
      handle = try unsafe Handle("open repository", release: { unsafe git_repository_free($0) }) {
        unsafe git_repository_open_ext(&$0, path, flags, nil)
      }
    } catch {
      throw error.ofOpening
    }
    // As in git, the work tree is the caller's directory if only a git directory is given.
    let isImplied = gitDirectory == nil ? false : try impliesWorkTree()
    if let workTree = workTree ?? (isImplied ? directory : nil) {
      let path = workTree.hasPrefix("/") ? workTree : "\(directory)/\(workTree)"
      try check("use work tree", unsafe git_repository_set_workdir(pointer, path, 0))
    }
  }

  /// The libgit2 object, valid while the repository exists; for calls inside this module only.
  @unsafe var pointer: OpaquePointer { unsafe handle.pointer }

  /// The top of the work tree, without a slash at its end; nil in a bare repository.
  package var workTree: String? {
    // SAFETY: libgit2 owns the text; it is copied before anything else is called.
    unsafe git_repository_workdir(pointer).map { unsafe Self.path($0) }
  }

  /// The directory of the files that all work trees share.
  package var commonDirectory: String {
    unsafe git_repository_commondir(pointer).map { unsafe Self.path($0) } ?? ""
  }

  private func impliesWorkTree() throws(GitError) -> Bool {
    guard unsafe git_repository_is_bare(pointer) != 1 else { return false }
    return try text("core.worktree") == nil
  }

  /// True if the history was cut off by `--depth`.
  package var isShallow: Bool { unsafe git_repository_is_shallow(pointer) == 1 }

  @unsafe private static func path(_ text: UnsafePointer<CChar>) -> String {
    let path = unsafe String(cString: text)
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}

/// The process-wide state of libgit2: started once, never shut down.
enum Library {
  static func start() throws(GitError) { try check("start libgit2", started) }

  private static let started: Int32 = {
    let code = git_libgit2_init()
    // A recorded run is on disk when the recorder reports it. Objects that are read are not hashed
    // again: git does not do so either, zlib's checksum detects a damaged object, and it would take
    // a tenth of a gate's time.
    return code < 0 ? code : perf_git_set_options()
  }()
}
