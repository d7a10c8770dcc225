import Measurements
import Verdicts

extension Rendering {
  package static let markdown = Rendering(
    name: "markdown", summary: "a comment for a pull request"
  ) { report, _ in
    if report.isOfSeveralCandidates {
      return RevisionTable(report.parts).markdown.joined(separator: "\n") + "\n"
    }
    let comment = Comment(report: report)
    let bodies = Comment.Length.allCases.lazy.map(comment.text)
    return bodies.first { $0.utf8.count <= Comment.limit } ?? comment.shortest
  }

  /// The largest number of bytes of UTF-8 of a comment, whatever was measured.
  package static let longestComment = Comment.limit
}

/// The comment that a reviewer reads: outcome, circumstances, changed rows, and the rest folded. If
/// there are several parts, it has a section for each.
struct Comment {
  let report: Report
  private let sections: [CommentSection]
  private let commands: [String]
  /// The lines that are equal at every length.
  private var opening: [[String]] = []
  private(set) var notes: [String] = []

  init(report: Report) {
    self.report = report
    sections = report.parts.map { CommentSection($0, in: report) }
    let worst = zip(report.parts, sections).first { $0.0.outcome == report.outcome }?.1
    let commands = (worst ?? sections.first)?.commands
    self.commands =
      commands.map {
        $0.lines.isEmpty ? [] : Self.details($0.title, ["```sh"] + $0.lines + ["```"])
      }
      ?? []
    opening = [[marker, headline], report.foremost.prefix(10).map { "- ⚠️ \(sentence($0))" }]
    notes = report.notes.prefix(10).map { "- 💡 \(sentence($0))" }
  }

  /// The limit in characters. GitHub refuses 65,536 characters; other hosts count otherwise, and
  /// markers may be added.
  static let limit = 60_000

  /// The lengths of a comment, from everything down to the parts that every reader needs.
  enum Length: CaseIterable {
    case full, withoutUnchanged, withoutDetails, failingOnly, failingBriefly
  }

  func text(_ length: Length) -> String {
    text(length, sections.map { $0.tables(length) }, omission(length))
  }

  private func text(
    _ length: Length, _ tables: [CommentSection.Tables], _ omission: [String]
  ) -> String {
    let paragraphs: [[String]] =
      opening + bodies(length, tables, omission) + [commands, warnings(length)]
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private func bodies(
    _ length: Length, _ tables: [CommentSection.Tables], _ omission: [String]
  ) -> [[String]] {
    var bodies: [[String]] = []
    for (section, tables) in zip(sections, tables) {
      bodies += section.open(tables)
      if !report.hasSeveralParts { bodies.append(omission) }
      bodies += section.folded(length)
    }
    return report.hasSeveralParts ? bodies + [omission] : bodies
  }

  /// The shortest comment, for thousands of rows that fail: as many of each table as there is room
  /// for, regressions of all parts first, and a count of the others.
  var shortest: String {
    let tables = sections.map { $0.tables(.failingBriefly) }
    func text(_ room: CommentSection.Room) -> String {
      let missing = sections.reduce(0) { $0 + $1.missing(room) }
      let omission = "\(missing) more rows do not fit here; the JSON report has them."
      return self.text(
        .failingBriefly, zip(sections, tables).map { $1.first(room, of: $0) }, [omission])
    }
    func most(_ all: Int, _ room: (Int) -> CommentSection.Room) -> CommentSection.Room {
      var (fits, tooMany) = (0, all + 1)
      while fits + 1 < tooMany {
        let middle = (fits + tooMany) / 2
        if text(room(middle)).utf8.count <= Self.limit { fits = middle } else { tooMany = middle }
      }
      return room(fits)
    }
    let all = sections.map(\.most)
    let regressions = all.map(\.regressions).max() ?? 0
    let first = most(regressions) { .init(regressions: $0, others: 0) }
    guard first.regressions == regressions else { return text(first) }
    return text(
      most(all.map(\.others).max() ?? 0) { .init(regressions: regressions, others: $0) })
  }

  private func omission(_ length: Length) -> [String] {
    switch length {
    case .full: []
    case .withoutUnchanged: ["Unchanged rows were left out to fit."]
    case .withoutDetails: ["Everything that is folded away was left out to fit."]
    case .failingOnly: ["Rows that do not fail were left out to fit."]
    case .failingBriefly:
      ["Rows that do not fail, and numbers other than the change, were left out to fit."]
    }
  }

  /// Returns as many warnings as are worth the room; none if regressions need it.
  private func warnings(_ length: Length) -> [String] {
    let all = report.allWarnings.grouped
    let shown = [.failingOnly, .failingBriefly].contains(length) ? [] : all.prefix(10)
    let rest = all.count - shown.count
    let lines = shown.map { "- ⚠️ \(cell($0.visible(limit: 200)))" }
    return notes + lines + (rest > 0 ? ["- ⚠️ \(count(rest, "warning")) not shown here"] : [])
  }

  static func details(_ title: String, _ lines: [String]) -> [String] {
    ["<details><summary>\(title)</summary>", ""] + lines + ["", "</details>"]
  }
}
