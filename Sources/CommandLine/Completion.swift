/// The completions that a shell offers for a value.
package enum Completion: Hashable, Sendable {
  case none
  case file
  case directory
  case words([String])
  /// Words, each of which may be followed by `=` and a file: `markdown=perf.md`.
  case assignments([String])
  /// Branches, tags and remote branches of the current repository, also after `..`.
  case revision
  case revisionOrFile
}

/// The shells that completions are written for.
package enum Shell: String, CaseIterable, Sendable {
  case bash
  case zsh
  case fish
}
