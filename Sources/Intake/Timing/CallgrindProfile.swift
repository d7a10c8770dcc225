/// What callgrind, a tool of valgrind, writes about one process.
package enum CallgrindProfile {
  /// The instructions that the process executed.
  ///
  /// A `summary:` line stands in each part of a profile; `totals:`, which also counts what happened
  /// outside of functions, is read where there is none. Of several events instructions are the first.
  ///
  /// - Returns: nil for what is no such profile, or was cut off.
  package static func instructions(in profile: [UInt8]) -> Int64? {
    let lines = profile.split(separator: UInt8(ascii: "\n"))
    guard lines.contains(where: { $0.starts(with: "events: Ir".utf8) }) else { return nil }
    for key in ["summary: ", "totals: "] {
      let found = lines.filter { $0.starts(with: key.utf8) }
      guard !found.isEmpty else { continue }
      let counts = found.compactMap { line in
        let digits = line.dropFirst(key.utf8.count).prefix { $0 != UInt8(ascii: " ") }
        return Int64(String(decoding: digits, as: UTF8.self))
      }
      return counts.count == found.count ? counts.reduce(0, +) : nil
    }
    return nil
  }
}
