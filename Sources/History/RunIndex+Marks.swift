package import Git
package import Measurements

/// A series that the gate has refused.
package struct MarkedSeries: Hashable, Sendable {
  package let id: Series.ID
  package let suite: String
  /// The content, in hexadecimal.
  package let tree: String
  /// A commit of that content; nil where none is known.
  package let commit: ObjectID?
  /// The commit of the baseline that it was held against.
  package let against: ObjectID?
  package let time: Timestamp?
}

extension RunIndex {
  /// What is marked of a suite on the content of a commit.
  package mutating func marked(
    at commit: Commit, suite: String
  ) throws(HistoryError) -> [Series.ID: MarkedSeries] {
    _ = try contents(of: commit)
    let own = marks.all.filter { $0.tree == commit.tree.description && $0.suite == suite }
    return Dictionary(own.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The suites of which something is marked on the content of a commit.
  package mutating func markedSuites(at commit: Commit) throws(HistoryError) -> [String] {
    _ = try contents(of: commit)
    return Set(marks.all.filter { $0.tree == commit.tree.description }.map(\.suite)).sorted()
  }

  /// All marks of the notes that hold, in the order of suites and benchmarks.
  package func allMarks() throws(HistoryError) -> [MarkedSeries] {
    var index = self
    var commits: [String: ObjectID] = [:]
    for object in try store.objects() {
      if let commit = try? repository.commitIfPresent(object.description), commit.id == object {
        _ = try index.contents(of: commit)
        commits[commit.tree.description] = commits[commit.tree.description] ?? commit.id
      } else {
        // The note of a tree, or of a commit that is gone: its marks hold wherever that content is.
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
