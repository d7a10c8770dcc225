import CLibGit2

extension ObjectID {
  /// The id that a blob with these contents has. The blob need not be stored.
  package init(hashing contents: [UInt8]) throws(GitError) {
    var raw = git_oid()
    let code = unsafe contents.withUnsafeBytes {
      // SAFETY: libgit2 reads the bytes and keeps none.
      unsafe git_odb_hash(&raw, $0.baseAddress, $0.count, GIT_OBJECT_BLOB)
    }
    try check("hash run", code)
    self.init(raw)
  }
}
