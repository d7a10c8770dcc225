package import Git
package import Measurements

/// A line of a note whose header was understood.
package struct RunEntry: Hashable, Sendable {
  package let line: RunLine
  package let header: RunHeader
  /// The blob of a note that holds nothing else.
  private let blob: ObjectID?

  init(line: RunLine, header: RunHeader, blob: ObjectID? = nil) {
    self.line = line
    self.header = header
    self.blob = blob
  }

  /// What names the run, as ``RunLine/id()`` does.
  func id() throws(HistoryError) -> ObjectID {
    if let blob { return blob }
    return try line.id()
  }
}

/// A line of a note that cannot be used.
package struct UnreadableLine: Hashable, Sendable {
  package let object: ObjectID
  /// From 1; 0 for the note as a whole.
  package let number: Int
  /// `is unreadable (…)`, `was written by a newer version (2)`.
  package let reason: String
  /// What can be seen of it all the same.
  package let suite: String?
  package let machine: String?
  /// What stands there; nil for the note as a whole.
  let line: RunLine?
  /// Whether its form can be seen, so that it holds the names of what it measured.
  let isOutlined: Bool

  /// Whether it may be a run of this suite and machine.
  package func mayBe(of suite: String, on machine: String?) -> Bool {
    (self.suite.map { $0 == suite } ?? true) && (self.machine.map { $0 == machine } ?? true)
  }

  /// Those of some names of which it may have numbers; nil for all.
  func names(_ scan: NameScan) -> Set<String>? {
    guard isOutlined, let line else { return nil }
    return scan.names(in: line)
  }

  /// Whether it is one line, not a note as a whole.
  var isOfNote: Bool { number > 0 }

  /// Whether the two are one line that lies in two notes.
  func isSame(as other: UnreadableLine) -> Bool {
    self == other || line != nil && line == other.line
  }

  package var description: String {
    number == 0 ? reason : "line \(number) of the note of \(object.short) \(reason)"
  }
}

/// What the notes of a commit hold.
package struct NoteContents: Hashable, Sendable {
  /// Runs with numbers or failures, newest first.
  package var entries: [RunEntry] = []
  package var unreadable: [UnreadableLine] = []

  /// Takes in those lines of another note that are not there.
  mutating func add(_ other: NoteContents) {
    let known = Set(entries.map(\.line))
    entries += other.entries.filter { !known.contains($0.line) }
    for line in other.unreadable where !unreadable.contains(where: line.isSame) {
      unreadable.append(line)
    }
  }
}

extension Run {
  /// Whether it says which series are to be no baseline, and measured nothing.
  package var isMarking: Bool { !rejects.isEmpty || !marks.isEmpty || !unmarks.isEmpty }
}

extension RunHeader {
  /// Whether it says which series are to be no baseline.
  var isMarking: Bool { !rejects.isEmpty || !marks.isEmpty || !unmarks.isEmpty }

  /// Whether it may hold numbers: what marks, measured nothing.
  var isMeasurement: Bool { !isMarking }

  /// Of which suite and machine it is.
  var group: RunGroup { RunGroup(suite: suite, machine: environment?.key) }
}

/// Runs that may be compared with each other: those of one suite and one machine.
package struct RunGroup: Hashable, Sendable {
  package let suite: String
  /// The machine's key; nil for runs that name none.
  package let machine: String?

  package init(suite: String, machine: String?) {
    self.suite = suite
    self.machine = machine
  }
}

/// What can be seen of a line that is no run of a version that is known.
struct RunOutline {
  private(set) var suite: String?
  private(set) var machine: String?

  /// - Returns: nil for what is no JSON object.
  init?(_ bytes: [UInt8]) {
    var reader = JSONReader(bytes)
    guard let value = try? reader.value(), case .object(let members) = value else { return nil }
    if case .string(let text)? = members["suite"] { suite = text }
    guard case .object(let environment)? = members["environment"] else { return }
    if case .string(let text)? = environment["key"] { machine = text }
  }
}
