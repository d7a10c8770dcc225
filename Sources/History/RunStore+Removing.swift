package import Git
package import Measurements

/// A line of the notes, and the objects whose notes have it.
package struct NotedLine: Hashable, Sendable {
  package let id: ObjectID
  package let line: RunLine
  package let objects: [ObjectID]

  /// nil for a line that is not understood.
  package var header: RunHeader? { try? line.header() }
}

extension RunStore {
  /// The runs that were removed and not put back, and sentences about files that do not say which.
  package func removals() throws(HistoryError) -> (runs: [RemovedRun], damage: [String]) {
    let removals = try git(try Removals(of: notes))
    return (removals.runs, removals.damage)
  }

  /// The lines whose ids begin with some digits.
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

  /// Takes a run out of all notes, in one step, and says so beside them, so that no copy of it elsewhere
  /// brings it back.
  ///
  /// The line stays as an object that nothing refers to, until git cleans up.
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

  /// Puts a removed run back to where it was.
  ///
  /// - Throws: ``HistoryError/git(_:)`` of kind ``GitError/Kind/missing`` where git has cleaned up.
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

  private typealias Change = (notes: [(ObjectID, [UInt8])], files: [String: TreeEntry])

  private func move(
    _ message: String, pause: (Int) -> Void, _ change: (Notes) throws(GitError) -> Change
  ) throws(HistoryError) {
    try git(
      try repository.moveNotes(reference, message: message, pause: pause) {
        (notes) throws(GitError) in
        let (changes, files) = try change(notes)
        return try notes.next(
          changing: changes, foreign: files.mapValues(\.self),
          parents: notes.commit.map { [$0] } ?? [], message: message)
      })
  }
}
