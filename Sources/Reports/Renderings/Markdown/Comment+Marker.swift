import Measurements

/// The marks of a comment for machines and for readers.
extension Comment {
  /// The marker by which the next run finds the comment and replaces it with its own. Another
  /// project, suite or leg of a matrix has a comment of its own.
  var marker: String {
    let key = [("project", report.project ?? ""), ("suite", suites), ("leg", leg)]
    return "<!-- perf-gate \(key.map { "\($0)=\($1.inComment)" }.joined(separator: " ")) -->"
  }

  /// The text that tells the jobs of a matrix apart, and stays equal from one run to the next. It
  /// does not contain the processor, which hosted machines get by chance.
  private var leg: String {
    let machines = report.parts.compactMap { $0.machine ?? $0.baseline.environment }
    return machines.map(Self.leg(of:)).distinct.joined(separator: ";")
  }

  private static func leg(of machine: Environment) -> String {
    let labels = machine.labels.isEmpty ? [] : [machine.labels.text]
    return ([machine.os, machine.arch] + labels).joined(separator: ",")
  }

  /// The project and the suite, as in ` of server, suite nightly`, if they are worth a word.
  var topic: String {
    let project = report.project.map { " of \(code($0))" } ?? ""
    guard let suite = report.onlySuite, suite != Run.defaultSuite else { return project }
    return project + (project.isEmpty ? " of suite " : ", suite ") + code(suite)
  }

  private var suites: String { report.parts.map(\.suite).distinct.joined(separator: ",") }
}

extension Report {
  /// The only suite; nil if several suites were judged.
  var onlySuite: String? {
    let suites = Set(parts.map(\.suite))
    return suites.count == 1 ? suites.first : nil
  }
}

extension [String] {
  /// The elements in order, each once.
  fileprivate var distinct: [String] { Set(self).sorted() }
}

extension String {
  /// The text changed so that it cannot end an HTML comment or look like markup in it. Two texts
  /// stay different, also if only the beginning of a long one is there.
  fileprivate var inComment: String {
    let limit = 80
    let shown = unicodeScalars.prefix(limit).map { scalar in
      if scalar.isAlphanumeric || ".,_=".unicodeScalars.contains(scalar) { return String(scalar) }
      return String(scalar).utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }.joined()
    return unicodeScalars.dropFirst(limit).isEmpty ? shown : "\(shown)~\(fingerprint)"
  }

  /// The 64-bit hash of Fowler, Noll and Vo (FNV-1a).
  private var fingerprint: String {
    let hash = utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}
