import Git
import History
import Intake

extension Workspace {
  /// Which differences cannot change a measurement: those that the rules of what is judged and of the
  /// base branch both call so.
  func contentRules(judging commit: Commit? = nil, base: Base? = nil) throws -> ContentRules {
    let own = PathRules(configuration)
    return ContentRules(
      isIrrelevant: { path, suite in own.isIrrelevant(path, to: suite) },
      measureAlike: { _, _, _ in false })
  }

  /// The remote that has runs which are not here; nil where there is none, or no remote.
  ///
  /// It is asked, as nothing here tells what it has got since it was seen.
  func remoteWithOtherRuns(_ call: Call<some CommonSettings>) throws -> String? {
    let remotes = try repository.remotes()
    guard !remotes.isEmpty else { return nil }
    let followed = try repository.followedRemote()
    let name = [followed, "origin", remotes[0]].compactMap { $0 }.first(where: remotes.contains)
    let remote = try Remote(name, self, call)
    guard let there = try remote.notesCommit() else { return nil }
    guard let here = try repository.notes(notesRef).commit,
      let known = try repository.commitIfPresent(there.description)
    else { return remote.label }
    return try repository.mergeBase(here, known.id) == known ? nil : remote.label
  }
}

extension Remote {
  /// Where its notes are now; nil where it has none.
  fileprivate func notesCommit() throws -> ObjectID? {
    let result = try git.launch(["ls-remote", "--quiet", "--", name, notesReference])
    guard result.ending == .exited(0) else {
      throw Complaint(
        .nothingToCompare, "no baseline, and '\(label)' cannot be asked for its runs",
        hint: "see that it can be reached, then `perf-sync fetch`", details: result.lastWords)
    }
    return result.text.split(separator: "\t").first.flatMap { ObjectID(String($0)) }
  }
}
