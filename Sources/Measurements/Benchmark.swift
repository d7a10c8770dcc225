/// A named benchmark, such as `parse/large` with the label `size=1MB`.
///
/// The name is data from other programs: it may contain any character, and only a report makes it
/// harmless.
package struct Benchmark: Sendable {
  package let name: String
  package let labels: [String: String]
  /// The hash of name and labels, stored because a benchmark is looked up many times.
  private let hash: Int

  package init(name: String, labels: [String: String] = [:]) {
    self.name = name
    self.labels = labels
    var hasher = Hasher()
    hasher.combine(name)
    hasher.combine(labels)
    hash = hasher.finalize()
  }
}

extension Benchmark: Hashable {
  package static func == (a: Benchmark, b: Benchmark) -> Bool {
    a.hash == b.hash && a.name == b.name && a.labels == b.labels
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

extension Benchmark: Comparable {
  package static func < (a: Benchmark, b: Benchmark) -> Bool {
    a.name == b.name ? a.labels.text < b.labels.text : a.name < b.name
  }
}

extension Benchmark: CustomStringConvertible {
  /// The name, then its labels in alphabetical order: `parse/large size=1MB`.
  package var description: String {
    labels.isEmpty ? name : "\(name) \(labels.text)"
  }
}

extension [String: String] {
  /// Labels for display, in alphabetical order: `os=linux size=1MB`.
  package var text: String {
    sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }
}
