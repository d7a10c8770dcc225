import CommandLine
import Git
import History
import Measurements
import Reports

/// Sends numbers to a store, batch by batch. A batch counts as sent when it was read back.
struct Exporting {
  let session: LogSession
  let source: ExportSource
  let branch: String

  private var call: CommandContext<LogSettings> { session.call }

  func run(to name: String) throws -> ExitStatus {
    let settings = try StoreSettings(name, call)
    if settings.kind == .openmetrics { return try writeFile(settings) }
    let store: any NumberStore =
      settings.kind == .postgresql
      ? PostgreSQL(settings, call) : try InfluxStore(settings, source, call)
    try session.checkLabels(source, store.format)
    let isSent = try sentBefore(settings)
    let writer = ExportWriter(
      source: source, format: store.format, isOfRounds: session.settings.rounds, isSent: isSent)
    var buffer = ExportBuffer()
    var batch = ExportBatch()
    var runs: Set<Int> = []
    let rows = try writer.writeAll(to: &buffer) { buffer, row in
      batch.add(row)
      runs.insert(row.run)
      if batch.isFull(store.limits) { try store.send(buffer.take(), batch.take()) }
    }
    if !batch.rows.isEmpty { try store.send(buffer.take(), batch.take()) }
    try store.confirm()
    let skipped = try session.skippedRuns(session.scope.skipped)
    if !isFiltered { try keepState(settings) }
    if session.settings.common.verbosity != .quiet {
      call.out.line(
        rows == 0
          ? "nothing new for '\(name)'"
          : "sent to '\(name)': \(rows) \(rows == 1 ? "number" : "numbers") of "
            + "\(LogScope.runs(runs.count))")
    }
    session.report(
      rows: max(rows, 1), encoded: buffer.encoded, leftOut: source.leftOut(by: store.format.kind),
      store.format)
    return session.finish(skipped)
  }

  /// Writes the file for promtool. Prometheus takes no past numbers by the network.
  private func writeFile(_ settings: StoreSettings) throws -> ExitStatus {
    let file = settings.file ?? ""
    let status = try session.write(source, .openMetrics, to: file)
    if session.settings.common.verbosity != .quiet {
      call.err.line(
        "nothing was sent: `promtool tsdb create-blocks-from openmetrics \(file.visible()) <data>` "
          + "loads it")
    }
    return status
  }
}

extension Exporting {
  /// True if not all numbers of the branch were asked for.
  private var isFiltered: Bool {
    let settings = session.settings
    let isNarrowed =
      !settings.benchmarks.isEmpty || !settings.labels.isEmpty || !settings.metrics.isEmpty
      || !settings.suites.isEmpty || !settings.conditions.isEmpty
    let isCut =
      settings.since != nil || settings.until != nil || settings.last != nil || settings.skip > 0
    let isOfMachine = settings.machine != nil && settings.machine != "any"
    return isNarrowed || isCut || isOfMachine || !session.question.patterns.isEmpty
      || session.question.range?.contains("..") == true
  }

  private func facts(_ settings: StoreSettings) -> SentState.Facts {
    let address = [settings.kind.rawValue, settings.url, settings.database ?? ""]
    return SentState.Facts(
      store: address.joined(separator: "\n").utf8.fingerprint, branch: branch,
      tip: session.scope.branch.commits.first?.id.description ?? "",
      isOfAll: session.settings.all, isOfRounds: session.settings.rounds)
  }

  /// The runs that were sent before; nil if none was, or if what was sent is not known.
  private func sentBefore(_ settings: StoreSettings) throws -> ((Int) -> Bool)? {
    let repository = session.workspace.repository
    guard let state = try SentState(settings.name, in: repository) else { return nil }
    let now = facts(settings)
    let (old, scope) = (state.facts, session.scope)
    guard old.store == now.store, old.branch == now.branch, old.isOfAll == now.isOfAll,
      old.isOfRounds == now.isOfRounds,
      let tip = scope.branch.commits.firstIndex(where: { $0.id.description == old.tip }),
      let new = try session.store.lines(notIn: state.tree)
    else { return nil }
    let runs = scope.index.runs
    return { place in
      // A run that was here already may stand on a commit that the branch did not have.
      !new.contains(runs[place].id) && scope.places[place].map { $0 >= tip } ?? old.isOfAll
    }
  }

  private func keepState(_ settings: StoreSettings) throws {
    guard let tree = session.store.treeID else { return }
    try SentState.set(
      settings.name, facts(settings), tree: tree, in: session.workspace.repository)
  }
}

/// The rows that are sent together.
struct ExportBatch {
  private(set) var rows: [ExportWriter.RowPlace] = []
  /// The number of times that a row is of another series or run than the one before.
  private var changes = 0

  struct Limits {
    let rows: Int
    /// The most label sets, as far as they are counted.
    let labelSets: Int
  }

  mutating func add(_ row: ExportWriter.RowPlace) {
    if row.series != rows.last?.series { changes += 1 }
    rows.append(row)
  }

  func isFull(_ limits: Limits) -> Bool {
    rows.count >= limits.rows || changes >= limits.labelSets
  }

  mutating func take() -> [ExportWriter.RowPlace] {
    defer { self = ExportBatch() }
    return rows
  }
}

/// A store that takes numbers.
protocol NumberStore {
  var format: ExportFormat { get }
  var limits: ExportBatch.Limits { get }

  /// Sends rows. They may be read back later.
  func send(_ bytes: [UInt8], _ rows: [ExportWriter.RowPlace]) throws

  /// Reads back what was not read yet.
  ///
  /// - Throws: ``Diagnostic`` with status 5 if not all of it is there.
  func confirm() throws
}
