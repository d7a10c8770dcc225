import Measurements

/// The format of `baselines/<name>.json` and of the file that `--output` writes:
/// `{"version": 1, "runs": [...]}`.
package enum BaselineFile {
  /// Returns the runs of the given lines as text for review in a pull request: each round has a
  /// line of its own.
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
