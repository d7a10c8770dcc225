import Measurements

extension Format {
  /// Runs in this project's own format, which `RunRecord` defines.
  package static let perf = Format(
    name: "perf", summary: "runs that perf-record wrote",
    carries: .rounds, recognizes: recognizesPerf, read: readPerf)
}

@Sendable
private func recognizesPerf(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  return outline.has("version", "runs") || outline.has("version", "series[].rounds")
}

/// Reads a document, `{"version": 1, "runs": [...]}`, or run lines as `git notes show` prints them.
@Sendable
private func readPerf(_ input: Input) throws(InputError) -> ParsedResults {
  _ = try input.text()
  var reader = JSONReader(input.bytes)
  var records: [RunRecord] = []
  do throws(JSONError) {
    while reader.hasMore() { records += try runs(from: &reader) }
  } catch {
    throw input.error(error)
  }
  return ParsedResults(records: records)
}

/// The runs of one value: those of a document, or a single run.
private func runs(from reader: inout JSONReader) throws(JSONError) -> [RunRecord] {
  var ahead = reader
  try checkVersion(from: &ahead)
  ahead = reader
  var isDocument = false
  try ahead.object { (reader, key) throws(JSONError) in
    if key == "runs" { isDocument = true }
    try reader.skip()
  }
  guard isDocument else { return [try RunRecord(from: &reader)] }
  var records: [RunRecord] = []
  try reader.object { (reader, key) throws(JSONError) in
    guard key == "runs" else { return try reader.skip() }
    try reader.array { (reader) throws(JSONError) in
      var ahead = reader
      try checkVersion(from: &ahead)
      records.append(try RunRecord(from: &reader))
    }
  }
  return records
}

/// Checks the version before anything else is read, because a newer version may differ in all
/// the rest.
private func checkVersion(from reader: inout JSONReader) throws(JSONError) {
  let version = try Run.version(from: &reader)
  guard version >= 1 else {
    throw reader.error("unknown version (\(version))").inside(.key("version"))
  }
  guard version <= Run.version else {
    throw reader.error("written by a newer version (\(version))").inside(.key("version"))
  }
}
