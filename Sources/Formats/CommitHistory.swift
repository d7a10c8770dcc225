package import Measurements

/// What a tool measured of many commits, read from the file in which it collects them.
package struct CommitHistory: Sendable {
  /// In the order of the file.
  package let entries: [Entry]
  /// What was passed over or assumed, each once.
  package let parseNotes: [ParseNote]
  /// Of all entries together.
  package let importSummary: ImportSummary

  /// What was measured of one commit at one time.
  package struct Entry: Sendable {
    /// As the file has it: an id, maybe a short one.
    package let commit: String
    package let time: Timestamp
    /// Where it was measured; nil where the file does not say.
    package let environment: Environment?
    package let reading: ParsedResults
    /// The tool that wrote the file, by its format.
    package let source: String
    /// What tells it from other entries of its commit; the file may have more of it the next time.
    package let identity: String
  }
}

/// A result in a file in which a tool collects those of many commits, before its numbers are read.
struct HistoryRecord {
  /// Of the list that it stands in; each has a newest entry of its own.
  var list = ""
  /// As the file has it; nil where it does not say.
  let commit: String?
  /// A failure is an error when it is read.
  let time: Result<Timestamp, InputError>
  /// Whether the tool adds to the entry of a commit and environment later, so that its time is not what
  /// tells it from others.
  var grows = false
  var environment: Environment? = nil
  /// The file that it stands in.
  let input: Input
  let place: ResultBuilder.Place
  /// Adds its numbers.
  let read: (inout ResultBuilder) throws(InputError) -> Void

  /// Takes entry after entry, so that not all of a history has to be in memory.
  typealias Visitor = (HistoryRecord) throws(InputError) -> Void
  /// Finds all entries of an input.
  typealias Walk = @Sendable (Input, Visitor) throws(InputError) -> Void
}

extension Input {
  /// The newest entry of each list as one reading, with a warning of the others.
  func newest(_ walk: HistoryRecord.Walk, as source: String) throws(InputError) -> ParsedResults {
    var lists: [(newest: HistoryRecord, count: Int)] = []
    try walk(self) { (entry) throws(InputError) in
      let time = try entry.time.get()
      guard let index = lists.lastIndex(where: { $0.newest.list == entry.list }) else {
        return lists.append((entry, 1))
      }
      lists[index].count += 1
      if try lists[index].newest.time.get() <= time { lists[index].newest = entry }
    }
    var builder = ResultBuilder(self, as: source)
    for list in lists {
      builder.warnOfOlder(list.count - 1, list.newest)
      try list.newest.read(&builder)
    }
    let commits = Set(lists.map(\.newest.commit))
    let commit = commits.count == 1 ? commits.first ?? nil : nil
    return builder.reading(context: commit.map { [NamedCommit.key: $0] } ?? [:])
  }

  /// All entries, each a reading of its own; leniently, one that is not understood is passed over as a
  /// whole, with a warning.
  func commitHistory(_ walk: HistoryRecord.Walk, as source: String) throws(InputError)
    -> CommitHistory
  {
    var entries: [CommitHistory.Entry] = []
    var readings: [ParsedResults] = []
    try walk(self) { (entry) throws(InputError) in
      var builder = ResultBuilder(entry.input, as: source)
      do throws(InputError) {
        let (commit, time) = try entry.origin()
        try entry.read(&builder)
        if builder.isEmpty { builder.skip("entry without any result", at: entry.place) }
        let reading = builder.reading()
        readings.append(reading)
        guard !reading.isEmpty else { return }
        entries.append(
          CommitHistory.Entry(
            commit: commit, time: time, environment: entry.environment, reading: reading,
            source: source, identity: entry.identity(at: time)))
      } catch {
        builder = ResultBuilder(entry.input, as: source)
        try builder.reject(error)
        readings.append(builder.reading())
      }
    }
    return CommitHistory(
      entries: entries, parseNotes: readings.flatMap(\.parseNotes).distinct,
      importSummary: ImportSummary(ofAll: readings, input: name, format: source))
  }
}

extension HistoryRecord {
  /// What its numbers belong to.
  fileprivate func origin() throws(InputError) -> (commit: String, time: Timestamp) {
    let time = try time.get()
    guard let commit else {
      throw input.error(
        "names no commit", line: place.line, field: place.field, text: place.text)
    }
    return (commit, time)
  }

  /// See ``CommitHistory/Entry/identity``.
  fileprivate func identity(at time: Timestamp) -> String {
    [list, environment?.key ?? "", grows ? "" : time.description].joined(separator: "\n")
  }
}

extension ResultBuilder {
  /// Says that of a history only its newest entry is read.
  fileprivate mutating func warnOfOlder(_ count: Int, _ newest: HistoryRecord) {
    guard count > 0 else { return }
    let which = newest.commit.map { ", of commit \($0.shortened(to: 40))" } ?? ""
    let older = count == 1 ? "1 older one is" : "\(count) older ones are"
    warn(
      "only the newest entry is read\(which): \(older) not; `--history` reads all",
      at: newest.place)
  }
}
