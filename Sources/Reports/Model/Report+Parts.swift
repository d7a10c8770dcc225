import Measurements
import Verdicts

/// The names that tell the parts of a report apart.
extension Report {
  /// Returns the title of a part, as in `suite nightly`, with the machine if the suite was measured
  /// on several.
  func title(of part: SuiteReport) -> String { "suite \(label(of: part))" }

  /// Returns the title of a part without the word `suite`.
  func label(of part: SuiteReport) -> String {
    let name = part.suite.visible(limit: 60)
    let alike = parts.filter { $0.suite == part.suite }
    guard alike.count > 1 else { return name }
    let machine = part.machine?.summary ?? "an unknown machine"
    let isOnlyOne = alike.count { $0.machine?.summary == part.machine?.summary } == 1
    let key = isOnlyOne ? nil : part.machine?.key.visible(limit: 40)
    return "\(name) on \(machine)" + (key.map { " (\($0))" } ?? "")
  }

  /// Returns the title of a part as the beginning of a sentence; empty if there is only one part.
  func prefix(of part: SuiteReport) -> String {
    hasSeveralParts ? "\(title(of: part)): " : ""
  }
}

extension Loosening {
  /// The loosening in words, as in `threshold of p: 10% → 99%`.
  package var words: String {
    let name = [key.visible(limit: 60), pattern.map { "of \($0.visible(limit: 60))" }]
      .compactMap(\.self).joined(separator: " ")
    func side(_ text: String?) -> String { text?.visible(limit: 100) ?? "not set" }
    return "\(name): \(side(old)) → \(side(new))"
  }
}

extension NotJudged {
  /// The part in words, as in `suite users: not judged (--suite)`.
  package var words: String {
    let machine = machine.map { " on machine \($0.visible(limit: 40))" } ?? ""
    return "suite \(suite.visible(limit: 60))\(machine): not judged (\(why.visible(limit: 200)))"
  }
}

extension Report {
  /// The lines that stand above the verdict.
  var foremost: [String] {
    loosened.map { "this change loosens \($0.words)" } + told.map { $0.visible(limit: 1000) }
      + notJudged.map(\.words)
  }

  /// The lines above the verdict with those of each part, for readers who see no parts.
  var foremostOfAll: [String] {
    foremost
      + parts.flatMap { part in
        part.told.map { "\(prefix(of: part))\($0)".visible(limit: 1000) }
      }
  }
}
