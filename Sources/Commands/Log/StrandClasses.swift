import CommandLine
import Configuration
import History
import Measurements
import Statistics
import Trends

/// The class of each run of each benchmark, by a table of `.perfconfig`.
struct StrandClasses {
  private struct Home: Hashable {
    let benchmark: Benchmark
    let suite: String
    let machine: String?

    init(_ strand: Strand) {
      (benchmark, suite, machine) = (strand.benchmark, strand.suite, strand.machine)
    }
  }

  private let table: ClassTable
  /// The class of each run, as a place in the table.
  private var classes: [Home: [Int: Int]] = [:]

  /// Reads the metric of a table for the benchmarks of some strands, also where filters left it out.
  ///
  /// - Parameter name: The name of the table.
  init(_ name: String, of strands: [Strand], _ session: LogSession) throws {
    table = try session.classTable(named: name)
    let benchmarks = Set(strands.map(\.benchmark))
    let index = session.scope.index
    let places = index.series.indices.filter { place in
      let (benchmark, metric) = index.series[place]
      return metric.name == table.metric && metric.unit == table.unit
        && benchmarks.contains(benchmark)
    }
    let metrics = Set(index.series.map(\.metric.name))
    guard metrics.contains(table.metric) else {
      throw UsageError(
        "the classes '\(name)' are of a metric that was never recorded: \(table.metric.visible())",
        hint: Suggestion.hint(for: table.metric, among: metrics.sorted()))
    }
    let reader = StrandReader(session.scope, series: places)
    for strand in try reader.strands() {
      var own: [Int: Int] = [:]
      for entry in strand.values.entries {
        let name = table.name(of: Array(strand.values.values(of: entry)).median ?? 0)
        own[entry.run] = table.names.firstIndex(of: name)
      }
      classes[Home(strand)] = own
    }
  }

  /// The parts of a strand whose runs are of one class, in the order of the table. The runs without a
  /// number of the table's metric are a part without a name.
  func parts(of strand: Strand) -> [(name: String?, rank: Int, strand: Strand)] {
    let own = classes[Home(strand)] ?? [:]
    let ranks = Set(strand.values.entries.map { own[$0.run] ?? -1 }).sorted()
    return ranks.map { rank in
      let values = strand.values.keeping { (own[$0] ?? -1) == rank ? $0 : nil }
      let part = Strand(
        values: values, suite: strand.suite, machine: strand.machine, kind: strand.kind)
      return (rank < 0 ? nil : table.names[rank], rank, part)
    }
  }
}

extension LogSession {
  func classTable(named name: String) throws(UsageError) -> ClassTable {
    let all = workspace.configuration.classes
    guard let table = all.first(where: { $0.name == name }) else {
      throw UsageError(
        "there are no classes '\(name)'",
        hint: Suggestion.hint(for: name, among: all.map(\.name))
          ?? "`.perfconfig` names them: `[class \"speed\"]`, `metric = wall_time`, `fast = 30s`")
    }
    return table
  }

  /// The number of values in each class of the tables for a metric; nil where there is no table.
  func classes(of values: [Double], _ metric: Metric) -> [(name: String, count: Int)]? {
    let tables = workspace.configuration.classes.filter {
      $0.metric == metric.name && $0.unit == metric.unit
    }
    guard !tables.isEmpty else { return nil }
    return tables.flatMap { table in
      var counts: [String: Int] = [:]
      for value in values { counts[table.name(of: value), default: 0] += 1 }
      return table.names.map { (name: $0, count: counts[$0] ?? 0) }
    }
  }
}
