import Measurements

/// Tasks that were carried out by another language model on the two sides.
///
/// The labels `model` and `provider` are told by the tool that carries a task out. A task whose labels
/// differ in nothing else is the same task: a cheaper model that solves less is no benchmark that went
/// away beside one that is new.
enum ModelChange {
  /// The labels that a tool tells, and that are no part of the task.
  private static let labels: Set = ["model", "provider"]

  /// The benchmark of the new side for each of the old side that went on with another model. A task that
  /// a side has with several models that the other lacks is left alone: nobody knows which became which.
  static func successors(old: [Series], new: [Series]) -> [Benchmark: Benchmark] {
    let (before, after) = (Set(old.map(\.benchmark)), Set(new.map(\.benchmark)))
    let gone = tasks(of: old).subtracting(after)
    let added = tasks(of: new).subtracting(before)
    guard !gone.isEmpty, !added.isEmpty else { return [:] }
    let olds = Dictionary(grouping: gone, by: task)
    let news = Dictionary(grouping: added, by: task)
    var successors: [Benchmark: Benchmark] = [:]
    for (task, old) in olds {
      guard old.count == 1, let new = news[task], new.count == 1 else { continue }
      successors[old[0]] = new[0]
    }
    return successors
  }

  /// The benchmarks that a model carried out: they have outcomes or tokens.
  private static func tasks(of series: [Series]) -> Set<Benchmark> {
    Set(
      series.filter { series in
        !labels.isDisjoint(with: series.benchmark.labels.keys)
          && (series.metric.isOutcome || series.metric.isAmount)
      }.map(\.benchmark))
  }

  /// The benchmark without the labels that a tool tells.
  static func task(of benchmark: Benchmark) -> Benchmark {
    Benchmark(
      name: benchmark.name, labels: benchmark.labels.filter { !labels.contains($0.key) })
  }
}
