/// Two columns of text: terms on the left, descriptions wrapped on the right.
struct Columns {
  /// The column in which descriptions begin.
  private let start: Int
  /// The width of the text in columns; nil leaves each description on one line.
  private let width: Int?

  /// Makes the left column as wide as the widest term.
  ///
  /// Terms wider than a limit do not count. The limit is smaller if descriptions are wrapped; then
  /// a longer term gets a line of its own.
  ///
  /// - Parameter left: The widths of the terms, in columns.
  init(left: [Int], width: Int?) {
    let limit = width == nil ? 34 : 26
    start = margin + (left.filter { $0 <= limit }.max() ?? limit) + gap
    self.width = width
  }

  func lines(_ term: String, _ description: String) -> [String] {
    let indent = String(repeating: " ", count: start)
    guard let width else { return [head(term) + description] }
    var lines = description.wrapped(to: width - start).map { indent + $0 }
    if margin + term.count + gap <= start, !lines.isEmpty {
      lines[0] = head(term) + lines[0].dropFirst(start)
      return lines
    }
    return [String(repeating: " ", count: margin) + term] + lines
  }

  /// Returns the term, padded to the column in which its description begins.
  private func head(_ term: String) -> String {
    let padding = max(gap, start - margin - term.count)
    return String(repeating: " ", count: margin) + term + String(repeating: " ", count: padding)
  }
}

private let margin = 2
private let gap = 2

extension String {
  /// Returns lines of at most `width` characters, broken at spaces. A longer word has a line of its
  /// own.
  ///
  /// A width below 20 is taken as 20, so that a narrow terminal stays readable.
  package func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= max(width, 20) {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
