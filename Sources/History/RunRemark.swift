package import Git
package import Measurements

/// A remark of a person about a recorded run, such as `a backup ran meanwhile`.
///
/// The command that makes one is `perf-sync note`; the type has another name because the runs
/// themselves are stored in notes of git.
package struct RunRemark: Hashable, Sendable {
  /// The name and the address of the person, `Ada <ada@example.org>`.
  package let author: String
  package let time: Timestamp
  /// One line of 1 to 500 characters.
  package let text: String

  package static let mostCharacters = 500

  /// Makes a remark. Spaces around the text are left out.
  package init(author: String, time: Timestamp, text: String) throws(RunRemarkError) {
    let words = text.drop { $0 == " " }
    let text = String(words.reversed().drop { $0 == " " }.reversed())
    guard !text.isEmpty else { throw .empty }
    guard text.unicodeScalars.allSatisfy(\.isPartOfLine) else { throw .notOneLine }
    // Unicode scalars are counted, because a character may consist of any number of them.
    let count = text.unicodeScalars.count
    guard count <= Self.mostCharacters else { throw .tooLong(count) }
    (self.author, self.time, self.text) = (author, time, text)
  }
}

/// The reason why a text is no remark.
package enum RunRemarkError: Error, Hashable {
  case empty
  /// The text has a line break or another control character.
  case notOneLine
  /// The text has this number of characters.
  case tooLong(Int)
}

/// The remarks about all runs.
package struct RunRemarks: Sendable {
  /// The remarks about each run, the newest last. Those about a run that became a summary belong to
  /// the summary.
  package let byRun: [ObjectID: [RunRemark]]
  /// Messages about files of remarks that cannot be read.
  package let damage: [String]
}

extension Unicode.Scalar {
  fileprivate var isPartOfLine: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
    default: true
    }
  }
}
