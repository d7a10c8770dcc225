package import Measurements

/// The answer to a question about the history: rows for programs, tables for people.
package struct Answer: Sendable {
  package let tool: String
  /// The question, as the JSON repeats it.
  package let query: JSONValue
  /// The lines above an answer that name its branch, machine and time.
  package let topic: [String]
  package let tables: [AnswerTable]
  /// The rows of the JSON.
  package let rows: [JSONValue]
  /// Other members of the JSON, by name.
  package let others: [String: JSONValue]
  /// The runs that could not be read, each with the reason.
  package let skipped: [Skipped]
  /// Sentences below the tables.
  package let notices: [String]
  /// The number of things in the answer that nobody has accepted.
  package let concerns: Int

  /// A run that could not be read.
  package struct Skipped: Sendable {
    package let run: String
    package let reason: String

    package init(run: String, reason: String) {
      self.run = run
      self.reason = reason
    }
  }

  package init(
    tool: String, query: JSONValue, topic: [String], tables: [AnswerTable], rows: [JSONValue],
    others: [String: JSONValue] = [:], skipped: [Skipped] = [], notices: [String] = [],
    concerns: Int = 0
  ) {
    self.tool = tool
    self.query = query
    self.topic = topic
    self.tables = tables
    self.rows = rows
    self.others = others
    self.skipped = skipped
    self.notices = notices
    self.concerns = concerns
  }

  /// True if nothing fits the question.
  package var isEmpty: Bool { tables.allSatisfy(\.rows.isEmpty) && rows.isEmpty }

  /// False if a part of what was asked could not be read.
  package var isComplete: Bool { skipped.isEmpty }
}

/// A table of an answer.
package struct AnswerTable: Sendable {
  /// The line above the table; nil for none.
  package let title: String?
  package let columns: [Column]
  package let rows: [[Cell]]
  /// A sentence in place of a table without rows.
  package let emptiness: String

  package struct Column: Sendable {
    package let title: String
    /// True if the column is aligned to the right, as numbers are.
    package let isRight: Bool
    /// True if the column may be shortened where the terminal is narrow.
    package let isFlexible: Bool
    /// True if the column may be left out there.
    package let isOptional: Bool

    package init(
      _ title: String, right: Bool = false, flexible: Bool = false, optional: Bool = false
    ) {
      isOptional = optional
      self.title = title
      isRight = right
      isFlexible = flexible
    }
  }

  package enum Cell: Sendable {
    /// A name or a text from elsewhere.
    case name(String)
    /// Words of this program.
    case words(String)
    /// A number as people read it, and as the CSV has it: in base units and without rounding.
    case number(String, Double?)
    /// Values for a picture of block characters; nil is a gap.
    case picture([Double?])
    case empty
  }

  package init(
    _ title: String? = nil, columns: [Column], rows: [[Cell]], emptiness: String = "nothing"
  ) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.emptiness = emptiness
  }
}

extension AnswerTable.Cell {
  /// A value in its unit.
  package static func value(_ value: Double?, _ scale: Scale) -> AnswerTable.Cell {
    value.map { .number(scale.text($0), $0) } ?? .empty
  }

  package static func count(_ number: Int) -> AnswerTable.Cell {
    .number("\(number)", Double(number))
  }
}

/// A way of writing an answer.
package struct AnswerRendering: Sendable {
  /// The name of the rendering as it is given to `--report`.
  package let name: String
  package let render: @Sendable (Answer, AnswerStyle) -> String

  package static let all: [AnswerRendering] = [.text, .json, .csv, .markdown, .html]

  package static func named(_ name: String) -> AnswerRendering? { all.first { $0.name == name } }
}

/// The abilities of the reader's terminal.
package struct AnswerStyle: Sendable {
  /// The width in columns; nil for a file, in which nothing is shortened.
  package let width: Int?

  package init(width: Int?) { self.width = width }
}
