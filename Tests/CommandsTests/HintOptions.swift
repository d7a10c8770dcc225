import CommandLine
import Testing

@testable import Commands

/// The options that a hint names, which have to be those of the program that gives it, or of the one it
/// names before them.
enum HintOptions {
  private static let options: [String: Set<String>] = [
    "perf-record": spellings(of: Program.record.spec),
    "perf-gate": spellings(of: Program.gate.spec),
    "perf-diff": spellings(of: Program.diff.spec),
    "perf-sync": spellings(of: Program.sync.spec),
    "perf-comment": spellings(of: Program.comment.spec),
    "perf-log": spellings(of: Program.log.spec),
    "perf-bisect": spellings(of: Program.bisect.spec),
  ]

  /// The programs that have options.
  static var programs: [String] { Array(options.keys) }

  private static func spellings<Settings>(of spec: CommandSpec<Settings>) -> Set<String> {
    Set(spec.flags.flatMap(\.name.spellings))
  }

  /// What a program cannot be told, though a hint of its says so.
  static func unknown(in err: String, of program: String) -> [String] {
    err.split(separator: "\n").filter { $0.hasPrefix("hint: ") }.flatMap { line in
      // Between backticks stands what somebody can type, between quotes a name.
      line.replacing(/'[^']*'/, with: "").split(separator: "`", omittingEmptySubsequences: false)
        .enumerated().flatMap {
          place, part -> [String] in
          let isTyped = !place.isMultiple(of: 2)
          var owner: String? = program
          return part.split(separator: " ").map(String.init).enumerated().compactMap {
            place, word in
            if options[word] != nil {
              owner = word
            } else if word == "--" || word == "git" || isTyped && place == 0 && !word.hasPrefix("-")
            {
              // Another program's.
              owner = nil
            }
            guard let owner, word.hasPrefix("--"), word.count > 2 else { return nil }
            let name = String(word.prefix { $0 != "=" }).trimmingSuffix { !$0.isLetter }
            let isKnown = options[owner]?.contains(name) ?? true
            return isKnown ? nil : "\(name) of \(owner)"
          }
        }
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ isDropped: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, isDropped(last) { text.removeLast() }
    return text
  }
}
