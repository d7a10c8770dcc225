import Git

/// What the user named: a commit or a file.
enum Subject {
  case commit(Commit, name: String)
  case file(ReadFile)

  /// A file where one of that name exists, else a revision; where both do, the user must say which.
  ///
  /// - Parameter workspace: nil outside a repository, where only files can be named.
  init(
    _ typed: String, in call: Call<some ComparingSettings>, _ workspace: Workspace?
  ) throws {
    let isFile = OutputFile.exists(call.path(typed))
    if isFile {
      // What says where it is, is a path.
      let isPath = typed.contains("/") && typed.hasPrefix(".") || typed.hasPrefix("/")
      if !isPath, (try? workspace?.repository.commitIfPresent(typed)) ?? nil != nil {
        throw UsageError(
          "'\(typed)' is a revision and a file", hint: "write './\(typed)' for the file")
      }
      self = .file(
        try ReadFile(path: call.path(typed), typed: typed, suite: call.suite, tool: call.tool))
    } else if let workspace {
      self = .commit(try workspace.commit(typed), name: typed)
    } else {
      throw Complaint(
        .failure, "no such file '\(typed)', and this is no git repository",
        hint: "run it inside one, or name one with `-C <dir>`")
    }
  }
}
