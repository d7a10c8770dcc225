package import Measurements

/// The extent of a run: the whole suite, a part of it, or a shard.
protocol HasExtent {
  var part: String? { get }
  var shard: Shard? { get }
  var session: String? { get }
}

extension Run: HasExtent {}
extension RunHeader: HasExtent {}

extension Sequence where Element: HasExtent {
  /// True if the whole suite was measured: by one run, or by all shards of a session.
  var isWhole: Bool { contains { $0.shard == nil && $0.part == nil } || !wholeSessions.isEmpty }

  /// The runs that measured the whole suite alone, or that are shards of a complete session.
  var whole: [Element] {
    let sessions = wholeSessions
    return filter { $0.isWhole(sessions) }
  }

  /// The runs that are not ``whole``.
  var parts: [Element] {
    let sessions = wholeSessions
    return filter { !$0.isWhole(sessions) }
  }

  private var wholeSessions: Set<String?> {
    var shards: [String?: Set<Shard>] = [:]
    for run in self {
      if let shard = run.shard { shards[run.session, default: []].insert(shard) }
    }
    return Set(
      shards.filter { _, shards in
        let counts = Set(shards.map(\.count))
        return counts.count == 1 && counts.first == shards.count
      }.keys)
  }
}

extension HasExtent {
  fileprivate func isWhole(_ sessions: Set<String?>) -> Bool {
    shard == nil ? part == nil : sessions.contains(session)
  }
}
