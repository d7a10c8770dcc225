import Foundation
import Measurements
import Runner
import TestSupport

/// Replaces in outputs what differs between two runs of the same test.
///
/// | text | replacement |
/// |---|---|
/// | a text that the test names | its name: `<head>` |
/// | a scratch folder of the tests | `<folder 1>`, numbered as they appear |
/// | the folder of the programs, and of this package | `<programs>`, `<package>` |
/// | an object's id, whole or shortened | `<id 1>`, numbered as they appear |
/// | a date of these days, with its time | `<time>`, `<day>` |
/// | the words for this machine, and for its processor | `<machine>`, `<cpu>` |
/// | warnings that this machine is not fit for measuring | nothing: the lines are left out |
/// | the port of a server of the tests | `<port>` |
/// | the character ESC | `<ESC>` |
struct OutputNormalizer {
  /// Texts by the names that the test gives them.
  let names: [String: String]
  private var folders: [String] = []
  private var ids: [String] = []

  init(names: [String: String] = [:]) { self.names = names }

  private static let here = Machine.environment()

  /// This machine, as reports describe it.
  private static var machine: String {
    let cores = here.cores == 1 ? "1 core" : "\(here.cores) cores"
    return "\(here.cpu), \(cores), \(here.os), \(here.arch)"
  }

  /// The lines in which perf-record and perf-gate warn of the machine before they measure.
  private static var unfit: Regex<Substring> {
    /(?:warning|note): (?:load average|free memory|CPU|running on battery|turbo|virtual machine|no \/proc)[^\n]*\n/
  }

  mutating func normalized(_ text: String) -> String {
    var text = text.replacing("\u{1B}", with: "<ESC>")
    for (name, value) in names.sorted(by: { $0.key < $1.key }) {
      text = text.replacing(value, with: "<\(name)>")
      if value.count == 40 { text = text.replacing(value.prefix(10), with: "<\(name)>") }
    }
    text = text.replacing(/[^\s'"=(:]*perf-test-[0-9A-F-]{36}/) { match in
      "<folder \(Self.number(of: String(match.output), in: &folders, ==))>"
    }
    let programs = Programs(beside: .module).directory.path(percentEncoded: false)
    let package = Programs.packageRoot.path(percentEncoded: false)
    text = text.replacing(programs, with: "<programs>/").replacing(package, with: "<package>/")
    text = text.replacing(Self.machine, with: "<machine>")
      .replacing(Self.here.cpu, with: "<cpu>").replacing(Self.unfit, with: "")
      .replacing(/leg=[^ ]+/, with: "leg=<machine>")
    text = text.replacing(/(127\.0\.0\.1|localhost):[0-9]{4,5}/) { "\($0.output.1):<port>" }
    text = text.replacing(/20[2-9][0-9]-[01][0-9]-[0-3][0-9]T[0-9:.]+Z/, with: "<time>")
    // Days that a test names itself are long ago, or far away.
    text = text.replacing(/20(2[4-9]|3[0-9])-[01][0-9]-[0-3][0-9]/, with: "<day>")
    let id = /\b(?:[0-9a-f]{40}|[0-9a-f]{7,16})\b/.wordBoundaryKind(.simple)
    return text.replacing(id) { match in
      let id = String(match.output)
      guard id.count == 40 || id.count == 10 || Self.isMixed(id) else { return id }
      let number = Self.number(of: id, in: &ids) { $0.hasPrefix($1) || $1.hasPrefix($0) }
      return "<id \(number)>"
    }
  }

  /// Whether a text has digits and letters, so that it is neither a number nor a word.
  private static func isMixed(_ id: String) -> Bool {
    id.contains(where: \.isNumber) && id.contains(where: \.isLetter)
  }

  /// The place of a text among those that were seen, counted from 1; the longer form is kept.
  private static func number(
    of text: String, in seen: inout [String], _ isSame: (String, String) -> Bool
  ) -> Int {
    guard let place = seen.firstIndex(where: { isSame($0, text) }) else {
      seen.append(text)
      return seen.count
    }
    if text.count > seen[place].count { seen[place] = text }
    return place + 1
  }
}
