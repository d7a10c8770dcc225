package import Measurements
import Statistics

/// The tasks of a recording, a line each, for the person who waited for it.
package struct TaskSummary: Sendable {
  private let rows: [Row]
  /// The labels that all tasks have with the same values.
  private let shared: [String: String]

  /// A task in figures.
  private struct Row: Sendable {
    let benchmark: Benchmark
    private let rounds: [String: [Double]]

    init(_ benchmark: Benchmark, _ series: [Series]) {
      self.benchmark = benchmark
      rounds = Dictionary(
        series.map { ($0.metric.name, $0.rounds.compactMap(\.samples.median)) },
        uniquingKeysWith: { one, _ in one })
    }

    var attempts: Int { rounds["success"]?.count ?? 0 }
    var solved: Int { Int(sum("success") ?? 0) }

    func sum(_ metric: String) -> Double? { rounds[metric]?.reduce(0, +) }
    func median(_ metric: String) -> Double? { rounds[metric]?.median }
    /// The launches that were tried again.
    var repeated: Int { Int((sum("attempts") ?? 0)) - (rounds["attempts"]?.count ?? 0) }
  }

  /// - Parameter series: All series of the recording.
  /// - Returns: nil if no task says whether it was solved.
  package init?(_ series: [Series]) {
    let groups = Dictionary(grouping: series, by: \.benchmark)
    let tasks = groups.filter { $0.value.contains { $0.metric == .success } }
    guard !tasks.isEmpty else { return nil }
    rows = tasks.keys.sorted().map { Row($0, tasks[$0, default: []]) }
    shared = rows.dropFirst().reduce(rows[0].benchmark.labels) { shared, row in
      shared.filter { row.benchmark.labels[$0.key] == $0.value }
    }
  }

  /// True if a benchmark is one of the tasks.
  package func has(_ benchmark: Benchmark) -> Bool { rows.contains { $0.benchmark == benchmark } }

  /// The task without the labels that all have.
  private func name(of row: Row) -> String {
    let own = row.benchmark.labels.filter { rows.count == 1 || shared[$0.key] == nil }
    return Benchmark(name: row.benchmark.name, labels: own).description.visible(limit: 60)
  }

  /// The most lines of tasks.
  private static let most = 40

  package var text: String {
    let open = rows.filter { $0.solved < $0.attempts }
    let shown = rows.count <= Self.most ? rows : Array(open.prefix(Self.most))
    let left = rows.count - shown.count
    let table = shown.isEmpty ? [] : textTable(shown, columns(for: shown))
    let more =
      left > 0
      ? [
        "and \(left) more, \(rows.count - open.count) of all solved in every round: `perf-log show HEAD`"
      ]
      : []
    return (table + more + [total]).map { $0 + "\n" }.joined()
  }

  /// `70 of 72 rounds of 24 tasks solved (97.2 %), $1.24, 812 k tokens`.
  private var total: String {
    let attempts = rows.reduce(0) { $0 + $1.attempts }
    let solved = rows.reduce(0) { $0 + $1.solved }
    func sum(_ metric: String) -> Double? {
      let sums = rows.compactMap { $0.sum(metric) }
      return sums.isEmpty ? nil : sums.reduce(0, +)
    }
    let share = fixed(Double(solved) / Double(max(1, attempts)) * 100, 1)
    let repeated = rows.reduce(0) { $0 + $1.repeated }
    let lost = Int(sum("infrastructure_failures") ?? 0)
    let parts: [String?] = [
      "\(solved) of \(attempts) rounds of \(rows.count) \(rows.count == 1 ? "task" : "tasks") "
        + "solved (\(share) %)",
      sum("cost").map { Scale(.dollars, for: [$0]).text($0) },
      sum("total_tokens").map { "\(Scale(.one, for: [$0]).text($0)) tokens" },
      repeated > 0 ? "\(repeated) tried again" : nil,
      lost > 0 ? "\(lost) infrastructure failures" : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private func columns(for shown: [Row]) -> [TextColumn<Row>] {
    func column(
      _ title: String, _ unit: Unit, _ value: @escaping (Row) -> Double?
    ) -> TextColumn<Row>? {
      guard shown.contains(where: { value($0) != nil }) else { return nil }
      return TextColumn(title: title, right: true) { row in
        value(row).map { Scale(unit, for: [$0]).text($0) } ?? "-"
      }
    }
    let figures = [
      column("time", .nanoseconds) { $0.median("wall_time") },
      column("tokens", .one) { $0.median("total_tokens") },
      column("cost", .dollars) { $0.median("cost") },
    ]
    return [
      TextColumn(title: "task", cell: name),
      TextColumn(title: "solved", right: true) { "\($0.solved) of \($0.attempts)" },
    ] + figures.compactMap(\.self)
  }
}
