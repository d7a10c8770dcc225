extension CommandSpec {
  /// A script that teaches a shell to complete this program's command lines.
  package func completions(for shell: Shell) -> String {
    switch shell {
    case .bash: BashCompletions(spec: self).script
    case .zsh: ZshCompletions(spec: self).script
    case .fish: FishCompletions(spec: self).script
    }
  }

  /// The program's name as part of a shell function's name: `perf_gate`.
  var identifier: String {
    String(program.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}

/// What lists the revisions: no `notes/` and no stash, which nobody compares with.
let listRevisions =
  "git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null"

extension String {
  /// As one literal word for bash and zsh.
  package var quotedForPOSIX: String { "'" + replacing("'", with: "'\\''") + "'" }

  /// As one literal word for fish, where a backslash escapes inside quotes too.
  package var quotedForFish: String {
    "'" + replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
