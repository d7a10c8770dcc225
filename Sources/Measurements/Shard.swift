/// A job among several that record parts of one suite at the same time, `2/4`.
package struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// The number of the shard, from 1 to ``count``.
  package let index: Int
  package let count: Int

  /// Parses a shard.
  ///
  /// - Returns: nil unless the text is two whole numbers, the first from 1 to the second, of at
  ///   most 1000 shards.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      (1...1000).contains(count), (1...count).contains(index), "\(index)/\(count)" == text
    else { return nil }
    self.index = index
    self.count = count
  }

  package var description: String { "\(index)/\(count)" }
}

extension Collection<Run> {
  /// The failures of the shards of the newest session that has shards.
  ///
  /// Each shard that has not recorded is a failure. If the shards disagree about their number,
  /// nobody knows which are missing, and the disagreement is the only failure.
  ///
  /// - Precondition: The newest run comes first.
  package var shardFailures: [Failure] {
    guard let newest = first(where: { $0.shard != nil }) else { return [] }
    let shards = filter { $0.session == newest.session }.compactMap(\.shard)
      .sorted { ($0.count, $0.index) < ($1.count, $1.index) }
    let session = newest.session.map { " of session '\($0)'" } ?? ""
    let (least, most) = (shards[0], shards[shards.count - 1])
    guard least.count == most.count else {
      return [
        Failure(
          nil, reason: "shards \(least) and \(most)\(session) disagree on how many there are")
      ]
    }
    let present = Set(shards.map(\.index))
    return (1...most.count).filter { !present.contains($0) }.map { index in
      Failure(nil, reason: "shard \(index)/\(most.count)\(session) has not recorded")
    }
  }
}
