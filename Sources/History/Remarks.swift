import Git
import Measurements

/// The remarks of people about runs, and those of them that were taken back.
///
/// Files beside the notes state this: one file for each remark, `noted-2026-11-20-1a2b3c4d5e`, and
/// one for each remark that its author took back, `unnoted-2026-11-20-5e4d3c2b1a`. No file changes,
/// so a merge of two states of the notes has the files of both. The files never expire.
///
/// A run that became a summary has another id. Its remarks are stored once more for that id, and
/// these copies name the remark that they repeat.
struct Remarks {
  /// Messages about files that are not understood.
  private(set) var damage: [String] = []
  private var entries: [Entry] = []
  private var retracted: Set<ObjectID> = []

  private struct Entry {
    /// The blob id of the first file of the remark.
    let id: ObjectID
    let run: ObjectID
    /// The place of the remark among those of its run, for remarks of the same second.
    let number: Int64
    let remark: RunRemark

    /// Sorts by time. Remarks of the same second are sorted by their numbers, and then in the same
    /// way in every copy.
    var order: (Timestamp, Int64, String) { (remark.time, number, id.description) }
  }

  init(of notes: Notes) throws(GitError) {
    let files = try notes.foreign().filter { Kind(of: $0.key) != nil }
    if files.count > Self.most {
      damage.append("of \(files.count) files of notes on runs, \(Self.most) are read")
    }
    // The newest count if there are too many.
    for (name, file) in files.sorted(by: { $0.key < $1.key }).suffix(Self.most) {
      guard let bytes = try? notes.contents(of: file), bytes.count <= Self.mostBytes,
        let kind = Kind(of: name), let fields = try? Fields(bytes),
        try read(fields, kind, bytes)
      else {
        damage.append(
          "'\(name.visible())' beside the notes holds no note on a run that can be read")
        continue
      }
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  private static let most = 10_000
  private static let mostBytes = 10_000
}

extension Remarks {
  /// The remarks that were not taken back, by run, the newest last.
  ///
  /// - Parameter successors: The ids of pruned runs, each with the id of the run that replaced it.
  func byRun(
    following successors: [ObjectID: ObjectID?]
  ) -> [ObjectID: [(id: ObjectID, remark: RunRemark)]] {
    var runs: [ObjectID: [ObjectID: Entry]] = [:]
    for entry in entries where !retracted.contains(entry.id) {
      // A copy and its original are one remark, whichever run each of them names.
      runs[successors.last(of: entry.run), default: [:]][entry.id] = entry
    }
    return runs.mapValues { entries in
      entries.values.sorted { $0.order < $1.order }.map { ($0.id, $0.remark) }
    }
  }

  /// The file that states a remark.
  func adding(
    _ remark: RunRemark, to run: ObjectID, in notes: Notes
  ) throws(GitError) -> [String: TreeEntry] {
    // Remarks that were taken back count, too, so that the same words of the same second are new.
    let number = (entries.filter { $0.run == run }.map(\.number).max() ?? 0) + 1
    return try Self.file(.noted, remark.time, Fields(remark, run, number).json, in: notes)
  }

  /// The file that states that a remark is taken back.
  func retracting(
    _ id: ObjectID, by author: String, at time: Timestamp, in notes: Notes
  ) throws(GitError) -> [String: TreeEntry] {
    let fields: [String: JSONValue] = [
      "author": .string(author), "remark": .string(id.description),
      "time": .string(time.description),
    ]
    return try Self.file(.unnoted, time, .object(fields), in: notes)
  }

  /// The files that repeat remarks for the runs that replaced theirs.
  func copies(
    following successors: [ObjectID: ObjectID?], in notes: Notes
  ) throws(GitError) -> [String: TreeEntry] {
    let known = Set(entries.map { [$0.id, $0.run] })
    var files: [String: TreeEntry] = [:]
    for entry in entries {
      let last = successors.last(of: entry.run)
      guard !known.contains([entry.id, last]) else { continue }
      let fields = Fields(entry.remark, last, entry.number, repeating: entry.id)
      files.merge(try Self.file(.noted, entry.remark.time, fields.json, in: notes)) { $1 }
    }
    return files
  }

  private static func file(
    _ kind: Kind, _ time: Timestamp, _ json: JSONValue, in notes: Notes
  ) throws(GitError) -> [String: TreeEntry] {
    let text = json.line + [UInt8(ascii: "\n")]
    let name =
      "\(kind.rawValue)-\(time.description.prefix(10))-\(try ObjectID(hashing: text).short)"
    return [name: try notes.stranger(text)]
  }
}

extension Remarks {
  /// The kinds of files.
  fileprivate enum Kind: String, CaseIterable {
    case noted, unnoted

    init?(of name: String) {
      guard let kind = Self.allCases.first(where: { name.hasPrefix($0.rawValue + "-") }) else {
        return nil
      }
      self = kind
    }
  }

  /// True if a name beside the notes is that of a remark, not of one that was taken back.
  static func isRemark(_ name: String) -> Bool { Kind(of: name) == .noted }

  /// Reads the fields of a file.
  ///
  /// - Returns: True if the file was understood.
  private mutating func read(
    _ fields: Fields, _ kind: Kind, _ bytes: [UInt8]
  ) throws(GitError) -> Bool {
    guard let time = fields.texts["time"].flatMap(Timestamp.init) else { return false }
    let named = fields.texts["remark"].flatMap(ObjectID.init)
    switch kind {
    case .unnoted:
      guard let named else { return false }
      retracted.insert(named)
    case .noted:
      guard let run = fields.texts["run"].flatMap(ObjectID.init),
        let author = fields.texts["author"], let text = fields.texts["text"],
        let remark = try? RunRemark(author: author, time: time, text: text),
        fields.texts["remark"] == nil || named != nil
      else { return false }
      let own = try ObjectID(hashing: bytes)
      entries.append(
        Entry(
          id: named ?? own, run: run, number: fields.number ?? 0,
          remark: remark))
    }
    return true
  }

  /// The fields of a file, which is one line of JSON.
  private struct Fields {
    private(set) var texts: [String: String] = [:]
    private(set) var number: Int64?

    init(_ bytes: [UInt8]) throws(JSONError) {
      var reader = JSONReader(bytes)
      try reader.object { (reader, key) throws(JSONError) in
        switch key {
        case "author", "remark", "run", "text", "time": texts[key] = try reader.string()
        case "number": number = try reader.integer()
        default: try reader.skip()
        }
      }
      try reader.end()
    }

    init(
      _ remark: RunRemark, _ run: ObjectID, _ number: Int64, repeating first: ObjectID? = nil
    ) {
      texts = [
        "author": remark.author, "run": run.description, "text": remark.text,
        "time": remark.time.description,
      ]
      texts["remark"] = first?.description
      self.number = number
    }

    var json: JSONValue {
      var members = texts.mapValues(JSONValue.string)
      members["number"] = number.map(JSONValue.integer)
      return .object(members)
    }
  }
}

extension [ObjectID: ObjectID?] {
  /// The run that replaced a run, however often it was replaced.
  fileprivate func last(of run: ObjectID) -> ObjectID {
    var (last, seen) = (run, Set([run]))
    while let next = self[last] ?? nil, seen.insert(next).inserted { last = next }
    return last
  }
}
