package import Measurements
import Runner
import System

extension SuiteDefinition {
  /// The definitions of all series of one command: what is launched for them.
  package struct Definitions: Sendable {
    package let common: Definition
    /// The definitions of metrics that are read by a pattern, by name of the metric.
    package let byMetric: [String: Definition]
  }

  /// Returns the definitions of all series of a command.
  ///
  /// - Parameter root: The top of the work tree. A path below it becomes relative, so that it is
  ///   the same in every clone.
  package func definitions(
    of named: NamedCommand, metrics: [LaunchMetric], in root: String
  ) -> Definitions {
    let command = named.command
    let words = ([command.program] + command.arguments).map { word in
      word.hasPrefix(root + "/") ? "./" + word.dropFirst(root.count + 1) : word
    }
    let typed = Command(words[0], Array(words.dropFirst())).description
    let parts = [
      Definition.Part("command", words, shown: typed), variables,
      workingDirectory.map { Definition.Part("folder", [$0], shown: $0) },
      setup.map { Definition.Part("setup", [$0], shown: $0) }, load,
      named.input.map { Definition.Part("input", [$0], shown: $0) },
      outcome.map { Definition.Part("outcome", [$0.description], shown: $0.description) },
    ].compactMap(\.self)
    let patterns = metrics.printed.map { number in
      let pattern = Definition.Part("pattern", [number.pattern], shown: number.pattern)
      return (number.metric.name, Definition(parts + [pattern]))
    }
    // Tasks that run at the same time take longer, and their tokens stay the same.
    let timed = parallel.flatMap { $0 > 1 ? $0 : nil }.map { parallel in
      let part = Definition.Part("parallel", ["\(parallel)"], shown: "\(parallel)")
      return Metric.ofLaunches.map { ($0, Definition(parts + [part])) }
    }
    return Definitions(
      common: Definition(parts),
      byMetric: Dictionary(patterns + (timed ?? []), uniquingKeysWith: { a, _ in a }))
  }

  /// The variables of the suite. Only their names are shown, because a value may be a secret.
  private var variables: Definition.Part? {
    guard !environment.isEmpty else { return nil }
    let sorted = environment.sorted { $0.key < $1.key }
    return Definition.Part(
      "variables", sorted.flatMap { [$0.key, $0.value] },
      shown: sorted.map(\.key).joined(separator: ", "))
  }

  private var load: Definition.Part? {
    guard let concurrency else { return nil }
    let amount = requests.map { "\($0) requests" } ?? "\(duration ?? .seconds(1))"
    return Definition.Part(
      "load", ["\(concurrency)", amount], shown: "\(concurrency) at once, \(amount)")
  }
}
