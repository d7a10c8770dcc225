package import CommandLine

/// The keys of the configuration, for documentation.
package enum ConfigurationReference {
  package static var names: [String] { ConfigurationKey.all.map(\.name) }

  /// Returns the default of a key, as a user would write it.
  ///
  /// Traps if no key of that name has a value as its default.
  package static func defaultValue(of name: String) -> String {
    guard case .value(let value) = ConfigurationKey.named[name.lowercased()]?.defaultValue else {
      preconditionFailure("no key \(name) has a value for its default")
    }
    return value
  }

  /// The keys of each section, in the order of the table.
  static var sections: [[ConfigurationKey]] {
    var names: [String] = []
    for key in ConfigurationKey.all where !names.contains(key.parts.section) {
      names.append(key.parts.section)
    }
    return names.map { name in ConfigurationKey.all.filter { $0.parts.section == name } }
  }
}

extension ConfigurationReference {
  /// The table of all keys in Markdown, with one row for each.
  package static var table: String {
    let head = "| key | values | default | meaning |\n|---|---|---|---|\n"
    return head + sections.joined().map { "\($0.row)\n" }.joined()
  }

  /// The manual page perfconfig(5).
  package static let page = ManualPage(
    topic: "config", name: "perfconfig", section: 5,
    abstract: "what is measured, and how it is judged"
  ) {
    let start: [ManualPage.Block] = [
      .heading("Synopsis"),
      .lines(["`\(ProjectConfiguration.fileName)`", "`git config perf.`<section>`.`<key> <value>"]),
      .heading("Description"),
      .paragraph(
        "`\(ProjectConfiguration.fileName)` stands at the top of the work tree and has the syntax of "
          + "git-config(1), without includes."),
      .paragraph(
        "The options of a program go before `git config`, which goes before the file. "
          + "In `git config` every key but `perf.notesRef` has the prefix `perf.`: "
          + "`perf.gate.base`, `perf.benchmark.parse/*.threshold`."),
      .paragraph(
        "In a pattern `*` stands for any characters and `?` for one. Of the patterns that match, "
          + "the one with more literal characters counts."),
      .heading("Keys"),
    ]
    let keys = sections.flatMap { keys -> [ManualPage.Block] in
      [.subheading(keys[0].heading)] + keys.map(\.entry)
    }
    return start + keys
      + [.heading("See also"), .paragraph("perf-gate(1), perf-gate-record(1), git-config(1)")]
  }
}

extension ConfigurationKey {
  /// The line with which the section of the key begins.
  fileprivate var heading: String {
    subsection.map { "[\(parts.section) \"\($0)\"]" } ?? "[\(parts.section)]"
  }

  /// The placeholder of the subsection in documentation; nil if there is none.
  var subsection: String? {
    guard takesPattern else { return nil }
    return switch parts.section {
    case "suite", "class", "score": "<name>"
    case "price": "<model>"
    case "goal": "<metric>"
    default: "<pattern>"
    }
  }

  /// The default, with backticks around a value.
  fileprivate var shownDefault: String {
    switch defaultValue {
    case .value(let value): "`\(value)`"
    case .words(let words): words
    case .nothing: "none"
    }
  }

  fileprivate var entry: ManualPage.Block {
    .entry(parts.name, value: argument, "\(meaning) Default: \(shownDefault).")
  }

  fileprivate var row: String {
    let name = ([parts.section, subsection, parts.name] as [String?]).compactMap(\.self)
      .joined(separator: ".")
    let cells = ["`\(name)`", "`\(argument)`", shownDefault, meaning]
    let line = cells.map { $0.split(separator: "|", omittingEmptySubsequences: false) }
    return "| " + line.map { $0.joined(separator: "\\|") }.joined(separator: " | ") + " |"
  }
}
