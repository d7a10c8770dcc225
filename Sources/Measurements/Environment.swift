/// The machine that a run was measured on.
package struct Environment: Hashable, Sendable {
  /// The key of the machine. Runs are comparable if their keys are equal. By default it is a
  /// fingerprint of the other fields.
  package let key: String
  package let cpu: String
  package let cores: Int
  /// The memory in bytes.
  package let memory: Int64
  /// The name and the major version of the operating system: `Debian 12`.
  package let os: String
  package let kernel: String
  package let arch: String
  package let labels: [String: String]

  /// Creates an environment. If `key` is nil, the fingerprint of the other fields becomes the key.
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

  /// The fingerprint of the fields that make numbers comparable: processor, cores, operating
  /// system, architecture and labels. Memory and kernel are excluded, because they change without a
  /// noticeable effect.
  private static func fingerprint(
    cpu: String, cores: Int, os: String, arch: String, labels: [String: String]
  ) -> String {
    [cpu, String(cores), os, arch, labels.text].joined(separator: "\n").utf8.fingerprint
  }
}

extension Environment {
  /// The key that is used if nobody sets another.
  package var fingerprint: String {
    Self.fingerprint(cpu: cpu, cores: cores, os: os, arch: arch, labels: labels)
  }

  /// A field in which two environments differ.
  package struct Difference: Hashable, Sendable, CustomStringConvertible {
    package let field: String
    package let old: String
    package let new: String

    package var description: String {
      "\(field): \(old.isEmpty ? "none" : old) / \(new.isEmpty ? "none" : new)"
    }
  }

  /// The fields of the key that differ, as an explanation why two runs are not comparable.
  ///
  /// If only an explicit key differs, that key is the difference.
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
