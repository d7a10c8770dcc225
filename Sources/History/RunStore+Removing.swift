package import Git
package import Measurements

/// A line of the notes, and the objects whose notes hold it.
package struct NotedLine: Hashable, Sendable {
  package let id: ObjectID
  package let line: RunLine
  package let objects: [ObjectID]

  /// The header of the line; nil if the line is not understood.
  package var header: RunHeader? { try? line.header() }
}

extension RunStore {
  /// The runs that were removed and not put back, and messages about files of removals that cannot
  /// be read.
  package func removals() throws(HistoryError) -> (runs: [RemovedRun], damage: [String]) {
    let removals = try git(try Removals(of: notes))
    return (removals.runs, removals.damage)
  }

  /// The lines whose ids begin with the given digits.
  package func lines(withPrefix prefix: String) throws(HistoryError) -> [NotedLine] {
    var places: [RunLine: [ObjectID]] = [:]
    for object in try git(try repository.objects(with: notes)) {
      let text = try git(try notes.contents(of: object)) ?? []
      for line in Self.lines(of: text)
      where try line.id().description.hasPrefix(prefix.lowercased()) {
        places[line, default: []].append(object)
      }
    }
    var lines: [NotedLine] = []
    for (line, objects) in places {
      lines.append(NotedLine(id: try line.id(), line: line, objects: objects))
    }
    return lines.sorted { $0.id.description < $1.id.description }
  }

  /// Removes a run from all notes, in one step. A file beside the notes records the removal, so
  /// that no copy of the run elsewhere brings it back.
  ///
  /// The line stays as an unreferenced object until git removes it.
  package func remove(
    _ noted: NotedLine, because reason: String, on day: Day, pause: (Int) -> Void
  ) throws(HistoryError) {
    let run = RemovedRun(id: noted.id, day: day, reason: reason, objects: noted.objects)
    try move("Remove a run", pause: pause) { (notes) throws(GitError) in
      _ = try notes.stranger(noted.line.bytes)
      var changes: [(ObjectID, [UInt8])] = []
      for object in noted.objects {
        let lines = Self.lines(of: try notes.contents(of: object) ?? [])
        guard lines.contains(noted.line) else { continue }
        changes.append((object, Self.text(of: lines.subtracting([noted.line]))))
      }
      return (changes, try Removals(of: notes).removing(run, in: notes))
    }
  }

  /// Puts a removed run back into the notes that held it.
  ///
  /// - Throws: ``HistoryError/git(_:)`` of kind ``GitError/Kind/missing`` if git has already
  ///   removed the line.
  package func restore(
    _ run: RemovedRun, on day: Day, pause: (Int) -> Void
  ) throws(HistoryError) {
    try move("Put a run back", pause: pause) { (notes) throws(GitError) in
      let line = try RunLine(notes.repository.contents(of: run.id).dropLast())
      var changes: [(ObjectID, [UInt8])] = []
      for object in run.objects {
        let lines = Self.lines(of: try notes.contents(of: object) ?? [])
        changes.append((object, Self.text(of: lines.union([line]))))
      }
      return (changes, try Removals(of: notes).restoring(run.id, on: day, in: notes))
    }
  }

  typealias Change = (notes: [(ObjectID, [UInt8])], files: [String: TreeEntry])

  /// Changes notes, and places files beside them, in one step. No change leaves everything as it is.
  func move(
    _ message: String, pause: (Int) -> Void, _ change: (Notes) throws(GitError) -> Change?
  ) throws(HistoryError) {
    try git(
      try repository.moveNotes(reference, message: message, pause: pause) {
        (notes) throws(GitError) in
        guard let (changes, files) = try change(notes) else { return nil }
        return try notes.next(
          changing: changes, foreign: files.mapValues(\.self),
          parents: notes.commit.map { [$0] } ?? [], message: message)
      })
  }
}
