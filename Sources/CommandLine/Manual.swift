extension CommandSpec {
  /// The name of the program's page in section 1 of the manual. Linux has a perf-record(1) and a
  /// perf-diff(1) of its own, which belong to its `perf`.
  package var manualName: String {
    program.hasPrefix("perf-gate") ? program : "perf-gate-" + program.dropFirst("perf-".count)
  }

  /// Returns the page that the word after `--manual` names, or else the program's own page.
  package func manual(_ topic: String?) -> String {
    pages.first { $0.topic == topic }?.roff(version: versionLine) ?? manual
  }

  /// The program's own page for `man`: the long help in the macros of man(7).
  package var manual: String {
    let synopsis = usage.flatMap { [".br", ".B \(program.roff)", $0.roff] }.dropFirst()
    let options = groups.flatMap { [".SS \($0.title.roff)"] + $0.flags.flatMap(\.manual) }
    let operands =
      self.operands.count.upperBound == 0
      ? []
      : [".SS Arguments", ".TP", ".I \(self.operands.placeholder.roff)", self.operands.help.roff]
    let examples = examples.flatMap {
      [".TP", $0.comment.roff, ".EX", $0.command.roff, ".EE"]
    }
    let sections = sections.flatMap {
      [".SH \"\($0.title.uppercased().roff)\"", ".nf"] + $0.text.roffLines + [".fi"]
    }
    let lines =
      [
        ".TH \(manualName.uppercased().roff) 1 \"\" \"\(versionLine.roff)\" \"perf-gate\"",
        ".SH NAME", "\(manualName.roff) \\- \(abstract.roff)", ".SH SYNOPSIS",
      ] + synopsis + [".SH DESCRIPTION", abstract.roff] + [".SH OPTIONS"] + operands + options
      + (examples.isEmpty ? [] : [".SH EXAMPLES"]) + examples + sections
      + [".SH SEE ALSO", (pages.map(\.title) + ["git-notes(1)"]).joined(separator: ", ").roff]
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Flag {
  fileprivate var manual: [String] {
    let names = name.spellings.map { "\\fB\($0.roff)\\fR" }.joined(separator: ", ")
    let value = slot.map(\.manual) ?? ""
    return [".TP", names + value, longHelp.roff]
  }
}

extension Flag.Slot {
  fileprivate var manual: String {
    let value = "\\fI\(placeholder.roff)\\fR"
    return takesNextWord ? " \(value)" : "[=\(value)]"
  }
}

extension String {
  /// The text, escaped for roff: it contains no escape, no hyphen that becomes a typographic one,
  /// and no line that is a request.
  var roff: String {
    let text = unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case _ where scalar.isASCII: String(scalar)
      default: "\\[u\(scalar.digits)]"
      }
    }.joined()
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }

  fileprivate var roffLines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).roff }
  }
}

extension Unicode.Scalar {
  /// The number of the scalar in at least four hexadecimal digits.
  fileprivate var digits: String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
