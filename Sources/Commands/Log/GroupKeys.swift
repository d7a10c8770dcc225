import CommandLine
import Measurements
import Trends

/// The values of a strand by which `--by` groups it.
struct GroupKeys {
  private let groupings: [Grouping]
  private let session: LogSession

  /// - Parameter groupings: Without those that say when.
  init(_ groupings: [Grouping], _ session: LogSession) {
    self.groupings = groupings
    self.session = session
  }

  /// The values of one group, in the order of `--by`, and the metric with its unit.
  struct Key: Hashable, Comparable, CustomStringConvertible {
    let values: [Value]
    let metric: String
    let unit: Unit

    struct Value: Hashable {
      let grouping: Grouping
      /// nil for a strand that has none.
      let text: String?
    }

    static func < (a: Key, b: Key) -> Bool {
      let (one, two) = (a.order, b.order)
      return one.lexicographicallyPrecedes(two)
    }

    private var order: [String] {
      values.map { $0.text.map { "1\($0)" } ?? "0" } + [metric, unit.symbol]
    }

    var description: String {
      values.map { $0.text ?? "none" }.joined(separator: ", ")
    }

    var json: JSONValue {
      .object(
        Dictionary(
          values.map { ($0.grouping.description, .text($0.text)) }, uniquingKeysWith: { a, _ in a })
      )
    }
  }

  /// The groups of strands, in alphabetical order.
  func groups(of strands: [Strand]) throws -> [(key: Key, strands: [Strand])] {
    var groups: [Key: [Strand]] = [:]
    for strand in strands {
      let key = Key(
        values: groupings.map { Key.Value(grouping: $0, text: text($0, strand)) },
        metric: strand.metric.name, unit: strand.metric.unit)
      groups[key, default: []].append(strand)
    }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func text(_ grouping: Grouping, _ strand: Strand) -> String? {
    switch grouping {
    case .benchmark: strand.benchmark.name
    case .label(let name): strand.benchmark.labels[name]
    case .metric: strand.metric.name
    case .machine: strand.machine
    case .class, .commit, .period: nil
    }
  }
}
