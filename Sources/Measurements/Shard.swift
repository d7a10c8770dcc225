/// One of several jobs that record parts of one suite at the same time, `2/4`.
package struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// From 1 to ``count``.
  package let index: Int
  package let count: Int

  /// - Returns: nil unless the text is two whole numbers, the first from 1 to the second, of at most
  ///   1000 shards.
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
  /// The shards that have not recorded, of the newest session that has any; each as a failure.
  ///
  /// - Precondition: The newest run comes first.
  package var missingShards: [Failure] {
    guard let newest = first(where: { $0.shard != nil }), let count = newest.shard?.count else {
      return []
    }
    let present = Set(
      filter { $0.session == newest.session }.compactMap(\.shard)
        .filter { $0.count == count }.map(\.index))
    let session = newest.session.map { " of session '\($0)'" } ?? ""
    return (1...count).filter { !present.contains($0) }.map { index in
      Failure(nil, reason: "shard \(index)/\(count)\(session) has not recorded")
    }
  }
}
