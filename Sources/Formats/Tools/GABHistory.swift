import Measurements

extension Format {
  /// The file `data.js` in which github-action-benchmark collects its results.
  ///
  /// Definition: https://github.com/benchmark-action/github-action-benchmark
  package static let gabHistory = Format(
    name: "gab-history", summary: "data.js of github-action-benchmark",
    carries: .summary, recognizes: recognizesGABHistory, walk: walkGABHistory)
}

private let assignment = "window.BENCHMARK_DATA = "

@Sendable
private func recognizesGABHistory(_ input: Input) -> Bool {
  input.bytes.starts(with: assignment.utf8)
}

/// Finds all entries. Each list belongs to a suite, whose name becomes a label.
@Sendable
private func walkGABHistory(
  _ input: Input, _ visit: HistoryRecord.Visitor
) throws(InputError) {
  for (suite, list) in try input.assigned().jsonNode().member("entries").members() {
    for run in try list.elements() { try visit(HistoryRecord(gab: run, of: suite)) }
  }
}

extension HistoryRecord {
  fileprivate init(gab run: JSONNode, of suite: String) {
    self.init(
      list: suite, commit: run["commit"]?["id"]?.label,
      time: Result { () throws(InputError) in
        try run.member("date").timestamp(perSecond: 1000)
      }, input: run.input, place: run.place,
      read: { (builder) throws(InputError) in
        let better = DirectionSource(tool: try run["tool"]?.string() ?? "")
        for entry in try run.member("benches").elements() {
          try builder.addGAB(entry, better: better, labels: ["suite": suite])
        }
      })
  }
}

extension DirectionSource {
  /// The direction that is in the names of the custom tools; nil for other tools, whose unit
  /// tells it.
  fileprivate init?(tool: String) {
    switch tool {
    case "customBiggerIsBetter": self.init(.higher, by: "tool customBiggerIsBetter")
    case "customSmallerIsBetter": self.init(.lower, by: "tool customSmallerIsBetter")
    default: return nil
    }
  }
}

extension Input {
  /// The JSON that `data.js` assigns. Its lines count as in the file.
  fileprivate func assigned() throws(InputError) -> Input {
    var text = try text()[...]
    if text.hasPrefix(assignment) { text = text.dropFirst(assignment.count) }
    while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
    var input = Input(name: name, text: String(text))
    input.isLenient = isLenient
    return input
  }
}
