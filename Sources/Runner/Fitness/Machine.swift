import Formats
package import Measurements
import System

/// Describes this machine.
///
/// All is computed from texts that the system gave, so that tests can use the texts of
/// other machines.
package enum Machine {
  /// This machine. `labels` are facts that only the caller knows, such as the kind of the runner. A
  /// `key` replaces the fingerprint.
  package static func environment(
    labels: [String: String] = [:], key: String? = nil
  ) -> Environment {
    let host = Host()
    return Environment(
      key: key, cpu: host.processor(), cores: host.cores, memory: host.memory, os: Host.system,
      kernel: kernel(release: host.kernel), arch: host.arch, labels: labels)
  }

  /// The source of a field of the environment, by its name: `cpu`, `cores`, `memory`, `os`,
  /// `kernel`, `arch`.
  package static func origin(of field: String) -> String? {
    switch field {
    case "cores": "processors online"
    case "arch", "kernel": "uname"
    case "memory": "sysconf"
    default: Host.origins[field]
    }
  }

  /// The major and minor version: `6.1` of `6.1.0-18-amd64`.
  package static func kernel(release: String) -> String {
    let version = release.prefix { $0 == "." || ("0"..."9").contains($0) }
    let parts = version.split(separator: ".").prefix(2)
    return parts.isEmpty ? release : parts.joined(separator: ".")
  }
}

// MARK: - The operating system

extension Machine {
  /// The operating system from `/etc/os-release`, in the format of os-release(5).
  package static func system(osRelease text: String) -> String {
    let fields = fields(of: text, separator: "=")
    return system(
      name: unquoted(fields["NAME"]?.first ?? "Linux"),
      version: unquoted(fields["VERSION_ID"]?.first ?? ""))
  }

  /// The short name, and the part of the version that changes with a release and not with an
  /// update: `Debian 12`.
  package static func system(name: String, version: String) -> String {
    let name = [" GNU/Linux", " Linux"].reduce(name) { name, suffix in
      name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    }
    let parts = version.split(separator: ".")
      .prefix(namesReleasesByTwoNumbers.contains(name) ? 2 : 1)
    // A rolling release has a date, if anything.
    let isDate = parts.first.map { $0.count >= 8 } ?? true
    return isDate ? name : "\(name) \(parts.joined(separator: "."))"
  }

  private static let namesReleasesByTwoNumbers: Set = ["Ubuntu", "Alpine", "NixOS"]

  private static func unquoted(_ value: String) -> String {
    for quote in ["\"", "'"] where value.count >= 2 {
      if value.hasPrefix(quote) && value.hasSuffix(quote) {
        return String(value.dropFirst().dropLast())
      }
    }
    return value
  }
}

// MARK: - The processor

extension Machine {
  /// The name of the processor from `/proc/cpuinfo`, whose fields depend on the architecture.
  ///
  /// ARM gives only numbers; a processor with several kinds of cores gives several.
  package static func processor(cpuinfo text: String, arch: String) -> String {
    let fields = fields(of: text, separator: ":")
    for field in ["model name", "cpu model", "cpu", "uarch"] {
      if let name = fields[field]?.first, !name.isEmpty { return processor(name: name, arch: arch) }
    }
    let kinds = zip(fields["CPU implementer"] ?? [], fields["CPU part"] ?? [])
      .map { "\($0)/\($1)" }
    return ([arch] + Set(kinds).sorted()).joined(separator: " ")
  }

  /// The model without its clock, which some kernels round differently; `arch` if there is no name.
  package static func processor(name: String, arch: String) -> String {
    let words = name.words
    let model = words.prefix { !$0.hasPrefix("@") }
    return model.isEmpty ? arch : model.joined(separator: " ")
  }

  /// All values of each name, in order.
  ///
  /// It works on bytes, not characters, because it runs in every gate: a machine with many cores
  /// describes each of them in a hundred words.
  private static func fields(of text: String, separator: Character) -> [String: [String]] {
    guard let separator = separator.asciiValue else { return [:] }
    var fields: [String: [String]] = [:]
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      guard let end = line.firstIndex(of: separator) else { continue }
      let value = trimmed(line[line.index(after: end)...])
      let name = trimmed(line[..<end])
      fields[name, default: []].append(value)
    }
    return fields
  }

  private static func trimmed(_ text: Substring.UTF8View) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
    let start = text.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(Substring(start[...last]))
  }
}
