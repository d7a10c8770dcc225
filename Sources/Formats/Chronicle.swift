package import Measurements

/// What a tool measured of many commits, read from the file in which it collects them.
package struct Chronicle: Sendable {
  /// In the order of the file.
  package let entries: [Entry]
  /// What was passed over or assumed, each once.
  package let remarks: [Remark]
  /// Of all entries together.
  package let audit: Audit

  /// What was measured of one commit at one time.
  package struct Entry: Sendable {
    /// As the file has it: an id, maybe a short one.
    package let commit: String
    package let time: Timestamp
    /// Where it was measured; nil where the file does not say.
    package let environment: Environment?
    package let reading: Reading
    /// The tool that wrote the file, by its format.
    package let source: String
    /// What tells it from other entries of its commit; the file may have more of it the next time.
    package let identity: String
  }
}

/// A result in a file in which a tool collects those of many commits, before its numbers are read.
struct HistoryEntry {
  /// Of the list that it stands in; each has a newest entry of its own.
  var list = ""
  /// As the file has it; nil where it does not say.
  let commit: String?
  /// A failure is an error when it is read.
  let time: Result<Timestamp, IntakeError>
  /// Whether the tool adds to the entry of a commit and environment later, so that its time is not what
  /// tells it from others.
  var grows = false
  var environment: Environment? = nil
  /// The file that it stands in.
  let input: Input
  let place: Harvest.Place
  /// Adds its numbers.
  let read: (inout Harvest) throws(IntakeError) -> Void

  /// Takes entry after entry, so that not all of a history has to be in memory.
  typealias Visitor = (HistoryEntry) throws(IntakeError) -> Void
  /// Finds all entries of an input.
  typealias Walk = @Sendable (Input, Visitor) throws(IntakeError) -> Void
}

extension Input {
  /// The newest entry of each list as one reading, with a warning of the others.
  func newest(_ walk: HistoryEntry.Walk, as source: String) throws(IntakeError) -> Reading {
    var lists: [(newest: HistoryEntry, count: Int)] = []
    try walk(self) { (entry) throws(IntakeError) in
      let time = try entry.time.get()
      guard let index = lists.lastIndex(where: { $0.newest.list == entry.list }) else {
        return lists.append((entry, 1))
      }
      lists[index].count += 1
      if try lists[index].newest.time.get() <= time { lists[index].newest = entry }
    }
    var harvest = Harvest(self, as: source)
    for list in lists {
      harvest.warnOfOlder(list.count - 1, list.newest)
      try list.newest.read(&harvest)
    }
    let commits = Set(lists.map(\.newest.commit))
    let commit = commits.count == 1 ? commits.first ?? nil : nil
    return harvest.reading(context: commit.map { [NamedCommit.key: $0] } ?? [:])
  }

  /// All entries, each a reading of its own; leniently, one that is not understood is passed over as a
  /// whole, with a warning.
  func chronicle(_ walk: HistoryEntry.Walk, as source: String) throws(IntakeError) -> Chronicle {
    var entries: [Chronicle.Entry] = []
    var readings: [Reading] = []
    try walk(self) { (entry) throws(IntakeError) in
      var harvest = Harvest(entry.input, as: source)
      do throws(IntakeError) {
        let (commit, time) = try entry.origin()
        try entry.read(&harvest)
        if harvest.isEmpty { harvest.skip("entry without any result", at: entry.place) }
        let reading = harvest.reading()
        readings.append(reading)
        guard !reading.isEmpty else { return }
        entries.append(
          Chronicle.Entry(
            commit: commit, time: time, environment: entry.environment, reading: reading,
            source: source, identity: entry.identity(at: time)))
      } catch {
        harvest = Harvest(entry.input, as: source)
        try harvest.reject(error)
        readings.append(harvest.reading())
      }
    }
    return Chronicle(
      entries: entries, remarks: readings.flatMap(\.remarks).distinct,
      audit: Audit(ofAll: readings, input: name, format: source))
  }
}

extension HistoryEntry {
  /// What its numbers belong to.
  fileprivate func origin() throws(IntakeError) -> (commit: String, time: Timestamp) {
    let time = try time.get()
    guard let commit else {
      throw input.error(
        "names no commit", line: place.line, field: place.field, text: place.text)
    }
    return (commit, time)
  }

  /// See ``Chronicle/Entry/identity``.
  fileprivate func identity(at time: Timestamp) -> String {
    [list, environment?.key ?? "", grows ? "" : time.description].joined(separator: "\n")
  }
}

extension Harvest {
  /// Says that of a history only its newest entry is read.
  fileprivate mutating func warnOfOlder(_ count: Int, _ newest: HistoryEntry) {
    guard count > 0 else { return }
    let which = newest.commit.map { ", of commit \($0.shortened(to: 40))" } ?? ""
    let older = count == 1 ? "1 older one is" : "\(count) older ones are"
    warn(
      "only the newest entry is read\(which): \(older) not; `--history` reads all",
      at: newest.place)
  }
}
