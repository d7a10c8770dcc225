import Measurements

extension Format {
  package static let perf = Format(
    name: "perf", summary: "runs that perf-record wrote, as a document or one per line",
    carries: .rounds, recognizes: recognizesPerf, read: readPerf)
}

@Sendable
private func recognizesPerf(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  return outline.has("version", "runs") || outline.has("version", "series[].rounds")
}

/// Reads a document, `{"version": 1, "runs": [...]}`, or run lines as `git notes show` prints them.
@Sendable
private func readPerf(_ input: Input) throws(IntakeError) -> Reading {
  guard let outline = input.outline else {
    _ = try input.text()
    throw input.error("not JSON")
  }
  if outline.second != nil { return Reading(records: try runLines(of: input)) }
  try check(try input.json(Stamp.self), input, line: nil)
  guard outline.has("runs") else { return Reading(records: [try input.json(RunRecord.self)]) }
  try checkRuns(of: input)
  return Reading(records: try input.json(RunDocument<RunRecord>.self).runs)
}

private func runLines(of input: Input) throws(IntakeError) -> [RunRecord] {
  var records: [RunRecord] = []
  for line in try input.lines() where !line.isBlank {
    try check(try input.json(Stamp.self, on: line), input, line: line.number)
    records.append(try input.json(RunRecord.self, on: line))
  }
  return records
}

/// What is read before anything else, since a newer version may have changed all the rest.
private struct Stamp: Decodable {
  let version: Int
}

private struct Stamps: Decodable {
  let runs: [Stamp]
}

private func checkRuns(of input: Input) throws(IntakeError) {
  for (index, stamp) in try input.json(Stamps.self).runs.enumerated() {
    try check(stamp, input, line: nil, field: "runs[\(index)].version")
  }
}

private func check(
  _ stamp: Stamp, _ input: Input, line: Int?, field: String = "version"
) throws(IntakeError) {
  guard stamp.version >= 1 else {
    throw input.error("unknown version (\(stamp.version))", line: line, field: field)
  }
  guard stamp.version <= Run.version else {
    throw input.error(
      "written by a newer version (\(stamp.version))", line: line, field: field,
      hint: "update this program, which reads versions up to \(Run.version)")
  }
}
