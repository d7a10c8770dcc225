import CommandLine
import Configuration
import Git

/// A commit or a file that the user named.
enum RevisionOrFile {
  case commit(Commit, name: String)
  case file(ReadFile)

  /// Takes the text for a file if one of that name exists, else for a revision. If both exist, the
  /// user must say which.
  ///
  /// - Parameter workspace: nil outside a repository, where only files can be named.
  /// - Throws: ``UsageError`` for an empty text and for one that is both.
  init(
    _ typed: String, in call: CommandContext<some ComparingSettings>, _ workspace: Workspace?
  ) throws {
    guard !typed.isEmpty else { throw UsageError("an empty name", hint: "leave it out for HEAD") }
    if OutputFile.exists(call.path(typed)) {
      // A text that begins with `/`, `./` or `../` is a path. A directory with the name of a branch
      // is not meant.
      let isPath = ["/", "./", "../"].contains(where: typed.hasPrefix)
      let revision = isPath ? nil : (try? workspace?.repository.commitIfPresent(typed)) ?? nil
      if let revision, OutputFile.isDirectory(call.path(typed)) {
        self = .commit(revision, name: typed)
        return
      }
      guard revision == nil else {
        throw UsageError(
          "'\(typed)' is a revision and a file",
          hint: "write './\(typed)' for the file, or the commit's id")
      }
      self = .file(
        try ReadFile(
          path: call.path(typed), typed: typed,
          suite: call.suite(workspace?.configuration ?? ProjectConfiguration()),
          prices: workspace?.configuration.prices ?? Prices(), tool: call.tool))
    } else if let workspace {
      self = .commit(try workspace.commit(typed, orFile: true), name: typed)
    } else {
      throw Diagnostic(
        .failure, "no such file '\(typed)', and this is no git repository",
        hint: "run it inside one, or name one with `-C <dir>`")
    }
  }
}

extension RevisionOrFile {
  /// The commit; nil for a file.
  var commit: Commit? {
    switch self {
    case .commit(let commit, _): commit
    case .file: nil
    }
  }
}
