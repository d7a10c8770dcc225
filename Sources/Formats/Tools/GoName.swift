import Measurements

extension Benchmark {
  /// Reads a Go name without `Benchmark`, such as `New/text=opticks/size=1K-8`. Parts of the form
  /// `key=value` become labels, and so does the number of processors at the end.
  ///
  /// Any `-<digits>` at the end is read as GOMAXPROCS, as benchstat does. With one processor Go
  /// appends nothing, so `Size-1024` cannot be distinguished from `Size` on 1024 processors. Two
  /// names never become one benchmark by that, because the digits are kept as the label.
  init(goName: Substring, labels known: [String: String]) {
    var labels = known
    let (name, processors) = goName.splitProcessors
    var parts =
      name.utf8.contains(UInt8(ascii: "/"))
      ? name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      : [String(name)]
    let base = parts.isEmpty || parts[0].isEmpty ? "Benchmark" : parts[0]
    parts = parts.dropFirst().filter { part in
      guard let equals = part.firstIndex(of: "="), equals != part.startIndex else { return true }
      let key = String(part[..<equals])
      guard labels[key] == nil else { return true }
      labels[key] = String(part[part.index(after: equals)...])
      return false
    }
    var suffix = ""
    if let processors {
      if labels["gomaxprocs"] == nil {
        labels["gomaxprocs"] = String(processors)
      } else {
        suffix = "-\(processors)"
      }
    }
    self.init(name: ([base] + parts).joined(separator: "/") + suffix, labels: labels)
  }
}

extension Substring {
  fileprivate var splitProcessors: (name: Substring, processors: Substring?) {
    // A digit or a dash is never part of a larger character, whatever precedes it.
    guard let dash = utf8.lastIndex(where: { !$0.isDigit }), utf8[dash] == UInt8(ascii: "-") else {
      return (self, nil)
    }
    let digits = self[utf8.index(after: dash)...]
    return digits.isEmpty ? (self, nil) : (self[..<dash], digits)
  }
}
