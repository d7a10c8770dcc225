package import Measurements
package import Verdicts

/// The answer of a bisection, for a reader.
package struct BisectionAnswer {
  package let finding: Finding
  /// The series that was followed.
  package let row: Series.ID
  package let metric: Metric
  /// True if the earlier end is the worse one.
  package let isSwapped: Bool
  package let confidence: Double
  package let effort: Effort
  /// A line for each commit that could not be measured.
  package let skipped: [String]
  package let note: String?

  package enum Finding {
    /// The commit that brought the change, the short id of the commit before it, and the gate's
    /// verdict on both.
    case culprit(Commit, after: String, SeriesResult?)
    /// The commits one of which brought the change, in order. `isOfSkipped` is true if all but the
    /// last cannot be measured.
    case range([Commit], isOfSkipped: Bool)
  }

  package struct Commit: Hashable {
    let id: String
    let subject: String
    /// The time at which its author wrote it.
    let time: Timestamp?

    package init(id: String, subject: String, time: Timestamp?) {
      self.id = id
      self.subject = subject
      self.time = time
    }
  }

  /// The effort of a bisection.
  package struct Effort: Hashable {
    let launches: Int
    /// The number of commits that were measured, and of all after the good end.
    let measured: Int
    let commits: Int
    let seconds: Double

    package init(launches: Int, measured: Int, commits: Int, seconds: Double) {
      self.launches = launches
      self.measured = measured
      self.commits = commits
      self.seconds = seconds
    }
  }

  package init(
    finding: Finding, row: Series.ID, metric: Metric, isSwapped: Bool, confidence: Double,
    effort: Effort, skipped: [String], note: String?
  ) {
    self.finding = finding
    self.row = row
    self.metric = metric
    self.isSwapped = isSwapped
    self.confidence = confidence
    self.effort = effort
    self.skipped = skipped
    self.note = note
  }
}

extension BisectionAnswer {
  package var text: String {
    (head + [""] + (note.map { [$0] } ?? []) + [sureness, cost] + skipped.map { "skipped \($0)" })
      .map { $0 + "\n" }.joined()
  }

  /// `wall_time of 'pack' is slower`
  private var change: String {
    let isMore = (metric.better == .lower) != isSwapped
    return "\(row.metric.asName) of '\(row.benchmark.description.asName)' is "
      + metric.adjective(isMore: isMore)
  }

  private var head: [String] {
    switch finding {
    case .culprit(let commit, let before, let result):
      ["\(commit.id)", "is the first commit where \(change)"] + Self.lines(of: commit)
        + (result.map { ["", "against \(before): \(Self.words(for: $0))"] } ?? [])
    case .range(let commits, let isOfSkipped):
      [
        isOfSkipped
          ? "one of these \(commits.count) commits is the first where \(change), and all but the last cannot be measured:"
          : "one of these \(commits.count) commits is the first where \(change):"
      ] + shown(commits)
    }
  }

  private static func lines(of commit: Commit) -> [String] {
    [commit.time.map { "    \($0)" }, "    \(commit.subject.visible(limit: 200))"]
      .compactMap(\.self)
  }

  private func shown(_ commits: [Commit]) -> [String] {
    func line(_ commit: Commit) -> String {
      "    \(commit.id.prefix(10)) \(commit.subject.visible(limit: 100))"
    }
    guard commits.count > 20 else { return commits.map(line) }
    return commits.prefix(10).map(line) + ["    and \(commits.count - 20) between"]
      + commits.suffix(10).map(line)
  }

  private var sureness: String { "\(fixed(min(confidence, 0.999) * 100, 1)) % sure" }

  private var cost: String {
    "\(count(effort.launches, "launch", plural: "launches")) of \(count(effort.measured, "commit")), of "
      + "\(effort.commits) after the good one, in \(Self.time(effort.seconds))"
  }

  private static func time(_ seconds: Double) -> String {
    guard seconds >= 100 else { return "\(fixed(seconds, seconds < 10 ? 1 : 0)) s" }
    return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
  }

  /// A comparison in figures: `wall_time of 'pack' 10.0 ms -> 12.5 ms, +24.8 % [+23.1, +26.5], p
  /// 0.002, 6 and 6 launches: regression`.
  package static func words(for result: SeriesResult) -> String {
    let name = "\(result.id.metric.asName) of '\(result.id.benchmark.description.asName)'"
    guard let comparison = result.comparison else { return "\(name): \(result.words)" }
    let scale = Scale(result.metric.unit, for: [comparison.old.median, comparison.new.median])
    var parts = ["\(scale.text(comparison.old.median)) -> \(scale.text(comparison.new.median))"]
    if let change = comparison.effect.change {
      let interval = comparison.effect.interval.map { " \(percentRange($0))" } ?? ""
      parts.append(percent(change) + interval)
    } else if let difference = comparison.effect.difference {
      parts.append("\(difference.estimate > 0 ? "+" : "")\(significant(difference.estimate))")
    }
    if let p = result.significance?.p { parts.append("p \(probability(p))") }
    parts.append("\(comparison.old.rounds) and \(comparison.new.rounds) launches")
    if ![.regression, .improvement, .collapsed].contains(result.verdict.kind),
      let detectable = result.detectableChange
    {
      parts.append("\(percent(detectable)) would be seen")
    }
    return "\(name) \(parts.joined(separator: ", ")): \(result.words)"
  }
}
