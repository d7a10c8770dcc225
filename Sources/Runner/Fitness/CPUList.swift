/// Processors by their numbers, as the kernel lists them: `0-3,8`.
struct CPUList: Hashable, Sendable {
  private let ranges: [ClosedRange<Int>]

  /// Reads a list.
  ///
  /// - Returns: nil if the text is no such list, or an empty one.
  init?(_ text: some StringProtocol) {
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      let numbers = ends.compactMap { Int($0) }
      guard numbers.count == ends.count, let low = numbers.first, let high = numbers.last,
        low >= 0, low <= high, high < 1_000_000
      else { return nil }
      ranges.append(low...high)
    }
    guard !ranges.isEmpty else { return nil }
    self.ranges = ranges
  }

  /// Reads the processors on which this process, and all that it launches, may run,
  /// from `/proc/self/status`.
  init?(status: String) {
    let name = "Cpus_allowed_list:"
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else {
      return nil
    }
    self.init(line.dropFirst(name.count).filter { !$0.isWhitespace })
  }

  var count: Int { ranges.reduce(0) { $0 + $1.count } }

  func first(_ limit: Int) -> [Int] { Array(ranges.joined().prefix(limit)) }
}
