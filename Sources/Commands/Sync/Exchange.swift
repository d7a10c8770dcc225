import Git
import History
import Intake

/// The runs of this repository and of a remote, brought together.
struct Exchange {
  let workspace: Workspace
  let remote: Remote

  /// - Parameter remote: As ``Remote/init(_:_:_:)`` takes it.
  init(_ remote: String?, _ workspace: Workspace, _ call: Call<some CommonSettings>) throws {
    self.workspace = workspace
    self.remote = try Remote(remote, workspace, call)
  }

  private var repository: Repository { workspace.repository }

  /// Brings what only the remote has.
  ///
  /// - Returns: How many runs that were; nil where the remote has no notes.
  func fetch() throws -> Int? {
    try remote.fetch()
    return try merge()
  }

  /// Brings what only this repository has, until the remote says that it has it.
  ///
  /// Whoever pushed meanwhile is fetched from and joined, never overwritten. To lose against others is
  /// no error, for somebody gets on; to be refused again and again where nobody does is one.
  ///
  /// - Returns: How many runs the remote did not have.
  func push() throws -> Int {
    var (attempt, refusals) = (0, 0)
    while true {
      let before = try remote.seen().commit
      if try attempt > 0 || !isAhead() { _ = try fetch() }
      let (ours, theirs) = (try repository.notes(workspace.notesRef), try remote.seen())
      guard let commit = ours.commit else { return 0 }
      refusals = theirs.commit == before ? refusals : 0
      let new = try RunStore.lines(in: ours, missingIn: theirs, of: repository)
      guard case .refused(let reason) = try remote.push(commit) else { return new.count }
      (attempt, refusals) = (attempt + 1, refusals + 1)
      guard refusals < Self.patience else {
        throw Complaint(
          .failure, "'\(remote.label)' refused the runs \(refusals) times",
          hint: "they are kept here: try again with `perf-sync push`", details: [reason])
      }
      Pause.afterRefusal(attempt)
    }
  }

  /// How often in a row the remote may refuse while its notes stay as they are.
  private static let patience = 20

  /// Whether these notes have all that was seen of the remote's.
  private func isAhead() throws -> Bool {
    let (ours, theirs) = (try repository.notes(workspace.notesRef), try remote.seen())
    guard let here = ours.commit, let there = theirs.commit else { return true }
    // Of a note that was removed here, the remote has lines that would be lost there.
    return try repository.mergeBase(here, there)?.id == there
      && RunStore.lines(in: theirs, missingIn: ours, of: repository).isEmpty
  }

  /// Brings what was seen of the remote into the notes here.
  private func merge() throws -> Int? {
    let theirs = try remote.seen()
    guard let commit = theirs.commit else { return nil }
    let store = try workspace.store()
    let ours = try repository.notes(workspace.notesRef)
    let new = try RunStore.lines(in: theirs, missingIn: ours, of: repository)
    try store.merge(commit, from: remote.label, pause: Pause.afterLostRace)
    return new.count
  }
}
