import Measurements
import Verdicts

extension SideDescription {
  /// The side in words, as in `main (4f2a1c9d10), 2 runs`.
  var summary: String {
    let label = commitBesidesName.map { "\(name.visible()) (\($0))" } ?? name.visible()
    return runs.count > 1 ? "\(label), \(runs.count) runs" : label
  }

  /// The name of the side in a sentence.
  var label: String { name.visible(limit: 60) }

  /// The commit, shortened; nil if the name already is the commit.
  var commitBesidesName: String? {
    commitID.map { String($0.prefix(10)) }.flatMap { $0 == name ? nil : $0 }
  }

  /// The commit if it is an id: a file can hold anything in its place.
  var commitID: String? { commit?.objectID }

  /// The tree if it is an id.
  var treeID: String? { tree?.objectID }
}

extension AnchorDescription {
  /// The fixed point in words, as in `v1.2 (4f2a1c9d10), the newest tag like v*`.
  var summary: String {
    let words = explanation.visible(limit: 300)
    return party.map { "\($0.summary), \(words)" } ?? words
  }
}

extension String {
  fileprivate var objectID: String? {
    [40, 64].contains(utf8.count) && utf8.allSatisfy(\.isHex) ? self : nil
  }
}

extension UInt8 {
  fileprivate var isHex: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
    default: false
    }
  }
}

extension Environment {
  /// The machine in words, as in `Intel Xeon, 2 cores, Debian 12, x86_64`.
  var summary: String {
    let labels = labels.isEmpty ? [] : [labels.text]
    return ([cpu, count(cores, "core"), os, arch] + labels).joined(separator: ", ")
      .visible(limit: 200)
  }
}

/// A fact that a reader must know to weigh a report.
struct Circumstance {
  let name: String
  let text: String
}

extension SuiteReport {
  /// The sides that were compared, and the way.
  var circumstances: [Circumstance] {
    let baselines = ["\(baseline.summary), \(origin.explanation.visible(limit: 200))"]
    let facts: [(String, String?)] =
      (baselines + otherBaselines).map { ("baseline", $0) } + [
        ("candidate", candidate.summary), ("machine", candidate.environment?.summary),
        ("differs in", machineDifferences), ("test", test), ("decides", decider),
        ("anchor", anchor?.summary),
      ]
    return facts.compactMap { name, text in text.map { Circumstance(name: name, text: $0) } }
  }

  /// The baselines of rows that have another baseline than most:
  /// `of p: 92dc07736c, the commit before, on main`.
  var otherBaselines: [String] {
    let others = Dictionary(grouping: familyResult.seriesResults.filter { $0.comparison != nil }) {
      baseline(of: $0)
    }.filter { $0.key.party != baseline }
    let ordered = others.sorted {
      ($1.value.count, $0.value[0].id) < ($0.value.count, $1.value[0].id)
    }
    let shown = ordered.prefix(Self.mostBaselines).map { other, seriesResults in
      let names = Set(seriesResults.map(\.id.benchmark.name)).sorted().names
      return "of \(names): \(other.party.summary), "
        + other.origin.explanation.visible(limit: 200)
    }
    let rest = ordered.count - shown.count
    return shown
      + (rest > 0 ? ["of other rows: \(rest) more, which `perf-gate --explain` names"] : [])
  }

  private static let mostBaselines = 3

  /// The metrics that decide, if these are not all.
  var decider: String? {
    guard !policy.deciding.isEmpty else { return nil }
    let names = policy.deciding.map { $0.text.visible(limit: 60) }.joined(separator: ", ")
    let isProxy = policy.deciding.contains { $0.matches("instructions") }
    return names + (isProxy ? ", which stand for time and are none" : "")
      + "; other metrics of the same benchmarks fail nothing"
  }

  /// The test in words, as in `Mann-Whitney, alpha 0.05, benjamini-hochberg over 54 series,
  /// threshold ±10 %`.
  var test: String {
    let rows = familyResult.taskFamilySize
    let family =
      count(familyResult.familySize - rows, "series", plural: "series")
      + (rows > 0 ? " and over \(count(rows, "rate")) of several tasks" : "")
    return "Mann-Whitney, alpha \(policy.alpha)\(looks), \(policy.correctionName) over \(family), "
      + "threshold ±\(threshold(policy.threshold.value))"
  }

  /// The looks at which rounds were judged that were still coming in, and their strictness.
  private var looks: String {
    let levels = Set(familyResult.seriesResults.map(\.level)).compactMap { level in
      level.look.map { (rounds: $0, alpha: level.alpha) }
    }
    guard !levels.isEmpty else { return "" }
    let each = levels.sorted { ($0.rounds, $0.alpha) < ($1.rounds, $1.alpha) }.map {
      "\($0.alpha) up to \($0.rounds)"
    }
    return " in looks (\(each.joined(separator: ", ")) rounds)"
  }

  /// The differences between the machines of the two sides, though they were compared:
  /// `cpu: A / B`.
  var machineDifferences: String? {
    guard let old = baseline.environment, let new = candidate.environment else { return nil }
    let differences = new.differences(from: old)
    guard !differences.isEmpty else { return nil }
    return differences.map(\.description).joined(separator: ", ").visible(limit: 200)
  }
}
