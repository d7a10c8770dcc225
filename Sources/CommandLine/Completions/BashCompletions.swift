/// The completion script for bash, 3.2 (macOS) and later, without the bash-completion package.
///
/// Bash splits words at `=` and `:` before it calls a completion function, and replaces only the
/// part after the last of these. The script therefore joins the parts, works with whole words, and
/// shortens its answers at the end. It does not use `compgen -W`, which would evaluate the words.
struct BashCompletions<Settings> {
  let spec: CommandSpec<Settings>

  var script: String {
    """
    # Completions of \(spec.program) for bash. Load them from ~/.bashrc:
    #   eval "$(\(spec.program) --completions bash)"

    \(helpers)

    \(function)() {
      local cur='' prefix='' whole='' breaks='' expecting='' ended='' glued='' count=0 i
      local -a typed=()
      COMPREPLY=()

      # What was typed as one word becomes one again.
      for ((i = 1; i <= COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == [=:]* && $count -gt 0 ]]; then
          typed[count - 1]+=${COMP_WORDS[i]} glued=yes
        elif [[ $glued ]]; then
          typed[count - 1]+=${COMP_WORDS[i]} glued=''
        else
          typed[count++]=${COMP_WORDS[i]}
        fi
      done
      whole=${typed[count - 1]}
      cur=$whole

      # Which option waits for its value, and whether options have ended.
      for ((i = 0; i < count - 1; i++)); do
        if [[ $ended ]]; then
          ended=more
        elif [[ $expecting ]]; then
          expecting=''
        else
          case ${typed[i]} in
            --) ended=first ;;
            \(waiting.joined(separator: "\n        "))
          esac
        fi
      done
      if [[ ! $ended && ! $expecting && $cur == --*=* ]]; then
        expecting=${cur%%=*} prefix=${cur%%=*}= cur=${cur#*=}
      fi

      if [[ $expecting ]]; then
        case $expecting in
          \(values.joined(separator: "\n      "))
        esac
      elif [[ ! $ended && $cur == -* ]]; then
        \(function)_words \(quoted(spec.flags.flatMap(\.name.spellings)))
      \(operands.joined(separator: "\n  "))
      fi

      # Readline replaces only what follows the last of its word breaks.
      [[ $COMP_WORDBREAKS == *=* ]] && breaks+='='
      [[ $COMP_WORDBREAKS == *:* ]] && breaks+=':'
      prefix=''
      [[ $breaks ]] && prefix=${whole%"${whole##*[$breaks]}"}
      for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
        COMPREPLY[i]=${COMPREPLY[i]#"$prefix"}
      done
    }

    complete -F \(function) \(spec.program.quotedForPOSIX)

    """
  }

  private var function: String { "_\(spec.identifier)" }

  /// The shell functions that add completions. They use the local variables of the function that
  /// calls them.
  private var helpers: String {
    """
    \(function)_words() {
      local word
      for word; do
        [[ $word == "$cur"* ]] && COMPREPLY+=("$prefix$word")
      done
    }

    \(function)_files() {
      local name
      compopt -o filenames 2>/dev/null
      while IFS= read -r name; do
        COMPREPLY+=("$prefix$name")
      done < <(compgen "$1" -- "$cur")
    }

    # Quotes what it adds (%q), unless file names are added too (%s): readline quotes those.
    \(function)_revisions() {
      local name old=''
      [[ $cur == [!./]*..* ]] && old=${cur%..*}..
      while IFS= read -r name; do
        name=$old$name
        [[ $name == "$cur"* ]] || continue
        printf -v name "$1" "$name"
        COMPREPLY+=("$prefix$name")
      done < <(echo HEAD; \(listRevisions))
    }

    \(function)_assignments() {
      if [[ $cur == *=* ]]; then
        prefix+=${cur%%=*}= cur=${cur#*=}
        \(function)_files -f
      else
        compopt -o nospace 2>/dev/null
        \(function)_words "$@"
      fi
    }
    """
  }

  private var taking: [Flag<Settings>] { spec.flags.filter { $0.slot != nil } }

  /// The patterns of options whose value is the next word, also at the end of a cluster of short
  /// options.
  private var waiting: [String] {
    let switches = spec.flags.filter { $0.slot == nil }.compactMap(\.name.short)
    return taking.filter { $0.slot?.takesNextWord == true }.map { flag in
      let cluster = flag.name.short.map { "-[\(String(switches))]\($0)" }
      let patterns = flag.name.spellings + (switches.isEmpty ? [] : [cluster].compactMap(\.self))
      return "\(patterns.joined(separator: " | "))) expecting=\(flag.name.spellings[0]) ;;"
    }
  }

  private var values: [String] {
    taking.map { flag in
      let patterns = flag.name.spellings.joined(separator: " | ")
      return "\(patterns)) \(action(flag.slot?.completion ?? .none)) ;;"
    }
  }

  private var operands: [String] {
    let ordinary = ["else", "  \(action(spec.operands.completion))"]
    guard spec.takesCommand else { return ordinary }
    return [
      "elif [[ $ended == first ]]; then", "  \(function)_files -c",
      "elif [[ $ended ]]; then", "  \(function)_files -f",
    ] + ordinary
  }

  private func action(_ completion: Completion) -> String {
    switch completion {
    case .none: ":"
    case .file: "\(function)_files -f"
    case .directory: "\(function)_files -d"
    case .words(let words): "\(function)_words \(quoted(words))"
    case .assignments(let words): "\(function)_assignments \(quoted(words))"
    case .revision: "\(function)_revisions %q"
    case .revisionOrFile: "\(function)_revisions %s; \(function)_files -f"
    }
  }

  private func quoted(_ words: [String]) -> String {
    words.map(\.quotedForPOSIX).joined(separator: " ")
  }
}
