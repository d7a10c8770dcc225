import CommandLine
import History
import Measurements
import Reports
import Verdicts

/// The value of `--by`, `label:<name>[=<base>]`: the label whose values are compared, and the value
/// that the others are compared with.
struct LabelChoice: Sendable {
  let name: String
  /// The value that the others are compared with; nil for the first value.
  let base: String?
}

extension Argument where Value == LabelChoice {
  static var label: Self {
    Argument("label:<name>[=<base>]") { text throws(UsageError) in
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0] == "label" else {
        throw UsageError("not a label", hint: "write it like 'label:size', or 'label:size=1MB'")
      }
      let words = parts[1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = words.first, !name.isEmpty else {
        throw UsageError("a label without a name", hint: "write it like 'label:size'")
      }
      return LabelChoice(name: String(name), base: words.count > 1 ? String(words[1]) : nil)
    }
  }
}

extension PartComparison {
  /// Compares the series of each value of a label with those of the first value, or of the one that
  /// is chosen.
  ///
  /// - Throws: ``Diagnostic`` if no series has the label, or if all have the same value.
  static func byLabel(
    _ label: LabelChoice, _ part: RecordedPart, of candidate: SelectedRuns
  ) throws -> [PartComparison] {
    var variants: [String: [Series]] = [:]
    for series in part.pool.series {
      guard let value = series.benchmark.labels[label.name] else { continue }
      variants[value, default: []].append(series.without(label.name))
    }
    let values = variants.keys.sorted { $0.compare(to: $1) }
    guard let base = label.base ?? values.first, let old = variants[base] else {
      let known = Set(part.pool.series.flatMap(\.benchmark.labels.keys)).sorted()
      throw Diagnostic(
        .nothingToCompare,
        label.base != nil && !values.isEmpty
          ? "no benchmark of '\(candidate.name)' has the label \(label.name)=\(label.base ?? "")"
          : "no benchmark of '\(candidate.name)' has a label '\(label.name)'",
        hint: values.isEmpty
          ? known.isEmpty ? "none has any label" : "there are \(known.listed)"
          : "there are \(values.listed)")
    }
    let others = values.filter { $0 != base }
    guard !others.isEmpty else {
      throw Diagnostic(
        .nothingToCompare, "all benchmarks of '\(candidate.name)' have \(label.name)=\(base)",
        hint: "record other values of the label, or compare revisions")
    }
    return others.map { value in
      PartComparison(
        part, of: candidate, old: old, named: "\(label.name)=\(base)",
        new: variants[value] ?? [], named: "\(label.name)=\(value)")
    }
  }

  /// Compares two sides within one run.
  private init(
    _ part: RecordedPart, of whole: SelectedRuns, old: [Series], named oldName: String,
    new: [Series],
    named newName: String
  ) {
    let party = whole.party(part)
    func side(_ name: String) -> SideDescription {
      SideDescription(
        name: name, commit: party.commit, tree: party.tree, runs: party.runs,
        environment: party.environment, conditions: party.conditions)
    }
    candidate = side(newName)
    baseline = side(oldName)
    origin = Origin(
      rule: Baseline.Rule.against.rawValue, explanation: "of the same run", distance: nil,
      skipped: [])
    baselines = []
    self.old = old
    self.new = new
    evidence = new
    failures = []
    context = BaselineContext(candidateIsPart: true)
    told = []
    warnings =
      whole.warnings
      + part.pool.failures.map { "'\($0.benchmark?.name ?? "(unnamed)")' failed: \($0.reason)" }
  }
}

extension Series {
  /// Returns a copy whose benchmark does not have the label.
  fileprivate func without(_ label: String) -> Series {
    let benchmark = Benchmark(
      name: benchmark.name, labels: benchmark.labels.filter { $0.key != label })
    return Series(
      benchmark: benchmark, metric: metric, rounds: rounds, source: source, isSummary: isSummary,
      original: original, definition: nil)
  }
}

extension String {
  /// Returns true if the text comes before another one. Numbers and amounts are sorted by size: `2`
  /// before `10`, `10kB` before `1MB`.
  fileprivate func compare(to other: String) -> Bool {
    guard let amount = Quantity(self), let otherAmount = Quantity(other),
      amount.unit == otherAmount.unit, amount.value != otherAmount.value
    else { return self < other }
    return amount.value < otherAmount.value
  }
}
