/// The machine that a run was measured on.
package struct Environment: Hashable, Sendable {
  /// Runs are comparable when their keys are equal; by default a fingerprint of the other fields.
  package let key: String
  package let cpu: String
  package let cores: Int
  /// In bytes.
  package let memory: Int64
  /// Name and major version: `Debian 12`.
  package let os: String
  package let kernel: String
  package let arch: String
  package let labels: [String: String]

  /// A nil `key` takes the fingerprint of the other fields.
  package init(
    key: String? = nil, cpu: String, cores: Int, memory: Int64, os: String, kernel: String,
    arch: String, labels: [String: String] = [:]
  ) {
    self.cpu = cpu
    self.cores = cores
    self.memory = memory
    self.os = os
    self.kernel = kernel
    self.arch = arch
    self.labels = labels
    self.key =
      key ?? Self.fingerprint(cpu: cpu, cores: cores, os: os, arch: arch, labels: labels)
  }

  /// Over what makes numbers comparable: processor, cores, operating system, architecture and labels;
  /// not memory or kernel, which change without being felt.
  private static func fingerprint(
    cpu: String, cores: Int, os: String, arch: String, labels: [String: String]
  ) -> String {
    [cpu, String(cores), os, arch, labels.text].joined(separator: "\n").utf8.fingerprint
  }
}

extension Environment {
  /// What the key is where nobody sets another.
  package var fingerprint: String {
    Self.fingerprint(cpu: cpu, cores: cores, os: os, arch: arch, labels: labels)
  }

  /// One field in which two environments differ.
  package struct Difference: Hashable, Sendable, CustomStringConvertible {
    package let field: String
    package let old: String
    package let new: String

    package var description: String {
      "\(field): \(old.isEmpty ? "none" : old) / \(new.isEmpty ? "none" : new)"
    }
  }

  /// The fields of the key that differ, for a reader who asks why two runs are not comparable.
  ///
  /// Where only an explicit key differs, that key is the difference.
  package func differences(from other: Environment) -> [Difference] {
    let pairs = [
      ("cpu", other.cpu, cpu), ("cores", String(other.cores), String(cores)), ("os", other.os, os),
      ("arch", other.arch, arch), ("labels", other.labels.text, labels.text),
    ]
    let differing = pairs.filter { $0.1 != $0.2 }
      .map { Difference(field: $0.0, old: $0.1, new: $0.2) }
    return differing.isEmpty && key != other.key
      ? [Difference(field: "key", old: other.key, new: key)] : differing
  }
}
