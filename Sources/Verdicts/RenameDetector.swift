import Measurements
import Statistics

/// Finds the missing benchmarks that may go on under another name.
enum RenameDetector {
  /// Returns for each benchmark that the candidate no longer has the new one most like it: with the
  /// same labels and metrics, and with medians no more than twice as large or small.
  ///
  /// - Complexity: O(missing · new) of one shape. If there are more pairs than anybody would look
  ///   through, none is likely.
  static func likely(_ pairs: [Pair], _ findings: [PairResult]) -> [Benchmark: Benchmark] {
    guard findings.contains(where: \.isMissing), findings.contains(where: \.isNew) else {
      return [:]
    }
    var gone: [Shape: [Profile]] = [:]
    var fresh: [Shape: [Profile]] = [:]
    let all = Dictionary(grouping: zip(pairs, findings), by: \.0.id.benchmark)
    for (benchmark, group) in all {
      if group.allSatisfy(\.1.isMissing) {
        Profile(benchmark, group.compactMap(\.0.old.first)).map {
          gone[$0.shape, default: []] += [$0]
        }
      } else if group.allSatisfy(\.1.isNew) {
        Profile(benchmark, group.compactMap(\.0.new.first)).map {
          fresh[$0.shape, default: []] += [$0]
        }
      }
    }
    var renames: [Benchmark: Benchmark] = [:]
    for (shape, profiles) in gone {
      renames.merge(matches(profiles, fresh[shape] ?? [])) { first, _ in first }
    }
    return renames
  }

  private static let mostPairs = 100_000

  /// Returns the nearest pairs first, each benchmark once.
  private static func matches(_ gone: [Profile], _ fresh: [Profile]) -> [Benchmark: Benchmark] {
    guard gone.count * fresh.count <= mostPairs else { return [:] }
    let near = gone.flatMap { old in
      fresh.compactMap { new in old.distance(to: new).map { (old, new, $0) } }
    }
    let ordered = near.sorted {
      ($0.2, $0.0.benchmark, $0.1.benchmark) < ($1.2, $1.0.benchmark, $1.1.benchmark)
    }
    var renames: [Benchmark: Benchmark] = [:]
    var taken: Set<Benchmark> = []
    for (old, new, _) in ordered
    where renames[old.benchmark] == nil && taken.insert(new.benchmark).inserted {
      renames[old.benchmark] = new.benchmark
    }
    return renames
  }
}

/// The properties that must be equal for two benchmarks to be one.
private struct Shape: Hashable {
  let labels: [String: String]
  /// The metrics, without their recorder's opinions of them.
  let metrics: [String]
}

/// A benchmark described by its numbers.
private struct Profile {
  let benchmark: Benchmark
  let shape: Shape
  private let medians: [Double]

  init?(_ benchmark: Benchmark, _ series: [Series]) {
    let sorted = series.sorted { $0.id < $1.id }
    self.benchmark = benchmark
    shape = Shape(
      labels: benchmark.labels,
      metrics: sorted.map { "\($0.metric.name) \($0.metric.unit.symbol) \($0.metric.better)" })
    medians = sorted.compactMap { $0.values.median }
    guard !medians.isEmpty, medians.count == series.count else { return nil }
  }

  /// Returns the largest factor between two medians of one metric; nil if it is more than two.
  func distance(to other: Profile) -> Double? {
    let factors = zip(medians, other.medians).map { a, b in
      a == b ? 1 : a * b > 0 ? max(a / b, b / a) : .infinity
    }
    return factors.max().flatMap { $0 <= 2 ? $0 : nil }
  }
}

extension PairResult {
  fileprivate var isMissing: Bool { if case .missing = self { true } else { false } }
  fileprivate var isNew: Bool { if case .new = self { true } else { false } }
}
