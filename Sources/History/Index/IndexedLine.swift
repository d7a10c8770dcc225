package import Measurements

/// What the index keeps of a line of the notes.
enum IndexedLine {
  case run(Run)
  /// A line that sets or lifts marks, with its text.
  case marking([UInt8])
  case unreadable(SkippedLine)

  /// Reads a line.
  init(_ line: RunLine, id: CompactID) {
    do throws(JSONError) {
      let header = try line.header()
      guard header.version <= Run.version else {
        self = .unreadable(line.skipped(id, "was written by a newer version (\(header.version))"))
        return
      }
      self = header.isMarking ? .marking(line.bytes) : .run(try line.run())
    } catch {
      self = .unreadable(line.skipped(id, "is unreadable (\(error))"))
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

  /// True if the line may be a run of this suite and machine.
  package func mayBe(of suites: Set<String>, on machine: String?) -> Bool {
    (suite.map { suites.isEmpty || suites.contains($0) } ?? true)
      && (self.machine.map { machine == nil || $0 == machine } ?? true)
  }
}

extension RunLine {
  fileprivate func skipped(_ id: CompactID, _ reason: String) -> SkippedLine {
    let outline = RunOutline(bytes)
    return SkippedLine(
      id: id, reason: reason, suite: outline?.suite, machine: outline?.machine)
  }
}
