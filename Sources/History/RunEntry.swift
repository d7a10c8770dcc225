package import Git
package import Measurements

/// A line of a note whose header was understood.
package struct RunEntry: Hashable, Sendable {
  package let line: RunLine
  package let header: RunHeader
  /// The blob of the note if the note holds only this line; otherwise nil.
  private let blob: ObjectID?

  init(line: RunLine, header: RunHeader, blob: ObjectID? = nil) {
    self.line = line
    self.header = header
    self.blob = blob
  }

  /// The id of the run, the same as ``RunLine/id()`` returns.
  func id() throws(HistoryError) -> ObjectID {
    if let blob { return blob }
    return try line.id()
  }
}

/// A line of a note that cannot be used.
package struct UnreadableLine: Hashable, Sendable {
  package let object: ObjectID
  /// The number of the line, from 1; 0 for the whole note.
  package let number: Int
  /// The reason, such as `is unreadable (…)` or `was written by a newer version (2)`.
  package let reason: String
  /// The suite, if it can be read.
  package let suite: String?
  package let machine: String?
  /// The text of the line; nil for the whole note.
  let line: RunLine?
  /// True if the structure of the line can be read, so that the line shows the names of its
  /// benchmarks.
  let isOutlined: Bool

  /// True if the line may be a run of this suite and machine.
  package func mayBe(of suite: String, on machine: String?) -> Bool {
    (self.suite.map { $0 == suite } ?? true) && (self.machine.map { $0 == machine } ?? true)
  }

  /// The names of a scan that the line may have numbers of; nil if it may have numbers of all of
  /// them.
  func names(_ scan: NameScan) -> Set<String>? {
    guard isOutlined, let line else { return nil }
    return scan.names(in: line)
  }

  /// True for one line, false for a whole note.
  var isOfNote: Bool { number > 0 }

  /// True if the two are the same line in two notes.
  func isSame(as other: UnreadableLine) -> Bool {
    self == other || line != nil && line == other.line
  }

  package var description: String {
    number == 0 ? reason : "line \(number) of the note of \(object.short) \(reason)"
  }
}

/// The contents of the notes of a commit.
package struct NoteContents: Hashable, Sendable {
  /// The runs with numbers or failures, newest first.
  package var entries: [RunEntry] = []
  package var unreadable: [UnreadableLine] = []

  /// Adds the lines of another note that are not in these contents yet.
  mutating func add(_ other: NoteContents) {
    let known = Set(entries.map(\.line))
    entries += other.entries.filter { !known.contains($0.line) }
    for line in other.unreadable where !unreadable.contains(where: line.isSame) {
      unreadable.append(line)
    }
  }
}

extension Run {
  /// True if the run sets or lifts marks; such a run measured nothing.
  package var isMarking: Bool { !rejects.isEmpty || !marks.isEmpty || !unmarks.isEmpty }
}

extension RunHeader {
  /// True if the line sets or lifts marks.
  var isMarking: Bool { !rejects.isEmpty || !marks.isEmpty || !unmarks.isEmpty }

  /// True if the run may hold numbers. A run that sets or lifts marks measured nothing.
  var isMeasurement: Bool { !isMarking }

  /// The suite and machine of the run.
  var group: RunGroup { RunGroup(suite: suite, machine: environment?.key) }
}

/// The suite and machine of runs that may be compared with each other.
package struct RunGroup: Hashable, Sendable {
  package let suite: String
  /// The machine's key; nil for runs that name none.
  package let machine: String?

  package init(suite: String, machine: String?) {
    self.suite = suite
    self.machine = machine
  }
}

/// The suite, machine, commit and tree of a line that is not a run of a known version.
struct RunOutline {
  private(set) var suite: String?
  private(set) var machine: String?
  private(set) var commit: String?
  private(set) var tree: String?

  /// Reads the outline of a line.
  ///
  /// - Returns: nil if the line is not a JSON object.
  init?(_ bytes: [UInt8]) {
    var reader = JSONReader(bytes)
    guard let value = try? reader.value(), case .object(let members) = value else { return nil }
    if case .string(let text)? = members["suite"] { suite = text }
    if case .string(let text)? = members["commit"] { commit = text }
    if case .string(let text)? = members["tree"] { tree = text }
    guard case .object(let environment)? = members["environment"] else { return }
    if case .string(let text)? = environment["key"] { machine = text }
  }
}
