import CommandLine
import Configuration
import History
import Measurements
import Reports
import Trends

extension LogSession {
  /// The score that groups are ranked by: that of `--metric score:<name>`, or without any metric the
  /// only one of `.perfconfig`; nil to rank by a metric.
  func score() throws(UsageError) -> Score? {
    let scores = workspace.configuration.scores
    let prefix = "score:"
    guard let typed = settings.metrics.first(where: { $0.hasPrefix(prefix) }) else {
      return settings.metrics.isEmpty && scores.count == 1 ? scores[0] : nil
    }
    let name = String(typed.dropFirst(prefix.count))
    guard settings.metrics.count == 1, let score = scores.first(where: { $0.name == name }) else {
      throw UsageError(
        settings.metrics.count == 1
          ? "there is no score '\(name)'" : "a score and another metric exclude each other",
        hint: Suggestion.hint(for: name, among: scores.map(\.name))
          ?? "`.perfconfig` names them: `[score \"quality\"]`, `success = 50`, `cost = 30`")
    }
    return score
  }

  /// `perf-log rank` by a score.
  func scoreAnswer(_ score: Score) throws -> Answer {
    let axis = Axis.single(of: scope.index.runs.indices.map(scope.isWanted))
    var figures: [String: [RankedGroups.Figure]] = [:]
    var groups: [String: JSONValue] = [:]
    var directions: [Direction] = []
    for (place, weight) in score.weights.enumerated() {
      let reader = try StrandReader(
        scope, call, patterns: question.patterns, metrics: [weight.metric])
      let own = try self.groups(reader)
      directions.append(own.first?.metric.better ?? .lower)
      for (group, figure) in try RankedStrands(own, axis, self).figures {
        groups[group.name] = group.json
        // A group that lacked an earlier metric stays without a score.
        if figures[group.name, default: []].count == place {
          figures[group.name, default: []].append(figure)
        }
      }
    }
    let complete = figures.filter { $0.value.count == score.weights.count }.sorted {
      $0.key < $1.key
    }
    let order = ScoredGroups(complete.map(\.value), score, better: directions)
    let names = complete.map(\.key)
    let shown = order.groups.firstAndLast(settings.top, settings.bottom)
    let table = AnswerTable(
      columns: [
        .init("place", right: true), .init("group", flexible: true), .init("score", right: true),
      ] + score.weights.map { .init($0.metric.visible(limit: 40), right: true) } + [
        .init("n", right: true), .init("tied with", flexible: true),
      ],
      rows: shown.map { group in
        [
          .count(group.place), .name(names[group.index]),
          .number(Self.tenths(group.score), group.score),
        ]
          + group.parts.map { .number(Self.tenths($0 * 100), $0) } + [
            .count(group.n), .name(group.tied.map { names[$0] }.joined(separator: ", ")),
          ]
      }, emptiness: "no numbers")
    let rows = shown.map { group -> JSONValue in
      let parts = zip(score.weights, group.parts).map { ($0.metric, JSONValue.number($1)) }
      return .object([
        "place": .integer(Int64(group.place)),
        "tiedWith": .array(group.tied.map { .string(names[$0]) }),
        "group": groups[names[group.index]] ?? .null, "metric": .string("score:\(score.name)"),
        "unit": .string("1"), "value": .number(group.score), "interval": .null,
        "n": .integer(Int64(group.n)),
        "score": .object(Dictionary(parts, uniquingKeysWith: { one, _ in one })),
      ])
    }
    let lacking = groups.keys.filter { !names.contains($0) }.sorted()
    return try answer(
      tables: [table], rows: rows,
      notices: [score.words]
        + (lacking.isEmpty
          ? []
          : [
            "without a score, as a metric is missing: "
              + lacking.prefix(8).map { $0.visible(limit: 40) }.joined(separator: ", ")
          ]))
  }

  private static func tenths(_ value: Double) -> String {
    let number = Int((value * 10).rounded())
    return "\(number / 10).\(number % 10)"
  }
}

extension Score {
  /// How the score is made up, in a sentence.
  fileprivate var words: String {
    let parts = weights.map { "\(percentage($0.value / total)) \($0.metric.visible(limit: 40))" }
    return
      "score \(name.visible(limit: 40)): \(parts.joined(separator: ", ")), each as its ratio to the best "
      + "group's, 100 where a group is the best in all"
  }
}
