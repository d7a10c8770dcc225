package import Measurements

/// The results of many commits, read from a file in which a tool collects them.
package struct CommitHistory: Sendable {
  /// The entries in the order of the file.
  package let entries: [Entry]
  /// Notes about what was skipped or assumed, without repetitions.
  package let parseNotes: [ParseNote]
  /// The summary of all entries.
  package let importSummary: ImportSummary

  /// The results of one commit at one time.
  package struct Entry: Sendable {
    /// The id of the commit as the file has it, possibly a short one.
    package let commit: String
    package let time: Timestamp
    /// The machine that measured; nil if the file does not say.
    package let environment: Environment?
    package let reading: ParsedResults
    /// The name of the format of the file.
    package let source: String
    /// A text that distinguishes the entry from others of its commit. It stays the same if the file
    /// later has more of the entry.
    package let identity: String
  }
}

/// An entry of a file with the results of many commits, before its numbers are read.
struct HistoryRecord {
  /// The list of the entry. Each list has a newest entry of its own.
  var list = ""
  /// The commit as the file has it; nil if it names none.
  let commit: String?
  /// The time of the entry. A failure is thrown when the time is used.
  let time: Result<Timestamp, InputError>
  /// True if the tool later adds to the entry of a commit and environment, so that its time does
  /// not distinguish it from others.
  var grows = false
  var environment: Environment? = nil
  /// The file that has the entry.
  let input: Input
  let place: ResultBuilder.Place
  /// Adds the numbers of the entry to a builder.
  let read: (inout ResultBuilder) throws(InputError) -> Void

  /// Takes one entry after another, so that a history need not be in memory as a whole.
  typealias Visitor = (HistoryRecord) throws(InputError) -> Void
  /// Finds all entries of an input.
  typealias Walk = @Sendable (Input, Visitor) throws(InputError) -> Void
}

extension Input {
  /// Reads the newest entry of each list as one reading, with a warning about the older ones.
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

  /// Reads all entries, each as a reading of its own. If the input is read leniently, an entry that
  /// is not understood is skipped as a whole, with a warning.
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
  /// The commit and the time of the entry.
  fileprivate func origin() throws(InputError) -> (commit: String, time: Timestamp) {
    let time = try time.get()
    guard let commit else {
      throw input.error(
        "names no commit", line: place.line, field: place.field, text: place.text)
    }
    return (commit, time)
  }

  /// The text of ``CommitHistory/Entry/identity``.
  fileprivate func identity(at time: Timestamp) -> String {
    [list, environment?.key ?? "", grows ? "" : time.description].joined(separator: "\n")
  }
}

extension ResultBuilder {
  /// Warns that only the newest entry of a history is read.
  fileprivate mutating func warnOfOlder(_ count: Int, _ newest: HistoryRecord) {
    guard count > 0 else { return }
    let which = newest.commit.map { ", of commit \($0.shortened(to: 40))" } ?? ""
    let older = count == 1 ? "1 older one is" : "\(count) older ones are"
    warn(
      "only the newest entry is read\(which): \(older) not; `--history` reads all",
      at: newest.place)
  }
}
