/// What somebody who mistyped a name probably meant.
package enum Suggestion {
  /// The known name nearest to what was typed, or nil where none is near enough to be meant.
  ///
  /// Near is an edit distance of at most a third of the longer name, so that short names are not
  /// offered for anything. Letter case does not count. Where no name is that near, the first that
  /// begins with what was typed is offered: an abbreviation is no typing error.
  ///
  /// - Returns: The earliest of equally near names.
  package static func nearest(to typed: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(typed.lowercased())
    guard !wanted.isEmpty else { return nil }
    var best: (name: String, distance: Int)?
    var abbreviated: String?
    for name in known {
      let letters = Array(name.lowercased())
      let distance = distance(wanted, letters)
      if distance <= max(wanted.count, letters.count) / 3, distance < best?.distance ?? .max {
        best = (name, distance)
      }
      if abbreviated == nil, letters.starts(with: wanted) { abbreviated = name }
    }
    return best?.name ?? abbreviated
  }

  /// The nearest known name as a hint, `did you mean 'always'?`, or nil.
  package static func hint(for typed: String, among known: some Sequence<String>) -> String? {
    nearest(to: typed, among: known).map { "did you mean '\($0)'?" }
  }

  /// How many insertions, deletions, substitutions and swaps of neighbours turn one text into the
  /// other, no part being edited twice.
  ///
  /// The restricted Damerau-Levenshtein ("optimal string alignment") distance, in time
  /// proportional to the product of the lengths.
  package static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let substituted = last[j] + (a[i] == b[j] ? 0 : 1)
        row.append(min(substituted, last[j + 1] + 1, row[j] + 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
