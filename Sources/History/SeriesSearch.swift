import Git
import Measurements

/// The search for the baselines of one part, as far as it has got.
struct SeriesSearch {
  /// One commit of a walk.
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
  /// Series of the candidate whose baseline is still looked for.
  private(set) var pending: Set<Series.ID>
  /// Whether the user named the commit: its marks and the candidate's own numbers count.
  var isNamed = false
  /// Whether the candidate and the merge-base hold the same, as far as it matters.
  var isSame = false
  /// Whether the candidate is on the base branch, where nothing is inherited.
  var isOnBase = false
  /// nil for changes on top of a commit.
  var candidateTree: ObjectID?
  /// Lines on the way that may be numbers of this part and cannot be read.
  var unreadable: [UnreadableLine] = []
  /// What other machines have on the way, nearest first.
  private(set) var others: [RunEntry] = []
  private let candidates: [Series.ID: [Series]]
  private let own: Set<ObjectID>
  private let scan: NameScan
  private var owed: Set<Series.ID>?
  private var parts: [Series.ID: Int] = [:]
  private var partsSeen = 0
  private var wholeSeen = 0
  /// The first number of each series on the way that is not marked, for those the candidate lacks.
  private var nearest: [Series.ID: Found] = [:]
  /// The first marked number of each series on the way.
  private var refused: [Series.ID: Found] = [:]
  private var places: [Baseline: Int] = [:]

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
    own = part.pool.ids
    scan = NameScan(pending.flatMap { names.spellings(of: $0.benchmark.name) })
    result.new = part.pool.series
  }

  /// Whether another commit may have something that is wanted.
  func goesOn(_ settings: BaselineSearch.Settings) -> Bool {
    guard result.recorded < settings.mostRecorded else { return false }
    if owed == nil { return true }
    return !pending.isEmpty && wholeSeen < Self.mostWhole
  }

  /// After so many whole recordings without it a series is not looked for any more.
  private static let mostWhole = 10
  /// Among so many recorded commits parts are owed.
  private static let mostParts = 10

  /// The names of now, each with its series of then.
  func grouped(_ series: [Series]) -> [Series.ID: [Series]] {
    Dictionary(grouping: series) { names.present($0.id) }
  }

  /// Whether a commit's numbers have to be read.
  func needs(_ entries: [RunEntry], isWhole: Bool) -> Bool {
    if isNamed || owed == nil && (isWhole || partsSeen < Self.mostParts) { return true }
    return !pending.isEmpty && entries.contains { scan.mayBe(in: $0.line) }
  }

  /// Runs that are the candidate's own are no baseline of it.
  func withoutOwn(_ entries: [RunEntry]) throws(HistoryError) -> [RunEntry] {
    var others: [RunEntry] = []
    for entry in entries where !own.contains(try entry.line.id()) { others.append(entry) }
    return others
  }

  /// Whether the baseline of a series is still looked for.
  func isOpen(_ id: Series.ID) -> Bool { pending.contains(id) || nearest[id] == nil }

  func row(_ id: Series.ID) -> BaselineRow { result.rows[id] ?? BaselineRow() }
}

extension SeriesSearch {
  mutating func count(isWhole: Bool) { if isWhole { wholeSeen += 1 } }

  /// What the nearest whole recording has is owed by the candidate, and what two of the nearer parts
  /// have.
  mutating func oweTo(_ pool: Pool, _ runs: [StoredRun], isWhole: Bool) {
    guard owed == nil else { return }
    let ids = Set(pool.series.map { names.present($0.id) })
    if isNamed {
      owed = ids
    } else if isWhole {
      let whole = runs.map(\.run).whole.flatMap(\.series).map(\.id)
      owed = Set(whole.map(names.present)).union(parts.filter { $0.value > 1 }.keys)
    } else {
      partsSeen += 1
      for id in ids { parts[id, default: 0] += 1 }
    }
  }

  mutating func note(others entries: [RunEntry], besides mine: [RunEntry]) {
    guard entries.count > mine.count else { return }
    let keys = Set(mine.map(\.header.environment?.key))
    for entry in entries where !keys.contains(entry.header.environment?.key) {
      others.append(entry)
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

  /// - Parameter isOfFork: Whether the marked number is that of the merge-base.
  mutating func noteMarked(
    _ id: Series.ID, _ series: [Series], _ runs: [StoredRun], at step: Step, isOfFork: Bool
  ) {
    if refused[id] == nil {
      refused[id] = Found(row: BaselineRow(), series: series, runs: runs, step: step)
    }
    guard isOfFork, pending.contains(id), row(id).marked == nil else { return }
    var row = row(id)
    row.marked = step.commit
    // Of the same content its own numbers are the merge-base's.
    row.markedSeries = isSame ? candidates[id] ?? series : series
    result.rows[id] = row
  }

  /// A row that is unchanged by definition.
  mutating func settleSame(_ id: Series.ID) {
    var row = BaselineRow()
    row.isSame = true
    result.rows[id] = row
    pending.remove(id)
  }
}

extension SeriesSearch {
  /// Makes a series of a commit the baseline of the candidate's.
  mutating func settle(
    _ id: Series.ID, _ row: BaselineRow, _ series: [Series], _ runs: [StoredRun], at step: Step
  ) {
    guard pending.remove(id) != nil else {
      if nearest[id] == nil {
        nearest[id] = Found(row: row, series: series, runs: runs, step: step)
      }
      return
    }
    var row = row
    var (old, rule) = (series, step.rule)
    if let pairs = pairs(of: id, with: runs) {
      old = pairs.old
      row.isPaired = true
      result.new.removeAll { $0.id == id }
      result.new += pairs.new
      if rule != .against { rule = .session }
    }
    row.baseline = place(
      of: Baseline(rule: rule, commit: step.commit, runs: runs, distance: step.distance))
    result.rows[id] = row
    result.old += old
  }

  /// The numbers of the sessions that both sides share; nil where they share none.
  private func pairs(of id: Series.ID, with runs: [StoredRun]) -> (old: [Series], new: [Series])? {
    func sessions(_ runs: [StoredRun]) -> Set<String> {
      Set(
        runs.filter { $0.run.series.contains { names.present($0.id) == id } }
          .compactMap(\.run.session))
    }
    let shared = sessions(part.pool.runs).intersection(sessions(runs))
    guard !shared.isEmpty else { return nil }
    func series(_ runs: [StoredRun]) -> [Series] {
      runs.filter { $0.run.session.map(shared.contains) ?? false }.flatMap(\.run.series)
        .filter { names.present($0.id) == id }.pooled()
    }
    return (series(runs), series(part.pool.runs))
  }

  private mutating func place(of baseline: Baseline) -> Int {
    if let place = places[baseline] { return place }
    let place = result.baselines.count
    result.baselines.append(baseline)
    places[baseline] = place
    return place
  }

  /// Puts in what the candidate owes and has not.
  mutating func addOwed() {
    let owed = owed ?? Set(parts.filter { $0.value > 1 }.keys)
    for id in owed.sorted() where candidates[id] == nil {
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
    result.rows[id, default: BaselineRow()].trouble = trouble
    pending.remove(id)
  }
}
