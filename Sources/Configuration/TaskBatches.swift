/// The order of tasks: those of one batch have all their rounds before the next begins.
package struct TaskBatches: Hashable, Sendable {
  /// The label that names the batch of a task.
  package let label: String
  /// The values of the label, in the order of the batches. Tasks with another value come last.
  package let values: [String]

  /// The places of tasks by batch, without batches that have none.
  ///
  /// - Parameter labels: The labels of each task.
  package func places(_ labels: [[String: String]]) -> [[Int]] {
    let batches = labels.map { labels in
      labels[label].flatMap { values.firstIndex(of: $0) } ?? values.count
    }
    return (0...values.count).map { batch in batches.indices.filter { batches[$0] == batch } }
      .filter { !$0.isEmpty }
  }
}
