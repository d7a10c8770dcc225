package import Measurements

/// A line of the notes as the index keeps it.
enum IndexedLine {
  case run(Run)
  /// A line that sets or lifts marks, with its text.
  case marking([UInt8])
  case unreadable(SkippedLine)

  /// Reads a line.
  init(_ line: RunLine, id: CompactID) {
    do throws(JSONError) {
      let (header, run) = try Run.read(line.bytes)
      guard header.version <= Run.version else {
        self = .unreadable(line.newer(header.version, id))
        return
      }
      self = run.isMarking ? .marking(line.bytes) : .run(run)
    } catch {
      // A newer version may have another form.
      let newer = (try? line.header())?.version ?? Run.version
      self = .unreadable(
        newer > Run.version
          ? line.newer(newer, id) : line.skipped(id, "is unreadable (\(error))"))
    }
  }
}

/// A line of the notes that could not be read.
package struct SkippedLine: Sendable {
  /// The id of the run, or of the whole note.
  package let id: CompactID
  /// The reason, such as `was written by a newer version (2)`.
  package let reason: String
  /// The suite, if it can be read.
  package let suite: String?
  package let machine: String?
  /// The commit and the tree that were measured, if they can be read.
  package let commit: CompactID?
  package let tree: CompactID?

  /// True if the line may be a run of this suite and machine.
  package func mayBe(of suites: Set<String>, on machine: String?) -> Bool {
    (suite.map { suites.isEmpty || suites.contains($0) } ?? true)
      && (self.machine.map { machine == nil || $0 == machine } ?? true)
  }
}

extension RunLine {
  fileprivate func newer(_ version: Int, _ id: CompactID) -> SkippedLine {
    skipped(id, "was written by a newer version (\(version))")
  }

  fileprivate func skipped(_ id: CompactID, _ reason: String) -> SkippedLine {
    let outline = RunOutline(bytes)
    return SkippedLine(
      id: id, reason: reason, suite: outline?.suite, machine: outline?.machine,
      commit: outline?.commit.flatMap { CompactID($0) },
      tree: outline?.tree.flatMap { CompactID($0) })
  }
}
