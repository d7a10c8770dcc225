import Git
import Measurements

/// The state of the search for the baselines of one part.
struct SeriesSearch {
  /// A commit of a walk.
  struct Step {
    let commit: Commit
    let index: Int
    /// The commits from the first of the walk to this one, at least.
    let walk: [Commit]
    let rule: Baseline.Rule
    let distance: Int?
  }

  let part: RecordedPart
  let names: NameHistory
  var result = PartBaseline()
  /// The series of the candidate whose baseline is not found yet.
  private(set) var pending: Set<Series.ID>
  /// True if the user named the commit. Its marks do not count then, and the candidate's own
  /// numbers do.
  var isNamed = false
  /// True if the candidate and the merge-base hold the same relevant content.
  var isSame = false
  /// True if the candidate is on the base branch, where a regression is not inherited.
  var isOnBase = false
  /// The tree of the candidate; nil for changes on top of a commit.
  var candidateTree: ObjectID?
  /// Unreadable lines on the walk that may be numbers of this part.
  var unreadable: [UnreadableLine] = []
  /// The entries of other machines on the walk, nearest first.
  private(set) var others: [RunEntry] = []
  /// The number of examined commits that have a number of the suite from this machine.
  private(set) var measured = 0
  var debts = Debts()
  private let candidates: [Series.ID: [Series]]
  private let own: OwnRuns
  private var wanted: NameScan?
  private var wholeSeen = 0
  /// The first unmarked number of each series on the walk that the candidate lacks.
  private var nearest: [Series.ID: Found] = [:]
  /// The first marked number of each series on the walk.
  private var refused: [Series.ID: Found] = [:]
  private var places: [Place: Int] = [:]
  /// The candidate's numbers by session, set when a commit has numbers of one of these sessions;
  /// and the numbers of these sessions from the commit that was examined last.
  private var sessions: SessionTable?
  private var theirs: (commit: ObjectID, table: SessionTable)?
  /// The candidate's numbers that alone are compared: those of shared sessions, or of the base's
  /// definition.
  private var deciding: [Series.ID: [Series]] = [:]

  /// The key of a baseline, which does not include its numbers.
  private struct Place: Hashable {
    let rule: Baseline.Rule
    let commit: Commit
    let distance: Int?
  }

  private struct Found {
    let row: BaselineRow
    let series: [Series]
    let runs: [StoredRun]
    let step: Step
  }

  init(for part: RecordedPart, names: NameHistory) {
    self.part = part
    self.names = names
    candidates = Dictionary(grouping: part.pool.series, by: \.id)
    pending = Set(candidates.keys)
    own = OwnRuns(part.runs)
  }

  /// The result so far.
  var found: PartBaseline {
    var found = result
    found.new = part.pool.series
    guard !deciding.isEmpty else { return found }
    found.partlyCounted = Set(deciding.keys)
    found.new.removeAll { deciding[$0.id] != nil }
    found.new += deciding.keys.sorted().flatMap { deciding[$0] ?? [] }
    return found
  }

  /// True if another commit may have something that is wanted.
  func goesOn(_ settings: BaselineSearch.Settings) -> Bool {
    guard measured < settings.mostRecorded else { return false }
    if !debts.isSettled { return true }
    return !pending.isEmpty && wholeSeen < Self.mostWhole
  }

  /// The number of whole recordings without a series after which the search for it ends.
  static let mostWhole = 10

  /// Groups series by their present names.
  func grouped(_ series: [Series]) -> [Series.ID: [Series]] {
    Dictionary(grouping: series) { names.present($0.id) }
  }

  /// True if the numbers of a commit must be read.
  mutating func needs(_ entries: [RunEntry], isWhole: Bool) -> Bool {
    if isNamed || debts.wants(isWhole: isWhole) { return true }
    guard !pending.isEmpty else { return false }
    let scan = wanted ?? names.scan(for: pending)
    wanted = scan
    return entries.contains { scan.mayBe(in: $0.line) }
  }

  /// Divides entries into the candidate's own runs, which are no baseline of it, and the others.
  func split(
    _ entries: [RunEntry]
  ) throws(HistoryError) -> (own: [StoredRun], others: [RunEntry]) {
    var (mine, others): ([StoredRun], [RunEntry]) = ([], [])
    for entry in entries {
      if let run = try own.run(of: entry) { mine.append(run) } else { others.append(entry) }
    }
    return (mine, others)
  }

  /// True if the baseline of a series is not found yet.
  func isOpen(_ id: Series.ID) -> Bool {
    pending.contains(id) || candidates[id] == nil && nearest[id] == nil
  }

  func row(_ id: Series.ID) -> BaselineRow { result.rows[id] ?? BaselineRow() }

  private mutating func close(_ id: Series.ID) -> Bool {
    guard pending.remove(id) != nil else { return false }
    wanted = nil
    return true
  }
}

extension SeriesSearch {
  /// Restricts a series that is still pending to some of the candidate's numbers.
  mutating func decide(_ id: Series.ID, by series: [Series]) {
    if pending.contains(id) { deciding[id] = series }
  }

  mutating func countMeasured() { measured += 1 }

  /// Counts a whole recording if it lacks a series that is still pending.
  ///
  /// - Parameter refused: The series that the recording has and that are marked there. It does not
  ///   lack these.
  mutating func countWhole(refused: [Series.ID]) {
    if refused.allSatisfy({ !pending.contains($0) }) { wholeSeen += 1 }
  }

  mutating func note(others entries: [RunEntry]) {
    others += entries
    for entry in entries {
      guard let machine = entry.header.environment,
        !result.otherMachines.contains(where: { $0.key == machine.key })
      else { continue }
      result.otherMachines.append(machine)
    }
  }

  mutating func skip(_ step: Step, _ reason: Baseline.Skipped.Reason) {
    guard result.baselines.isEmpty else { return }
    result.skipped.append(Baseline.Skipped(commit: step.commit.id, reason: reason))
  }

  /// Records that a number is marked.
  ///
  /// - Parameter isOfFork: True if the marked number is that of the merge-base.
  mutating func noteMarked(
    _ id: Series.ID, _ series: [Series], _ runs: [StoredRun], at step: Step, isOfFork: Bool
  ) {
    if refused[id] == nil {
      refused[id] = Found(row: BaselineRow(), series: series, runs: runs, step: step)
    }
    guard isOfFork, pending.contains(id), row(id).marked == nil else { return }
    var row = row(id)
    row.marked = step.commit
    // If both contents are the same, the candidate's own numbers are those of the merge-base.
    row.markedSeries = isSame ? candidates[id] ?? series : series
    result.rows[id] = row
  }

  /// The commit with the first marked number of a series; nil if there is none.
  func refusal(of id: Series.ID) -> Commit? { refused[id]?.step.commit }

  /// Records that a series is unchanged, because both sides have the same content.
  mutating func settleSame(_ id: Series.ID) {
    guard close(id) else { return }
    var row = BaselineRow()
    row.isSame = true
    result.rows[id] = row
  }
}

extension SeriesSearch {
  /// Makes the numbers of a commit the baseline of a series.
  mutating func settle(
    _ id: Series.ID, _ row: BaselineRow, _ series: [Series], _ runs: [StoredRun], at step: Step
  ) {
    guard close(id) else {
      if candidates[id] == nil, nearest[id] == nil {
        nearest[id] = Found(row: row, series: series, runs: runs, step: step)
      }
      return
    }
    var row = row
    var (old, rule) = (series, step.rule)
    if let pairs = pairs(of: id, with: runs, at: step.commit) {
      old = pairs.others
      row.interleaving = pairs.interleaving
      deciding[id] = pairs.own
      if rule != .against { rule = .session }
    }
    row.baseline = place(
      of: Baseline(rule: rule, commit: step.commit, runs: runs, distance: step.distance))
    result.rows[id] = row
    result.old += old
  }

  /// The numbers of the sessions that both sides share; nil if they share none.
  private mutating func pairs(
    of id: Series.ID, with runs: [StoredRun], at commit: Commit
  ) -> SessionTable.Pairs? {
    if theirs?.commit != commit.id {
      let shared = part.pool.runs.sessions.intersection(runs.sessions)
      theirs = (commit.id, SessionTable(runs, names, only: shared))
      if sessions == nil, !shared.isEmpty { sessions = SessionTable(part.pool.runs, names) }
    }
    return theirs.flatMap { sessions?.pairs(of: id, with: $0.table) }
  }

  private mutating func place(of baseline: Baseline) -> Int {
    let key = Place(rule: baseline.rule, commit: baseline.commit, distance: baseline.distance)
    if let place = places[key] { return place }
    let place = result.baselines.count
    result.baselines.append(baseline)
    places[key] = place
    return place
  }

  /// Adds the series that the candidate must have and lacks.
  mutating func addOwed() {
    let owed = debts.all.filter { candidates[$0] == nil && result.rows[$0] == nil }
    for id in owed.sorted() {
      guard let found = nearest[id] ?? refused[id] else { continue }
      var row = found.row
      row.baseline = place(
        of: Baseline(
          rule: found.step.rule, commit: found.step.commit, runs: found.runs,
          distance: found.step.distance))
      result.rows[id] = row
      result.old += found.series
    }
  }

  mutating func setTrouble(_ trouble: BaselineRow.Trouble, of id: Series.ID) {
    guard close(id) else { return }
    result.rows[id, default: BaselineRow()].trouble = trouble
  }
}
