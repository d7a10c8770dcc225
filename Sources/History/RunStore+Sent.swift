package import Git
package import Measurements

extension RunStore {
  /// The id of the tree of the notes; nil before the first note.
  package var treeID: ObjectID? { notes.treeID }

  /// The ids of the lines that these notes have and an older state has not at the same object.
  ///
  /// - Returns: nil if the older state is not here any more.
  package func lines(notIn tree: ObjectID) throws(HistoryError) -> Set<CompactID>? {
    let old = Notes(ofTree: tree, in: repository)
    var new: Set<CompactID> = []
    do {
      let objects = try git(try repository.objectsDiffering(in: notes, from: old))
      for object in objects {
        let known = Self.lines(of: try git(try old.contents(of: object)) ?? [])
        for place in try lines(of: object) where !known.contains(place.line) {
          if let id = CompactID(try place.line.id().description) { new.insert(id) }
        }
      }
    } catch .git(let error) where error.kind == .missing || error.kind == .notFound {
      return nil
    }
    return new
  }
}
