import Git
import Measurements

/// A bisection as it is kept in a file, so that it can go on after an interruption at any moment.
struct BisectionState {
  /// The version of the file.
  static let version: Int64 = 1

  let request: BisectionRequest
  /// The key of the machine. Numbers of another one say nothing about these.
  let machine: String
  /// The series that is followed; nil while the ends are measured.
  var target: BisectionTarget?
  /// The sessions, one for each process that measured, in order.
  var sessions: [Session] = []
  /// The launches in the order of measuring.
  var launches: [MeasuredLaunch] = []
  /// The commits that cannot be measured.
  var skipped: [SkippedCommit] = []
  /// The merges whose branches are looked into, the outermost first.
  var merges: [ObjectID] = []
  /// The seconds that the sessions took.
  var seconds = 0.0
  /// The end; nil while the bisection can go on.
  var end: End?

  init(request: BisectionRequest, machine: String) {
    self.request = request
    self.machine = machine
  }

  struct Session: Hashable {
    let id: String
    let startedAt: Timestamp
    /// True if its numbers are stored as runs.
    var isStored = false
  }

  struct End: Hashable {
    let status: Int32
    /// The answer as it was printed.
    let text: String
  }
}

/// The question of a bisection.
struct BisectionRequest: Hashable {
  /// The ids of the ends, and the revisions that the user typed for them.
  let good: ObjectID
  let bad: ObjectID
  let goodName: String
  let badName: String
  var benchmark: String?
  var metric: String?
  var suite: String?
  var prepare: String?
  var threshold: Double?
  let confidence: Double
  /// True if the good end is the slow one.
  let isSwapped: Bool
  /// The typed command; nil if a suite is measured.
  var command: [String]?
  /// The folder in which a typed command runs, from the top of a work tree: empty, or with a slash
  /// before it.
  let prefix: String
}

/// The series that a bisection follows: one series, or the outcomes of several tasks.
struct BisectionTarget: Hashable {
  /// The row of the gate's judgement.
  let row: Series.ID
  /// The series whose values count.
  let members: [Series.ID]
  let isOutcome: Bool
  /// The indices of the plan's jobs that measure them.
  let jobs: [Int]
}

/// A commit that cannot be measured.
struct SkippedCommit: Hashable {
  let commit: ObjectID
  let reason: String
  /// The last lines that the failed program printed.
  let details: [String]
}

/// Two commits that are measured in turns.
struct CommitPair: Hashable {
  let old: ObjectID
  let new: ObjectID
}

/// The numbers of one launch at a commit, of all benchmarks that are measured there.
struct MeasuredLaunch {
  /// The numbers, with a round a series, and the commit. There is no more in it, not the machine.
  let run: Run
  let commit: ObjectID
  /// The index of the session.
  let session: Int
  /// The number of the batch within the whole bisection.
  let batch: Int
  /// The pair of commits that was measured in turns, if the launch is a part of that.
  let pair: CommitPair?
  /// The load average before the launch, if it can be read.
  let load: Double?
  /// The launch as a line of the file. It is made once, as the file is written after each batch.
  let line: [UInt8]

  init(run: Run, commit: ObjectID, session: Int, batch: Int, pair: CommitPair?, load: Double?) {
    self.run = run
    self.commit = commit
    self.session = session
    self.batch = batch
    self.pair = pair
    self.load = load
    line = Self.json(run, session, batch, pair, load).line
  }

  /// The values of a target; empty if it was not measured.
  func values(of target: BisectionTarget) -> [Double] {
    target.members.compactMap { id in
      run.series.first { $0.id == id }?.rounds.first?.samples.middle
    }
  }
}

extension [Double] {
  /// The median; nil if there are no values.
  fileprivate var middle: Double? {
    let sorted = sorted()
    guard !sorted.isEmpty else { return nil }
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}

extension BisectionState {
  var skippedIDs: Set<ObjectID> { Set(skipped.map(\.commit)) }

  /// The numbers of a pair of commits that were measured in turns.
  func turns(of pair: CommitPair) -> MeasuredTurns { MeasuredTurns(of: pair, in: self) }

  /// The launches of a session, by commit.
  func launches(of session: Int) -> [ObjectID: [MeasuredLaunch]] {
    Dictionary(grouping: launches.filter { $0.session == session }, by: \.commit)
  }
}

/// The numbers of two commits that were measured in turns: as many rounds of both in each session.
struct MeasuredTurns {
  let old: [Series]
  let new: [Series]
  let interleaving: Interleaving
  /// The number of rounds.
  let rounds: Int

  init(of pair: CommitPair, in state: BisectionState) {
    var (old, new): ([Series], [Series]) = ([], [])
    var counts: [Int] = []
    for session in state.sessions.indices {
      let own = state.launches.filter { $0.pair == pair && $0.session == session }
      let sides = [pair.old, pair.new].map { id in own.filter { $0.commit == id } }
      let count = min(sides[0].count, sides[1].count)
      old += sides[0].prefix(count).flatMap(\.run.series)
      new += sides[1].prefix(count).flatMap(\.run.series)
      counts.append(count)
    }
    self.old = old.pooled()
    self.new = new.pooled()
    rounds = counts.reduce(0, +)
    interleaving = Interleaving(
      counts.filter { $0 > 0 }.map { Interleaving.Session(orders: [.abba], old: $0, new: $0) })
  }
}
