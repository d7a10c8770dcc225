import Measurements

extension Format {
  package static let gabHistory = Format(
    name: "gab-history", summary: "data.js of github-action-benchmark: the newest",
    carries: .summary, recognizes: recognizesGABHistory, read: readGABHistory)
}

private let assignment = "window.BENCHMARK_DATA = "

@Sendable
private func recognizesGABHistory(_ input: Input) -> Bool {
  input.bytes.starts(with: assignment.utf8)
}

/// Each list of a file is read at its newest commit alone; its name becomes a label.
@Sendable
private func readGABHistory(_ input: Input) throws(IntakeError) -> Reading {
  var harvest = Harvest(input, as: "gab-history")
  for (suite, list) in try input.assigned().jsonNode().member("entries").members() {
    let runs = try list.elements()
    guard
      let newest = try runs.newest({ (run) throws(IntakeError) in try run.member("date").number() })
    else { continue }
    harvest.warnOfOlder(runs.count - 1, try newest["commit"]?["id"]?.string(), at: newest.place)
    let better = Better(tool: try newest["tool"]?.string() ?? "")
    for entry in try newest.member("benches").elements() {
      try harvest.addGAB(entry, better: better, labels: ["suite": suite])
    }
  }
  return harvest.reading()
}

extension Better {
  /// The direction that the custom tools have in their name; the others leave it to the unit.
  fileprivate init?(tool: String) {
    switch tool {
    case "customBiggerIsBetter": self.init(.higher, by: "tool customBiggerIsBetter")
    case "customSmallerIsBetter": self.init(.lower, by: "tool customSmallerIsBetter")
    default: return nil
    }
  }
}

extension Input {
  /// What `data.js` assigns; lines count as in the file.
  fileprivate func assigned() throws(IntakeError) -> Input {
    var text = try text()[...]
    if text.hasPrefix(assignment) { text = text.dropFirst(assignment.count) }
    while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
    var input = Input(name: name, text: String(text))
    input.isLenient = isLenient
    return input
  }
}
