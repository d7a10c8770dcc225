import Measurements

/// All results of a file, for what can only be told from all of them: which settings tell results
/// apart, and which belong to one series.
struct GoTable {
  let entries: [Entry]
  let failures: [GoFailures.Item]
  let input: Input

  struct Entry {
    let result: GoResult
    /// The settings above the result.
    let config: [String: String]
    /// The process that it came from.
    let process: Int
  }

  func reading(units: GoUnits, remarks: [Remark]) throws(IntakeError) -> Reading {
    let varying = varyingKeys
    let labels = varying.union(["pkg"])
    let context = (entries.first?.config ?? [:]).filter { !labels.contains($0.key) }
    return Reading(
      series: try series(units, labels), failures: failed(labels), context: context,
      remarks: remarks + varying.subtracting(["pkg"]).sorted().map(remark))
  }

  /// Settings that differ between results of the file, which would otherwise be mixed.
  private var varyingKeys: Set<String> {
    let all = Set(entries.flatMap(\.config.keys))
    return all.filter { key in Set(entries.map { $0.config[key] }).count > 1 }
  }

  private func remark(_ key: String) -> Remark {
    Remark(.warning, "\(input.name): '\(key)' changes within the file and became a label")
  }

  /// One series per benchmark and metric, one round per process that reports it.
  private func series(_ units: GoUnits, _ labels: Set<String>) throws(IntakeError) -> [Series] {
    var order: [Column] = []
    var rounds: [Column: [Samples]] = [:]
    for entry in entries {
      let config = entry.config.filter { labels.contains($0.key) }
      let benchmark = Benchmark(goName: entry.result.name, labels: config)
      for value in entry.result.values {
        let column = Column(benchmark: benchmark, unit: value.unit)
        if rounds[column] == nil { order.append(column) }
        rounds[column, default: []].add(GoUnits.base(value), of: entry.process)
      }
    }
    var series: [Series] = []
    for column in order {
      series.append(try self.series(column, rounds[column, default: []], units))
    }
    return series
  }

  private func series(
    _ column: Column, _ samples: [Samples], _ units: GoUnits
  ) throws(IntakeError) -> Series {
    do throws(InvalidRound) {
      var rounds: [Round] = []
      for round in samples { rounds.append(try Round(round.values)) }
      return Series(
        benchmark: column.benchmark, metric: units.metric(column.unit), rounds: rounds,
        source: "go")
    } catch {
      throw input.error("'\(column.benchmark)' has \(error)")
    }
  }

  private func failed(_ labels: Set<String>) -> [Failure] {
    failures.map { item in
      let reason = item.reason.isEmpty ? "go test reports FAIL" : item.reason
      guard let subject = item.subject else { return Failure(nil, reason: reason) }
      guard GoResult.isName(subject) else {
        return Failure(nil, reason: "\(subject) failed: \(reason)")
      }
      let config = item.config.filter { labels.contains($0.key) }
      let name = subject.dropFirst("Benchmark".count)
      return Failure(Benchmark(goName: name, labels: config), reason: reason)
    }
  }
}

private struct Column: Hashable {
  let benchmark: Benchmark
  let unit: String
}

/// What one process reports of a column.
private struct Samples {
  let process: Int
  var values: [Double]
}

extension [Samples] {
  fileprivate mutating func add(_ value: Double, of process: Int) {
    if last?.process == process {
      self[count - 1].values.append(value)
    } else {
      append(Samples(process: process, values: [value]))
    }
  }
}
