import Measurements

extension Format {
  /// Numbers in NDJSON that a person or a script writes: one object per line with the keys of
  /// ``PlainRow``, which this project defines.
  package static let ndjson = Format(
    name: "ndjson", summary: "objects with benchmark, metric, unit, value, …",
    carries: .rounds,
    recognizes: { $0.outline?.has("benchmark", "metric", "unit", "value") ?? false },
    read: readNDJSON)
}

@Sendable
private func readNDJSON(_ input: Input) throws(InputError) -> ParsedResults {
  var rows = PlainRows(input, as: "ndjson")
  for line in try input.filledLines() {
    do {
      try rows.add(try cells(of: try input.jsonNode(on: line)), at: .line(line))
    } catch {
      try rows.reject(error.problem, at: .line(line))
    }
  }
  return try rows.reading()
}

/// The strings, numbers and truth values of an object as text, by their keys.
private func cells(of object: JSONNode) throws(InputError) -> [String: String] {
  var cells: [String: String] = [:]
  for (key, node) in try object.members() where node.value != .null {
    guard let text = node.label else {
      throw node.error("'\(key)' is neither a word nor a number")
    }
    if !text.isEmpty { cells[key] = text }
  }
  return cells
}
