extension CommandSpec {
  /// Returns the script that makes a shell complete this program's command lines.
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

/// The shell command that lists the revisions. It leaves out `notes/` and the stash, because nobody
/// compares with them.
let listRevisions =
  "git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null"

extension String {
  /// The text as one literal word for bash and zsh.
  package var quotedForPOSIX: String { "'" + replacing("'", with: "'\\''") + "'" }

  /// The text as one literal word for fish, in which a backslash escapes inside quotes, too.
  package var quotedForFish: String {
    "'" + replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
