package import Measurements
import Runner
package import System

extension SuiteDefinition {
  /// What is launched for the series of one command.
  package struct Definitions: Sendable {
    package let common: Definition
    /// Of metrics that are read by a pattern.
    package let byMetric: [String: Definition]
  }

  /// - Parameter root: The top of the work tree: a path below it is the same in every clone.
  package func definitions(
    of command: Command, metrics: [LaunchMetric], in root: String
  ) -> Definitions {
    let words = ([command.program] + command.arguments).map { word in
      word.hasPrefix(root + "/") ? "./" + word.dropFirst(root.count + 1) : word
    }
    let typed = Command(words[0], Array(words.dropFirst())).description
    let parts = [
      Definition.Part("command", words, shown: typed), variables,
      workingDirectory.map { Definition.Part("folder", [$0], shown: $0) },
      setup.map { Definition.Part("setup", [$0], shown: $0) }, load,
    ].compactMap(\.self)
    let patterns = metrics.printed.map { number in
      let pattern = Definition.Part("pattern", [number.pattern], shown: number.pattern)
      return (number.metric.name, Definition(parts + [pattern]))
    }
    return Definitions(
      common: Definition(parts), byMetric: Dictionary(patterns, uniquingKeysWith: { a, _ in a }))
  }

  /// Of these only the names are shown: a value may be a secret.
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
