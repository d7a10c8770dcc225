import Measurements

/// `baselines/<name>.json` and what `--output` writes: `{"version": 1, "runs": [...]}`.
package enum BaselineFile {
  /// The runs of some lines, spread over lines for review in a pull request: each round is one.
  package static func text(of lines: [RunLine]) throws(HistoryError) -> String {
    var runs: [JSONValue] = []
    for line in lines {
      var reader = JSONReader(line.bytes)
      do {
        runs.append(try reader.value())
      } catch {
        throw .encoding("\(error)")
      }
    }
    let document = JSONValue.object(["version": .integer(Int64(Run.version)), "runs": .array(runs)])
    return document.text + "\n"
  }
}
