package import Git
package import Measurements

/// A run that somebody took out of the notes because its numbers are wrong.
package struct RemovedRun: Hashable, Sendable {
  package let id: ObjectID
  package let day: Day
  package let reason: String
  /// The commits and trees whose notes held the run.
  package let objects: [ObjectID]
}

/// The runs that somebody removed, and those of them that were put back.
///
/// Files beside the notes state this: one file for each removal, `removed-2026-11-20-1a2b3c4d5e`,
/// and one for each time that a run was put back, `restored-2026-11-20-5e4d3c2b1a`. Each file
/// counts how often the run was removed before. A merge of two states of the notes therefore has
/// the files of both and the latest decision about each run. The files never expire.
struct Removals {
  /// The files of both kinds, by name.
  private(set) var files: [String: TreeEntry] = [:]
  /// Messages about files that are not understood.
  private(set) var damage: [String] = []
  private var removed: [ObjectID: Entry] = [:]
  private var restored: [ObjectID: Int] = [:]

  private struct Entry {
    let count: Int
    let run: RemovedRun
  }

  /// Reads the removals of several states of the notes together.
  init(of states: Notes...) throws(GitError) {
    for notes in states {
      let files = try notes.foreign().filter { Kind(of: $0.key) != nil }
      if files.count > Self.most {
        damage.append(
          "of \(files.count) files of removed runs beside the notes, \(Self.most) are read")
      }
      for (name, file) in files.sorted(by: { $0.key < $1.key }).prefix(Self.most) {
        guard self.files.updateValue(file, forKey: name) != file else { continue }
        guard let text = Self.text(of: file, in: notes), read(text, name) else {
          damage.append("'\(name)' beside the notes names no removed run that can be read")
          continue
        }
      }
    }
  }

  /// The runs that are removed now.
  var runs: [RemovedRun] {
    removed.filter { restored[$0.key, default: 0] < $0.value.count }.map(\.value.run)
      .sorted { ($0.day.description, $0.id.description) < ($1.day.description, $1.id.description) }
  }

  var ids: Set<ObjectID> { Set(runs.map(\.id)) }

  /// The last removal of a run, even if the run was put back since.
  func last(of id: ObjectID) -> RemovedRun? { removed[id]?.run }

  private static let most = 10_000
}

extension Removals {
  /// The file that states that a run is removed.
  func removing(_ run: RemovedRun, in notes: Notes) throws(GitError) -> [String: TreeEntry] {
    let count = max(removed[run.id]?.count ?? 0, restored[run.id] ?? 0) + 1
    let objects = run.objects.map(\.description).joined(separator: ",")
    return try file(.removed, run.day, "\(run.id) \(count) \(objects) \(run.reason)\n", in: notes)
  }

  /// The file that states that a removed run is put back.
  func restoring(_ id: ObjectID, on day: Day, in notes: Notes) throws(GitError) -> [String:
    TreeEntry]
  {
    try file(.restored, day, "\(id) \(removed[id]?.count ?? 1)\n", in: notes)
  }

  private func file(
    _ kind: Kind, _ day: Day, _ text: String, in notes: Notes
  ) throws(GitError) -> [String: TreeEntry] {
    let id = try ObjectID(hashing: Array(text.utf8))
    return ["\(kind.rawValue)-\(day)-\(id.short)": try notes.stranger(Array(text.utf8))]
  }

  private enum Kind: String, CaseIterable {
    case removed, restored

    init?(of name: String) {
      guard let kind = Self.allCases.first(where: { name.hasPrefix($0.rawValue + "-") }) else {
        return nil
      }
      self = kind
    }
  }

  /// The text of a file; nil if it is not text or is larger than 10,000 bytes.
  private static func text(of file: TreeEntry, in notes: Notes) -> String? {
    guard let bytes = try? notes.contents(of: file), bytes.count <= 10_000 else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Reads a file of a removal or of a run that was put back.
  ///
  /// - Returns: True if the file was understood.
  private mutating func read(_ text: String, _ name: String) -> Bool {
    guard let kind = Kind(of: name),
      let day = Day(String(name.dropFirst(kind.rawValue.count + 1).prefix(10)))
    else { return false }
    let fields =
      text.split(separator: "\n").first?
      .split(separator: " ", maxSplits: 3).map(String.init) ?? []
    guard fields.count >= 2, let id = ObjectID(fields[0]), let count = Int(fields[1]), count > 0
    else { return false }
    switch kind {
    case .restored: restored[id] = max(restored[id] ?? 0, count)
    case .removed:
      guard fields.count == 4 else { return false }
      let objects = fields[2].split(separator: ",").compactMap { ObjectID(String($0)) }
      guard removed[id].map({ $0.count < count }) ?? true else { return true }
      removed[id] = Entry(
        count: count, run: RemovedRun(id: id, day: day, reason: fields[3], objects: objects))
    }
    return true
  }
}
