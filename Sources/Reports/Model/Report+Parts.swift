import Measurements
import Verdicts

/// What tells the parts of a report apart.
extension Report {
  /// `suite nightly`, with the machine where the suite was measured on several.
  func title(of part: SuiteReport) -> String { "suite \(label(of: part))" }

  /// The same without the word.
  func label(of part: SuiteReport) -> String {
    let name = part.suite.visible(limit: 60)
    let alike = parts.filter { $0.suite == part.suite }
    guard alike.count > 1 else { return name }
    let machine = part.machine?.summary ?? "an unknown machine"
    let isOnlyOne = alike.count { $0.machine?.summary == part.machine?.summary } == 1
    let key = isOnlyOne ? nil : part.machine?.key.visible(limit: 40)
    return "\(name) on \(machine)" + (key.map { " (\($0))" } ?? "")
  }

  /// The same as the beginning of a sentence; nothing where there is only one part.
  func prefix(of part: SuiteReport) -> String {
    hasSeveralParts ? "\(title(of: part)): " : ""
  }
}

extension Loosening {
  /// `threshold of p: 10% → 99%`.
  package var words: String {
    let name = [key.visible(limit: 60), pattern.map { "of \($0.visible(limit: 60))" }]
      .compactMap(\.self).joined(separator: " ")
    func side(_ text: String?) -> String { text?.visible(limit: 100) ?? "not set" }
    return "\(name): \(side(old)) → \(side(new))"
  }
}

extension NotJudged {
  /// `suite users: not judged (--suite)`.
  package var words: String {
    let machine = machine.map { " on machine \($0.visible(limit: 40))" } ?? ""
    return "suite \(suite.visible(limit: 60))\(machine): not judged (\(why.visible(limit: 200)))"
  }
}

extension Report {
  /// What stands above the verdict, a line each.
  var foremost: [String] {
    loosened.map { "this change loosens \($0.words)" } + told.map { $0.visible(limit: 1000) }
      + notJudged.map(\.words)
  }

  /// The same with what is told of each part, for readers who see no parts.
  var foremostOfAll: [String] {
    foremost
      + parts.flatMap { part in
        part.told.map { "\(prefix(of: part))\($0)".visible(limit: 1000) }
      }
  }
}
