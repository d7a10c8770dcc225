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
      /// The place among the values, where it is not that of the alphabet.
      var rank = 0
    }

    static func < (a: Key, b: Key) -> Bool {
      for (one, two) in zip(a.values, b.values) where one != two {
        return (one.rank, one.text == nil ? 0 : 1, one.text ?? "")
          < (two.rank, two.text == nil ? 0 : 1, two.text ?? "")
      }
      return (a.metric, a.unit.symbol) < (b.metric, b.unit.symbol)
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

  /// The groups of strands, in the order of their values.
  func groups(of strands: [Strand]) throws -> [(key: Key, strands: [Strand])] {
    var parts = strands.map { (values: [Key.Value](), strand: $0) }
    for grouping in groupings {
      if case .class(let name) = grouping {
        let classes = try StrandClasses(name, of: strands, session)
        parts = parts.flatMap { part in
          classes.parts(of: part.strand).map { one in
            let value = Key.Value(grouping: grouping, text: one.name, rank: one.rank)
            return (part.values + [value], one.strand)
          }
        }
      } else {
        parts = parts.map {
          ($0.values + [Key.Value(grouping: grouping, text: text(grouping, $0.strand))], $0.strand)
        }
      }
    }
    var groups: [Key: [Strand]] = [:]
    for (values, strand) in parts {
      let key = Key(values: values, metric: strand.metric.name, unit: strand.metric.unit)
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
