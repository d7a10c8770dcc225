import CLibGit2

extension Repository {
  /// Replaces the notes of some objects in one new commit of the notes history.
  ///
  /// The update is a compare-and-swap: `edit` gets the present contents of a note. If another
  /// process moved the reference in the meantime, `edit` is called again with the new state, so no
  /// note of others is lost. A process that dies during the update leaves the old state or the new
  /// one.
  ///
  /// - Parameters:
  ///   - reference: The full name, such as `refs/notes/perf`.
  ///   - objects: The objects that the notes are attached to.
  ///   - message: The message of the notes commit.
  ///   - pause: Called before a retry, with the number of the failed attempt.
  ///   - edit: Returns the new contents of the note of an object for its present contents.
  /// - Throws: ``GitError`` of kind ``GitError/Kind/locked``, with the name of the file, if a lock
  ///   stays. An attempt that loses against another writer is no error, because one of the writers
  ///   always succeeds.
  package func updateNotes(
    _ reference: String, of objects: [ObjectID], message: String,
    pause: (Int) -> Void, edit: (ObjectID, [UInt8]?) -> [UInt8]
  ) throws(GitError) {
    try moveNotes(reference, message: message, pause: pause) { (notes) throws(GitError) in
      let changes = try changes(of: objects, in: notes, edit)
      guard !changes.isEmpty else { return nil }
      return try notes.next(
        changing: changes, parents: notes.commit.map { [$0] } ?? [], message: message)
    }
  }

  /// Moves a notes reference from its present state to the next one. The move is repeated as often
  /// as other processes move the reference first.
  ///
  /// - Parameters:
  ///   - pause: Called before a retry, with the number of the failed attempt.
  ///   - next: Returns the commit that follows a state; nil leaves the reference unchanged.
  package func moveNotes(
    _ reference: String, message: String, pause: (Int) -> Void,
    next: (Notes) throws(GitError) -> ObjectID?
  ) throws(GitError) {
    var (failures, failuresByLock) = (0, 0)
    while true {
      let notes = try notes(reference)
      guard let commit = try next(notes) else { return }
      switch try swap(reference, from: notes.commit, to: commit, message: message) {
      case .done: return
      case .moved: failuresByLock = 0
      case .locked(let error):
        failuresByLock += 1
        guard failuresByLock < Self.mostFailuresByLock else { throw error }
      }
      failures += 1
      pause(failures)
    }
  }

  /// The number of consecutive attempts after which a lock is considered that of a dead process.
  private static let mostFailuresByLock = 100

  private func changes(
    of objects: [ObjectID], in notes: Notes, _ edit: (ObjectID, [UInt8]?) -> [UInt8]
  ) throws(GitError) -> [(ObjectID, [UInt8])] {
    var changes: [(ObjectID, [UInt8])] = []
    for object in objects {
      let old = try notes.contents(of: object)
      let new = edit(object, old)
      if new != old { changes.append((object, new)) }
    }
    return changes
  }

  private enum Swap {
    case done
    /// Another process moved the reference first.
    case moved
    /// Another process holds the lock; libgit2's message names its file.
    case locked(GitError)
  }

  /// Moves the reference from one commit to the next under its lock.
  private func swap(
    _ reference: String, from old: ObjectID?, to new: ObjectID, message: String
  ) throws(GitError) -> Swap {
    let operation = "update '\(reference)'"
    let mark = StaleLockDetector(
      in: "\(commonDirectory)/perf", for: "\(commonDirectory)/\(reference).lock")
    defer { withExtendedLifetime(mark) {} }
    let transaction = try unsafe Handle(operation, release: { unsafe git_transaction_free($0) }) {
      unsafe git_transaction_new(&$0, pointer)
    }
    let code = unsafe git_transaction_lock_ref(transaction.pointer, reference)
    guard code != GIT_ELOCKED.rawValue else {
      return .locked(GitError(operation: operation, code: code))
    }
    try check(operation, code)
    guard try target(of: reference) == old else { return .moved }
    var raw = new.raw
    let signature = try signature()
    let author = unsafe UnsafePointer<git_signature>(signature.pointer)
    try check(
      operation,
      unsafe git_transaction_set_target(
        transaction.pointer, reference, &raw, author, message))
    try check(operation, unsafe git_transaction_commit(transaction.pointer))
    return .done
  }
}

extension Repository {
  /// Points a reference to a commit, whatever it points to now; nil removes the reference.
  ///
  /// It is meant for references that only mirror another repository.
  package func setReference(_ name: String, to commit: ObjectID?) throws(GitError) {
    guard let commit else {
      let code = unsafe git_reference_remove(pointer, name)
      _ = try found("remove '\(name)'", code)
      return
    }
    var raw = commit.raw
    var reference: OpaquePointer?
    let code = unsafe git_reference_create(&reference, pointer, name, &raw, 1, nil)
    try check("update '\(name)'", code)
    unsafe git_reference_free(reference)
  }

  /// Removes the lock of a reference if it is more than 60 seconds old; git holds such a lock only
  /// for a moment.
  ///
  /// It is meant for references that only mirror another repository.
  ///
  /// - Returns: True if a lock was removed.
  package func removeStaleLock(of reference: String) -> Bool {
    StaleLockDetector.remove("\(commonDirectory)/\(reference).lock", olderThan: 60)
  }

  /// Deletes the record of the commits that a reference pointed to before, so that `git gc` can
  /// remove them.
  package func forgetPast(of reference: String) throws(GitError) {
    try check("shorten the log of '\(reference)'", unsafe git_reflog_delete(pointer, reference))
  }
}
