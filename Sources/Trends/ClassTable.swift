package import Measurements

/// Classes of the values of a metric, such as fast, medium, slow and very slow.
///
/// Each step names the values below its limit that no step before it has. Values at or above the
/// last limit have a name of their own, `very` and the name of the last step.
package struct ClassTable: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package let name: String
    /// The limit that the values of the step stay below.
    package let limit: Quantity

    package init(_ name: String, below limit: Quantity) {
      self.name = name
      self.limit = limit
    }
  }

  package let name: String
  /// The name of the metric whose values are classified.
  package let metric: String
  /// The steps by rising limits, at least one. All limits have the same unit.
  package let steps: [Step]

  /// - Throws: ``Problem`` if the steps are no table.
  package init(_ name: String, metric: String, steps: [Step]) throws(Problem) {
    guard let first = steps.first, let last = steps.last else { throw .noSteps }
    for (step, next) in zip(steps, steps.dropFirst()) {
      guard next.limit.unit == first.limit.unit else { throw .unit(step, next) }
      guard step.limit.value < next.limit.value else { throw .order(step, next) }
    }
    let metrics = Metric.ofCommands + [.cpuTime]
    if let known = metrics.first(where: { $0.name == metric }), known.unit != first.limit.unit {
      throw .metric(metric, first)
    }
    var names: Set = [Self.beyond(last)]
    for step in steps {
      guard names.insert(step.name).inserted else { throw .name(step.name) }
    }
    self.name = name
    self.metric = metric
    self.steps = steps
  }

  /// The base unit of the values.
  package var unit: Unit { steps[0].limit.unit }

  /// The names of all classes, from the lowest values to the highest.
  package var names: [String] { steps.map(\.name) + [Self.beyond(steps[steps.count - 1])] }

  /// Returns the name of the class of a value.
  ///
  /// - Parameter value: A value in the base unit ``unit``.
  package func name(of value: Double) -> String {
    steps.first { value < $0.limit.value }?.name ?? Self.beyond(steps[steps.count - 1])
  }

  private static func beyond(_ last: Step) -> String { "very \(last.name)" }
}

extension ClassTable {
  /// The reason that steps are no table of classes.
  package enum Problem: Error, Hashable, CustomStringConvertible {
    case noSteps
    /// The second limit has another unit than the first.
    case unit(Step, Step)
    /// The second limit is not above the first.
    case order(Step, Step)
    /// The first limit has another unit than the metric.
    case metric(String, Step)
    /// Two classes have this name.
    case name(String)

    package var description: String {
      switch self {
      case .noSteps: "it has no class"
      case .unit(let a, let b):
        "the limits \(a.limit) of '\(a.name)' and \(b.limit) of '\(b.name)' have different units"
      case .order(let a, let b):
        "the limit \(b.limit) of '\(b.name)' is not above \(a.limit) of '\(a.name)'"
      case .metric(let metric, let step):
        "the limit \(step.limit) of '\(step.name)' has another unit than \(metric)"
      case .name(let name): "two classes are called '\(name)'"
      }
    }
  }
}
