import CommandLine
import Reports

extension UsageRule where Settings == DiffSettings {
  /// The rules of a comparison, in the order in which they are checked.
  static let diff: [UsageRule] = [
    UsageRule("--by compares within one run", hint: "name one revision or file") {
      $0.settings.by != nil && $0.operands.count > 1
    },
    UsageRule("nothing to compare", hint: "name a revision or a file, or two") {
      $0.settings.by == nil && $0.operands.isEmpty
    },
    UsageRule("a side is named twice", hint: "name each once") {
      $0.operands.count > 2 && Set($0.operands).count < $0.operands.count
    },
    UsageRule { $0.operands.count > 2 ? $0.errorOfRenderings : nil },
  ]
}

extension CommandContext where Settings == DiffSettings {
  /// The error for a rendering that cannot show more than two sides; nil if there is none.
  var errorOfRenderings: UsageError? {
    let able = [Rendering.text.name, Rendering.markdown.name]
    let other = settings.comparing.reports.map(\.rendering.name).first { !able.contains($0) }
    return other.map {
      UsageError(
        "--report \($0) is of two sides",
        hint: "compare two at a time, or ask for text or markdown")
    }
  }
}
