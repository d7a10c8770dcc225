import CLibGit2

extension Repository {
  /// The most bytes that a note may have, 64 MB, so that data of others cannot fill the memory.
  private static let most = 64_000_000

  /// Stores a text as a blob.
  ///
  /// - Parameter object: The object that the text is a note of, for the error message.
  func writeBlob(_ contents: [UInt8], of object: ObjectID?) throws(GitError) -> ObjectID {
    guard contents.count <= Self.most else {
      throw GitError(
        operation: "write the note of \(object?.short ?? "no object")",
        message: "it would have \(contents.count / 1_000_000) MB, and the most is 64",
        kind: .tooLarge)
    }
    var raw = git_oid()
    let code = unsafe contents.withUnsafeBytes {
      // SAFETY: libgit2 copies the bytes before it returns.
      unsafe git_blob_create_from_buffer(&raw, pointer, $0.baseAddress, $0.count)
    }
    try check("write note", code)
    return ObjectID(raw)
  }

  /// Stores a commit.
  ///
  /// - Parameter parents: The parents; none for the first commit.
  func writeCommit(
    tree: ObjectID, parents: [ObjectID], message: String
  ) throws(GitError) -> ObjectID {
    let signature = try signature()
    let author = unsafe UnsafePointer<git_signature>(signature.pointer)
    let tree = try self.tree(tree)
    var raw = git_oid()
    func write(
      _ parents: ArraySlice<ObjectID>, _ pointers: [OpaquePointer?]
    ) throws(GitError) {
      // Each handle lives until the call that needs it has returned.
      if let first = parents.first {
        let handle = try self.handle(ofCommit: first)
        return try unsafe write(parents.dropFirst(), pointers + [handle.pointer])
      }
      var pointers = unsafe pointers
      // SAFETY: all that is handed over outlives the call; libgit2 keeps none of it.
      let code = unsafe git_commit_create(
        &raw, pointer, nil, author, author, "UTF-8", message, tree.pointer, pointers.count,
        &pointers)
      try check("write notes commit", code)
    }
    try unsafe write(parents[...], [])
    return ObjectID(raw)
  }

  func handle(ofCommit id: ObjectID) throws(GitError) -> Handle {
    var raw = id.raw
    return try unsafe Handle("read commit \(id.short)", release: { unsafe git_commit_free($0) }) {
      unsafe git_commit_lookup(&$0, pointer, &raw)
    }
  }

  func tree(_ id: ObjectID) throws(GitError) -> Handle {
    var raw = id.raw
    return try unsafe Handle("read tree \(id.short)", release: { unsafe git_tree_free($0) }) {
      unsafe git_tree_lookup(&$0, pointer, &raw)
    }
  }

  /// The contents of a blob that may be unreferenced.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/missing`` if the blob no longer exists.
  package func contents(of blob: ObjectID) throws(GitError) -> [UInt8] {
    try contents(ofBlob: blob)
  }

  func contents(ofBlob id: ObjectID) throws(GitError) -> [UInt8] {
    var raw = id.raw
    try checkSize(ofBlob: id)
    let blob = try unsafe Handle("read blob \(id.short)", release: { unsafe git_blob_free($0) }) {
      unsafe git_blob_lookup(&$0, pointer, &raw)
    }
    // SAFETY: the bytes belong to the blob, which outlives this; they are copied.
    let bytes = unsafe UnsafeRawBufferPointer(
      start: git_blob_rawcontent(blob.pointer), count: Int(git_blob_rawsize(blob.pointer)))
    return unsafe Array(bytes)
  }

  /// Checks the size of a blob before it is loaded into memory.
  private func checkSize(ofBlob id: ObjectID) throws(GitError) {
    let operation = "read blob \(id.short)"
    let database = try unsafe Handle(operation, release: { unsafe git_odb_free($0) }) {
      unsafe git_repository_odb(&$0, pointer)
    }
    var (raw, size, kind) = (id.raw, 0, GIT_OBJECT_BLOB)
    try check(operation, unsafe git_odb_read_header(&size, &kind, database.pointer, &raw))
    guard size <= Self.most else {
      throw GitError(
        operation: operation, message: "it has \(size / 1_000_000) MB, and the most is 64",
        kind: .tooLarge)
    }
  }

  /// The user's identity, or a fixed one if none is configured, as on a build machine.
  func signature() throws(GitError) -> Handle {
    // SAFETY: the pointer is a signature's on the way in and on the way out.
    let release = { (pointer: OpaquePointer) in
      unsafe git_signature_free(UnsafeMutablePointer<git_signature>(pointer))
    }
    return try unsafe Handle("make signature", release: release) { pointer in
      var signature: UnsafeMutablePointer<git_signature>?
      var code = unsafe git_signature_default(&signature, self.pointer)
      if code < 0 {
        code = unsafe git_signature_now(&signature, "perf-record", "perf-record@localhost")
      }
      unsafe pointer = OpaquePointer(signature)
      return code
    }
  }

  /// The name and the address of the user as git has them, `Ada <ada@example.org>`, or those of a
  /// fixed fallback if git has none.
  package var author: String {
    get throws(GitError) {
      let signature = try signature()
      let pointer = unsafe UnsafePointer<git_signature>(signature.pointer)
      // SAFETY: both texts belong to the signature, which lives until they are copied.
      return withExtendedLifetime(signature) {
        unsafe "\(String(cString: pointer.pointee.name)) <\(String(cString: pointer.pointee.email))>"
      }
    }
  }
}
