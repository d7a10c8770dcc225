package import Git
package import Measurements

/// A series that the gate has refused.
package struct MarkedSeries: Hashable, Sendable {
  package let id: Series.ID
  package let suite: String
  /// The id of the tree of the marked content, in hexadecimal.
  package let tree: String
  /// A commit of that content; nil if none is known.
  package let commit: ObjectID?
  /// The commit of the baseline that the gate compared the series with.
  package let against: ObjectID?
  package let time: Timestamp?
}

extension RunIndex {
  /// The marked series of a suite on the content of a commit.
  package mutating func marked(
    at commit: Commit, suite: String
  ) throws(HistoryError) -> [Series.ID: MarkedSeries] {
    _ = try contents(of: commit)
    let own = marks.all.filter { $0.tree == commit.tree.description && $0.suite == suite }
    return Dictionary(own.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The suites that have marked series on the content of a commit.
  package mutating func markedSuites(at commit: Commit) throws(HistoryError) -> [String] {
    _ = try contents(of: commit)
    return Set(marks.all.filter { $0.tree == commit.tree.description }.map(\.suite)).sorted()
  }

  /// All marks of the notes that hold, sorted by suite and benchmark.
  package func allMarks() throws(HistoryError) -> [MarkedSeries] {
    var index = self
    var commits: [String: ObjectID] = [:]
    for object in try store.objects() {
      if let commit = try? repository.commitIfPresent(object.description), commit.id == object {
        _ = try index.contents(of: commit)
        commits[commit.tree.description] = commits[commit.tree.description] ?? commit.id
      } else {
        // This is the note of a tree, or of a commit that is gone. Its marks hold for every commit
        // with that content.
        try index.readMarks(of: object)
      }
    }
    return index.marks.all.map { mark in
      MarkedSeries(
        id: mark.id, suite: mark.suite, tree: mark.tree, commit: commits[mark.tree],
        against: mark.against, time: mark.time)
    }.sorted { ($0.suite, $0.id, $0.tree) < ($1.suite, $1.id, $1.tree) }
  }
}
