/// The completion script for zsh: one `_arguments` specification for each spelling of an option.
///
/// It works both from a directory in `fpath` and through `eval`.
struct ZshCompletions<Settings> {
  let spec: CommandSpec<Settings>

  var script: String {
    """
    #compdef \(spec.program)
    # Completions of \(spec.program) for zsh. Load them from ~/.zshrc, after compinit:
    #   eval "$(\(spec.program) --completions zsh)"

    \(helpers)

    \(function)() {
    \(command)  _arguments -s -S \\
        \(specifications.map(\.quotedForPOSIX).joined(separator: " \\\n    "))
    }

    if [[ ${funcstack[1]} == \(function) ]]; then
      \(function) "$@"
    else
      compdef \(function) \(spec.program.quotedForPOSIX)
    fi

    """
  }

  private var function: String { "_\(spec.identifier)" }

  private var helpers: String {
    """
    \(function)_revisions() {
      local -a revisions
      revisions=(HEAD ${(f)"$(\(listRevisions))"})
      [[ $PREFIX == [^./]*..* ]] && compset -P '*..'
      compadd "$@" -a revisions
    }

    \(function)_revisions_or_files() {
      _alternative 'revisions:revision:\(function)_revisions' 'files:file:_files'
    }

    \(function)_assignments() {
      if compset -P 1 '*='; then
        _files
      else
        compadd -q -S = -- "$@"
      fi
    }
    """
  }

  /// The lines that pass the words after `--` to the completion of the command there.
  private var command: String {
    guard spec.takesCommand else { return "" }
    return """
        local end=${words[(i)--]}
        if ((end < CURRENT)); then
          words=("${(@)words[end + 1, -1]}")
          ((CURRENT -= end))
          _normal
          return
        fi

      """
  }

  private var specifications: [String] {
    spec.flags.flatMap(specifications) + operands
  }

  private func specifications(_ flag: Flag<Settings>) -> [String] {
    let spellings = flag.name.spellings
    // Two colons make a value optional, and `=-` has it in the same word.
    let isOptional = flag.slot.map { !$0.takesNextWord } ?? false
    let value = flag.slot.map {
      "\(isOptional ? "::" : ":")\(escaped($0.placeholder)):\(action($0.completion))"
    }
    return spellings.map { spelling in
      let sign = spelling.hasPrefix("--") ? "=" : isOptional ? "" : "+"
      let attachment = value == nil ? "" : sign + (isOptional ? "-" : "")
      return "\(exclusion(flag))\(spelling)\(attachment)[\(escaped(flag.help))]\(value ?? "")"
    }
  }

  /// Returns the options that zsh no longer offers after this one was typed.
  private func exclusion(_ flag: Flag<Settings>) -> String {
    if case .answer = flag.effect { return "(- *)" }
    return flag.repeats ? "*" : "(\(flag.name.spellings.joined(separator: " ")))"
  }

  private var operands: [String] {
    let operands = spec.operands
    guard operands.count.upperBound > 0 else { return [] }
    return ["*:\(escaped(operands.placeholder)):\(action(operands.completion))"]
  }

  private func action(_ completion: Completion) -> String {
    switch completion {
    case .none: ""
    case .file: "_files"
    case .directory: "_files -/"
    case .words(let words): "(\(list(words)))"
    // The leading space keeps `_arguments` from adding arguments of its own.
    case .assignments(let words): " \(function)_assignments \(list(words))"
    case .revision: "\(function)_revisions"
    case .revisionOrFile: "\(function)_revisions_or_files"
    }
  }

  /// Returns a list of words for a text that zsh evaluates once more. All characters except
  /// letters, digits, `-`, `_` and `.` are escaped.
  private func list(_ words: [String]) -> String {
    words.map { word in
      word.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? "\($0)" : "\\\($0)" }.joined()
    }.joined(separator: " ")
  }

  /// Escapes a text inside a specification, where backslashes, brackets and colons have a meaning.
  private func escaped(_ text: String) -> String {
    text.map { "\\[]:".contains($0) ? "\\\($0)" : "\($0)" }.joined()
  }
}
