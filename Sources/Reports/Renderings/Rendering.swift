/// A way of writing a report.
///
/// To add one: a file with a function, an entry in ``all``, a golden file.
package struct Rendering: Sendable {
  /// The name of the rendering as it is given to `--report`.
  package let name: String
  /// The line about the rendering in the help.
  package let summary: String
  package let render: @Sendable (Report, Style) -> String
  /// The files of the pipeline that are written besides, in this order.
  package let files: [PipelineFile]

  package init(
    name: String, summary: String, files: [PipelineFile] = [],
    render: @escaping @Sendable (Report, Style) -> String
  ) {
    self.name = name
    self.summary = summary
    self.files = files
    self.render = render
  }

  package static let all: [Rendering] = [
    .text, .markdown, .html, .json, .csv, .go, .github, .junit, .sarif, .openMetrics,
  ]

  package static func named(_ name: String) -> Rendering? { all.first { $0.name == name } }
}

/// The abilities of the reader's terminal; a file has none of them.
package struct Style: Hashable, Sendable {
  package let color: Bool
  /// True if every row is wanted, changed or not.
  package let verbose: Bool

  package init(color: Bool = false, verbose: Bool = false) {
    self.color = color
    self.verbose = verbose
  }
}
