/// Suggestions for names that were mistyped.
package enum Suggestion {
  /// Returns the known name that is nearest to what was typed; nil if none is near.
  ///
  /// A name is near if its edit distance is at most a third of the longer name, so that short names
  /// are not offered for anything. Letter case does not count. If no name is near, the first that
  /// begins with what was typed is returned, because an abbreviation is no typing error.
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

  /// Returns the nearest known name as a hint, `did you mean 'always'?`, or nil.
  package static func hint(for typed: String, among known: some Sequence<String>) -> String? {
    nearest(to: typed, among: known).map { "did you mean '\($0)'?" }
  }

  /// Returns the number of insertions, deletions, substitutions and swaps of neighbours that turn
  /// one text into the other. No part is edited twice.
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
