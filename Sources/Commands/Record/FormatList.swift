import CommandLine
import Formats

/// The answer to `perf-record --formats`, which the help also shows.
struct FormatList {
  let call: CommandContext<RecordSettings>

  func run() throws -> ExitStatus {
    guard call.command == nil, call.settings.imports.isEmpty else {
      throw UsageError("--formats records nothing", hint: "leave the rest out, or leave it out")
    }
    call.out.line("\(Self.text)\n\n\(Self.legend)")
    return .success
  }

  static var text: String {
    let width = Format.all.map(\.name.count).max() ?? 0
    return Format.all.map { format in
      let space = String(repeating: " ", count: width - format.name.count)
      return "\(format.name)\(space)  \(format.summary) (\(format.contents))"
    }.joined(separator: "\n")
  }

  /// The meaning of the words in parentheses.
  static let legend = """
    rounds: several launches; samples: several numbers of one launch;
    summary: a number that a tool computed, which no test can rest on;
    history: of many commits, of which the newest is read, or with --history all
    """
}

extension Format {
  fileprivate var contents: String {
    hasHistory ? "\(carries.rawValue), history" : carries.rawValue
  }
}
