package import Git

extension RunStore {
  /// The size of a state of the notes.
  package struct Size {
    /// The number of runs. A run counts once although it is in the notes of the commit and of its
    /// tree.
    package let runs: Int
    package let notes: Int
    package let bytes: Int

    package init(of notes: Notes, in repository: Repository) throws(HistoryError) {
      var runs: Set<ObjectID> = []
      var (count, bytes) = (0, 0)
      for object in try git(try repository.objects(with: notes)) {
        let text = try git(try notes.contents(of: object)) ?? []
        count += 1
        bytes += text.count
        for line in RunStore.lines(of: text) { runs.insert(try line.id()) }
      }
      self.runs = runs.count
      self.notes = count
      self.bytes = bytes
    }
  }
}
