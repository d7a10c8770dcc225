extension Command {
  /// The path to execute, as seen from the directory of the surroundings.
  ///
  /// A program with a slash in its name is that file; any other is looked for in `PATH`. The search
  /// is done before the launch, so that a typing error is not mistaken for a failing benchmark.
  package func path(in surroundings: Surroundings) throws(LaunchError) -> String {
    guard Platform.kind(of: surroundings.directory) == .folder else {
      throw LaunchError(self, .noDirectory(surroundings.directory))
    }
    guard !holdsNull(surroundings) else { throw LaunchError(self, .nullByte) }
    var obstacle: LaunchError.Reason?
    for candidate in candidates(surroundings.environment) {
      switch Platform.kind(of: surroundings.locate(candidate)) {
      case .program: return candidate
      case .file: obstacle = obstacle ?? .notExecutable(candidate)
      case .folder where program.contains("/"): obstacle = .isFolder(candidate)
      case .folder, .missing: continue
      }
    }
    throw LaunchError(self, obstacle ?? .notFound(nearMiss(surroundings)))
  }

  private func candidates(_ environment: [String: String]) -> [String] {
    guard !program.isEmpty else { return [] }
    guard !program.contains("/") else { return [program] }
    // If the variable is not set, the folders of execvp are searched. An empty entry means the
    // directory.
    return (environment["PATH"] ?? "/bin:/usr/bin")
      .split(separator: ":", omittingEmptySubsequences: false)
      .map { "\($0.isEmpty ? "." : $0)/\(program)" }
  }

  /// True if a text contains a null byte. C strings end there, so the text would be cut off.
  private func holdsNull(_ surroundings: Surroundings) -> Bool {
    let variables = surroundings.environment.flatMap { [$0.key, $0.value] }
    return ([program, surroundings.directory] + arguments + variables)
      .contains { $0.utf8.contains(0) }
  }

  private func nearMiss(_ surroundings: Surroundings) -> LaunchError.NearMiss? {
    if program.contains(where: \.isWhitespace) { return .severalWords }
    if program.contains("=") { return .assignment }
    let here = Platform.kind(of: surroundings.locate("./\(program)"))
    return !program.contains("/") && (here == .program || here == .file) ? .inDirectory : nil
  }
}

extension Surroundings {
  /// The path of a file as seen from this process.
  package func locate(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(directory)/\(path)"
  }
}
