import CommandLine
import Reports

/// The value of `--report <rendering>[=<file>]` for an answer.
struct AnswerOption: Sendable {
  let rendering: AnswerRendering
  /// The file to write; nil for standard output.
  let file: String?
}

extension Argument where Value == AnswerOption {
  static var answer: Argument<AnswerOption> {
    let names = AnswerRendering.all.map(\.name)
    return Argument<AnswerOption>("<rendering>[=<file>]", completing: .assignments(names)) {
      text throws(UsageError) in
      let choice = try ReportChoice(text, among: names)
      guard let rendering = AnswerRendering.named(choice.name) else {
        throw UsageError("not one of \(names.joined(separator: ", "))")
      }
      return AnswerOption(rendering: rendering, file: choice.file)
    }
  }
}

/// A name with an optional file behind an equals sign.
struct ReportChoice {
  let name: String
  let file: String?

  init(_ text: String, among names: [String]) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(parts[0])
    guard names.contains(name) else {
      throw UsageError(
        "not one of \(names.joined(separator: ", "))",
        hint: Suggestion.hint(for: name, among: names))
    }
    file = parts.count == 2 ? String(parts[1]) : nil
    if let file, file.isEmpty { throw UsageError("no file after `=`") }
  }
}

extension CommandContext where Settings == LogSettings {
  /// Checks, before anything is read, that every report can be written.
  func checkReports() throws {
    let files = settings.reports.compactMap(\.file)
    for file in files { try OutputFile.check(path(file), typed: file) }
    guard Set(files.map { OutputFile.target(of: path($0)) }).count == files.count else {
      throw UsageError("two reports for one file", hint: "give each a file of its own")
    }
    guard settings.reports.count(where: { $0.file == nil }) < 2 else {
      throw UsageError(
        "two reports for standard output", hint: "give one a file: `--report json=perf.json`")
    }
  }

  /// Writes an answer in every form that was asked for; the text goes to standard output unless
  /// another form does.
  func publish(_ answer: Answer) throws {
    for case let (rendering, file?) in settings.reports.map({ ($0.rendering, $0.file) }) {
      try OutputFile.write(rendering.render(answer, AnswerStyle(width: nil)), to: path(file))
    }
    let spoken = settings.reports.first { $0.file == nil }?.rendering
    if let spoken {
      out(spoken.render(answer, AnswerStyle(width: out.width)))
    } else if settings.common.verbosity != .quiet {
      out(AnswerRendering.text.render(answer, AnswerStyle(width: out.width)))
    }
  }
}
