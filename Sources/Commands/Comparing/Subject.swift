import Git

/// What the user named: a commit or a file.
enum Subject {
  case commit(Commit, name: String)
  case file(ReadFile)

  /// A file where one of that name exists, else a revision; where both do, the user must say which.
  ///
  /// - Parameter workspace: nil outside a repository, where only files can be named.
  init(_ typed: String, in call: Call<some CommonSettings>, _ workspace: Workspace?) throws {
    let path = call.path(typed)
    let isFile = OutputFile.exists(path)
    guard let workspace else {
      guard isFile else { throw Self.noFile(typed) }
      self = .file(try ReadFile(path: path, typed: typed))
      return
    }
    guard isFile else {
      self = .commit(try workspace.commit(typed), name: typed)
      return
    }
    guard try workspace.repository.commitIfPresent(typed) == nil else {
      throw UsageError(
        "'\(typed)' is a revision and a file", hint: "write './\(typed)' for the file")
    }
    self = .file(try ReadFile(path: path, typed: typed))
  }

  private static func noFile(_ typed: String) -> Complaint {
    Complaint(
      .failure, "no such file '\(typed)', and this is no git repository",
      hint: "run it inside one, or name one with `-C <dir>`")
  }
}
