package import CommandLine
package import Formats
import Git
package import Measurements
import System
package import Verdicts

/// The kinds of values that options and configuration share.
extension Argument where Value == Double {
  /// A threshold of 0 % or more. With 0 %, any change counts.
  package static var threshold: Self { .percent() }

  /// The percentage by which a waiver lets a series be worse: above 0 %, and at most 1000 %.
  package static var ceiling: Self {
    let percent = Argument.percent()
    return Argument(percent.placeholder) { text throws(UsageError) in
      let value = try percent.parse(text)
      guard value > 0, value <= 10 else { throw UsageError("not between 0 % and 1000 %") }
      return value
    }
  }

  package static var alpha: Self {
    Argument("<alpha>") { text throws(UsageError) in
      guard let value = Double(text), value > 0, value < 1 else {
        throw UsageError("not a probability between 0 and 1", hint: "the usual one is 0.05")
      }
      return value
    }
  }

  /// A price in USD, with the sign or without it. Zero is a price, too.
  package static var price: Self {
    Argument("<USD>") { text throws(UsageError) in
      guard let price = Quantity(text), [.dollars, .one].contains(price.unit), price.value >= 0,
        !text.hasSuffix("%")
      else {
        throw UsageError("not a price", hint: "write USD per million tokens, like '$3' or '0.25'")
      }
      return price.value
    }
  }
}

extension Argument where Value == Format {
  package static var format: Argument<Format> {
    let names = Format.all.map(\.name)
    return Argument("<name>", completing: .words(names)) { text throws(UsageError) in
      guard let format = Format.named(text) else {
        throw UsageError(
          "no such format",
          hint: Suggestion.hint(for: text, among: names) ?? "`perf-record --formats` lists them")
      }
      return format
    }
  }
}

extension Argument where Value == Int {
  /// A size in bytes, `2GiB`.
  package static var size: Self {
    Argument("<size>") { text throws(UsageError) in
      guard let size = Quantity(text), [.bytes, .one].contains(size.unit), size.value >= 1,
        let bytes = Int(exactly: size.value.rounded())
      else {
        throw UsageError("not a size", hint: "write it like 512MiB or 2GB")
      }
      return bytes
    }
  }

  package static var rounds: Self { .integer("<n>", in: 1...1_000_000) }
  package static var warmups: Self { .integer("<n>", in: 0...1_000_000) }
  package static var workers: Self { .integer("<n>", in: 1...ConcurrentLoad.mostWorkers) }
  package static var parallel: Self { .integer("<n>", in: 1...LaunchPool.most) }
  package static var requests: Self { .integer("<n>", in: 1...1_000_000) }
}

extension Argument where Value == [Int] {
  /// Numbers of workers, each once, separated by commas.
  package static var workerCounts: Self {
    Argument("<n>[,<n>...]") { text throws(UsageError) in
      let one = Argument<Int>.workers
      var counts: [Int] = []
      for word in text.split(separator: ",", omittingEmptySubsequences: false) {
        let count = try one.parse(String(word))
        guard !counts.contains(count) else { throw UsageError("it has \(count) twice") }
        counts.append(count)
      }
      return counts
    }
  }
}

extension Argument where Value == Bool {
  /// A truth value, as git reads it.
  package static var yesOrNo: Self {
    Argument("true|false") { text throws(UsageError) in
      switch text.lowercased() {
      case "true", "yes", "on", "1": true
      case "false", "no", "off", "0", "": false
      default: throw UsageError("neither true nor false")
      }
    }
  }

}

extension Argument where Value == Strictness {
  /// The response to an undecided series: it fails, it is reported, or it fails if a regression of
  /// a given size is not excluded.
  package static func strictness(_ placeholder: String = "fail|warn|<percent>") -> Argument<
    Strictness
  > {
    Argument(placeholder, completing: .words(["fail", "warn"])) { text throws(UsageError) in
      if text == Response.fail.rawValue { return .everything }
      if text == Response.warn.rawValue { return .lenient }
      guard let size = try? Argument<Double>.percent().parse(text) else {
        throw UsageError(
          "not one of fail, warn, and no percentage", hint: "write a percentage like '50%'")
      }
      return .excluding(size)
    }
  }
}

extension Argument where Value == String {
  /// A text that does not consist of whitespace only.
  package static var words: Self {
    Argument("<text>") { text throws(UsageError) in
      guard text.contains(where: { !$0.isWhitespace }) else { throw UsageError("it is empty") }
      return text
    }
  }

  /// A reference of notes. `perf` and `notes/perf` are short for `refs/notes/perf`, as in git.
  /// References outside `refs/notes/` are refused.
  package static var notesRef: Self {
    Argument("<ref>") { text throws(UsageError) in
      let full =
        if text.hasPrefix("refs/") {
          text
        } else if text.hasPrefix("notes/") { "refs/\(text)" } else { "refs/notes/\(text)" }
      guard full.hasPrefix("refs/notes/"), Repository.isReferenceName(full) else {
        throw UsageError("not a notes reference", hint: "write one like 'refs/notes/perf'")
      }
      return full
    }
  }
}

extension Argument where Value == [String] {
  /// The names or patterns of branches, such as `main release/*`. They are separated by spaces,
  /// which no branch name contains.
  package static var bases: Self {
    Argument("<branch> ...") { text throws(UsageError) in
      let names = text.split(separator: " ").map(String.init)
      guard !names.isEmpty else { throw UsageError("it is empty") }
      return names
    }
  }

  /// Labels by which tasks are grouped, `label:agent`, separated by spaces.
  package static var groups: Self {
    Argument("label:<name> ...") { text throws(UsageError) in
      let words = text.split(separator: " ")
      guard !words.isEmpty else { throw UsageError("it is empty") }
      var names: [String] = []
      for word in words {
        guard word.hasPrefix("label:"), word.count > 6 else {
          throw UsageError("not a label", hint: "write it like 'label:agent'")
        }
        names.append(String(word.dropFirst(6)))
      }
      return names
    }
  }

  /// Patterns of paths as in `.gitignore`, separated by spaces. An empty text has no pattern.
  package static var patterns: Self {
    Argument("<pattern> ...") { text throws(UsageError) in
      text.split(separator: " ").map(String.init)
    }
  }
}

extension Argument where Value == [String: String] {
  /// Labels, `name=value`, separated by spaces or commas.
  package static var labels: Self {
    Argument("<name>=<value>") { text throws(UsageError) in
      var labels: [String: String] = [:]
      for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
          throw UsageError("not a label", hint: "write labels like 'runner=ubuntu-24.04'")
        }
        labels[String(parts[0])] = String(parts[1])
      }
      return labels
    }
  }
}

extension Argument where Value == Day {
  package static var day: Argument<Day> {
    Argument("<date>") { text throws(UsageError) in
      guard let day = Day(text) else {
        throw UsageError("not a day of the calendar", hint: "write it like '2026-12-31'")
      }
      return day
    }
  }
}

extension Argument where Value == SuiteDefinition.NamedCommand {
  /// A command, `./tool --bench`, or `parse: ./tool parse` for a benchmark with a name of its own.
  package static var typedCommand: Self {
    Argument("[<name>: ]<command>") { text throws(UsageError) in
      let parts = text.split(separator: ": ", maxSplits: 1).map(String.init)
      let isNamed = parts.count == 2 && !parts[0].contains(where: { $0.isWhitespace || $0 == "'" })
      guard let command = Command(typed: isNamed ? parts[1] : text) else {
        throw UsageError(
          "not a command", hint: "write program and arguments; for a pipe, `sh -c '…'`")
      }
      return SuiteDefinition.NamedCommand(name: isNamed ? parts[0] : nil, command: command)
    }
  }
}

extension Argument where Value == (name: String, value: String) {
  /// A variable, `LC_ALL=C`. The value may contain anything.
  package static var variable: Self {
    Argument("<name>=<value>") { text throws(UsageError) in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw UsageError("not a variable", hint: "write one like 'LC_ALL=C' on a line of its own")
      }
      return (String(parts[0]), String(parts[1]))
    }
  }
}

extension Argument where Value == Set<Int32> {
  /// Exit statuses, separated by spaces or commas.
  package static var statuses: Self {
    Argument("<status> ...") { text throws(UsageError) in
      let words = text.split { $0 == " " || $0 == "," }
      let statuses = words.compactMap { Int32($0) }.filter { (0...255).contains($0) }
      guard !words.isEmpty, statuses.count == words.count else {
        throw UsageError("not exit statuses", hint: "write them like '0 1'")
      }
      return Set(statuses)
    }
  }
}

extension Argument where Value == [Int] {
  /// Numbers of processors, written as for `taskset`: `0,2-3`.
  package static var processors: Self {
    Argument("<cpus>") { text throws(UsageError) in
      var numbers: [Int] = []
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
          first >= 0, first <= last, last < 1024
        else { throw UsageError("not numbers of processors", hint: "write them like '0,2-3'") }
        numbers += first...last
      }
      return numbers
    }
  }
}

extension Argument where Value == Duration {
  /// A duration from 1 ms to 1000 h: `90s`, `5m`, `0.5h`. The letter of minutes is `m`, as in
  /// `sleep`.
  package static var duration: Self {
    Argument("<duration>") { text throws(UsageError) in
      guard let quantity = Quantity(text), quantity.unit == .nanoseconds, quantity.value >= 1e6,
        quantity.value <= 3.6e15
      else {
        throw UsageError(
          "not a time from 1ms to 1000h", hint: "write one like '500ms', '90s', '5m' or '2h'")
      }
      return .nanoseconds(Int64(quantity.value))
    }
  }
}

extension Argument where Value == Quantity {
  package static var quantity: Argument<Quantity> {
    Argument("<amount>") { text throws(UsageError) in
      guard let quantity = Quantity(text) else {
        throw UsageError(
          "not an amount with its unit", hint: "write one like '3s', '512MiB', '$0.02' or '95%'")
      }
      return quantity
    }
  }
}

extension Argument where Value == Quantity {
  /// An amount above zero.
  package static var amount: Argument<Quantity> {
    Argument("<amount>") { text throws(UsageError) in
      let quantity = try Argument.quantity.parse(text)
      guard quantity.value > 0 else { throw UsageError("not above zero") }
      return quantity
    }
  }
}

extension Argument where Value == Shard {
  package static var shard: Argument<Shard> {
    Argument("<i/n>") { text throws(UsageError) in
      guard let shard = Shard(text) else {
        throw UsageError("no shard", hint: "write the second of four as '2/4'")
      }
      return shard
    }
  }
}
