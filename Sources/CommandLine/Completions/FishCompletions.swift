/// The completion script for fish: one `complete` command for each option.
struct FishCompletions<Settings> {
  let spec: CommandSpec<Settings>

  var script: String {
    let rows = [operands] + spec.flags.map(row) + command
    return """
      # Completions of \(spec.program) for fish. Store them with:
      #   \(spec.program) --completions fish \
      > ~/.config/fish/completions/\(spec.program).fish

      \(helpers)

      \(rows.joined(separator: "\n"))

      """
  }

  private var function: String { "__\(spec.identifier)" }

  private var helpers: String {
    """
    function \(function)_value
      string replace -r '^--[^=]*=' '' -- (commandline -ct)
    end

    function \(function)_revisions
      set -l old (string match -r '^[^./].*\\.\\.' -- (\(function)_value))
      for revision in HEAD (\(listRevisions))
        echo "$old$revision"
      end
    end

    function \(function)_assignments
      set -l value (\(function)_value)
      if string match -q '*=*' -- $value
        set -l parts (string split -m 1 = -- $value)
        for file in (__fish_complete_path $parts[2])
          echo $parts[1]=$file
        end
      else
        printf '%s\\n' $argv
      end
    end

    function \(function)_in_command
      contains -- -- (commandline -opc)
    end

    function \(function)_command
      set -l typed (commandline -opc)
      set -l end (contains -i -- -- $typed)
      set -l words (string escape -- $typed[(math $end + 1)..])
      complete -C (string join ' ' -- $words (commandline -ct))
    end
    """
  }

  /// The beginning of every row. If the program takes a command, it restricts the row to the words
  /// before `--`.
  private var complete: String {
    "complete -c \(spec.program.quotedForFish)"
      + (spec.takesCommand ? " -n 'not \(function)_in_command'" : "")
  }

  private func row(_ flag: Flag<Settings>) -> String {
    let short = flag.name.short.map { " -s \(String($0).quotedForFish)" } ?? ""
    let long = flag.name.long.map { " -l \($0.quotedForFish)" } ?? ""
    // Fish would take the next word for an optional value, so no value is offered.
    let value = flag.slot.map { $0.takesNextWord ? " " + action($0.completion) : "" } ?? ""
    return "\(complete)\(short)\(long)\(value) -d \(flag.help.quotedForFish)"
  }

  private var operands: String {
    let completion = spec.operands.completion
    switch completion {
    case .file: return "\(complete) -F"
    case .revisionOrFile: return "\(complete) -F -a '(\(function)_revisions)'"
    case .none: return "\(complete) -f"
    default: return "\(complete) -f \(candidates(completion))"
    }
  }

  private var command: [String] {
    guard spec.takesCommand else { return [] }
    let program = spec.program.quotedForFish
    return ["complete -c \(program) -n \(function)_in_command -x -a '(\(function)_command)'"]
  }

  /// Returns the arguments of `complete` for the value of an option: `-x` takes a value and no
  /// files, `-r -F` takes a value and files.
  private func action(_ completion: Completion) -> String {
    switch completion {
    case .none: "-x"
    case .file: "-r -F"
    case .revisionOrFile: "-r -F \(candidates(completion))"
    default: "-x \(candidates(completion))"
    }
  }

  /// Returns the argument of `complete` that lists candidates. Fish evaluates its text once more,
  /// so words are quoted within it.
  private func candidates(_ completion: Completion) -> String {
    switch completion {
    case .none, .file: ""
    case .directory: "-a '(__fish_complete_directories)'"
    case .words(let words): "-a \(list(words).quotedForFish)"
    case .assignments(let words): "-a \("(\(function)_assignments \(list(words)))".quotedForFish)"
    case .revision, .revisionOrFile: "-a '(\(function)_revisions)'"
    }
  }

  private func list(_ words: [String]) -> String {
    words.map(\.quotedForFish).joined(separator: " ")
  }
}
