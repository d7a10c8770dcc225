import Git

/// A side of a measurement: one of the commits that are measured together.
struct Side: CustomStringConvertible {
  /// The name of the side, which is also a part of the names of files: `base`, `head`, or the short
  /// id of one of many commits.
  let word: String
  let commit: Commit
  /// The name of the folder that is kept for the side under the git directory.
  let keptFolder: String

  init(word: String, commit: Commit) {
    self.word = word
    self.commit = commit
    keptFolder = word
  }

  /// Makes a side of one of many commits.
  ///
  /// - Parameter place: The place of the commit among those that are measured at once.
  init(_ commit: Commit, at place: Int) {
    word = commit.id.short
    self.commit = commit
    keptFolder = "commit-\(place + 1)"
  }

  /// The name of the side and the short id of the commit, for messages.
  var description: String {
    word == commit.id.short ? word : "\(word) \(commit.id.short)"
  }
}
