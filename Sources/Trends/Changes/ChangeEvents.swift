import Measurements

/// The events of a branch: changes of series, put together, with what became of them.
package struct ChangeEvents: Sendable {
  /// The events, the oldest first.
  package let all: [ChangeEvent]
  /// The statements that fit no event.
  package let unused: [ChangeStatement]
}

/// What is known of the places of an axis.
package struct ChangeSurroundings: Sendable {
  /// The names of the places: ids of commits, or periods.
  package let names: [String]
  /// For each place a number that says which description the machine had; nil where there is none.
  package let environments: [Int?]
  /// The places of the commits and periods that statements name; of a commit that was not measured
  /// the next place.
  package let places: [String: Int]
  /// True for the places from which on a regression is too new to be absorbed.
  package let isRecent: [Bool]

  package init(
    names: [String], environments: [Int?], isRecent: [Bool], places: [String: Int] = [:]
  ) {
    self.names = names
    self.environments = environments
    self.isRecent = isRecent
    self.places = places
  }
}

extension ChangeEvents {
  /// Puts changes together to events.
  ///
  /// - Parameters:
  ///   - changes: The changes of all series of the branch.
  ///   - spans: The series that were searched.
  ///   - creeps: Sums of small changes since a release, as changes from there to the newest value.
  ///   - statements: What people said of events.
  package init(
    _ changes: [SeriesChange], among spans: [ChangeSearch.Span], creeps: [SeriesChange] = [],
    statements: [ChangeStatement] = [], in surroundings: ChangeSurroundings
  ) {
    let groups = Dictionary(grouping: changes) {
      Family(machine: $0.series.machine, isWorse: $0.isWorse)
    }
    let clusters =
      groups.values.flatMap(ChangeCluster.all).map { ($0, isCreep: false) }
      + Dictionary(grouping: creeps) { Family(machine: $0.series.machine, isWorse: $0.isWorse) }
      .values.map { (ChangeCluster(creeps: $0), isCreep: true) }
    let places = statements.map { surroundings.places[$0.commit] }
    var used: Set<Int> = []
    var drafts = clusters.map { cluster, isCreep in
      let kind: ChangeEvent.Kind =
        isCreep
        ? .creep
        : cluster.isOfEnvironment(spans, surroundings.environments) ? .environment : .code
      let about = statements.indices.last { index in
        places[index].map {
          statements[index].isAbout(
            cluster.changes, isWorse: cluster.isWorse, last: cluster.last, first: cluster.first,
            named: $0)
        } ?? false
      }
      if let about { used.insert(about) }
      return Draft(cluster: cluster, kind: kind, statement: about.map { statements[$0] })
    }
    drafts.sort { $0.order < $1.order }
    var ids: Set<String> = Set(drafts.compactMap { $0.statement?.id })
    all = drafts.map { $0.event(surroundings, &ids) }
    unused = statements.indices.filter { !used.contains($0) }.map { statements[$0] }
  }

  private struct Family: Hashable {
    let machine: String?
    let isWorse: Bool
  }
}

/// An event while it is put together.
private struct Draft {
  let cluster: ChangeCluster
  let kind: ChangeEvent.Kind
  let statement: ChangeStatement?

  var order: (Int, Int, Int, String) {
    (cluster.first, cluster.last, cluster.isWorse ? 0 : 1, cluster.changes[0].series.machine ?? "")
  }

  func event(_ surroundings: ChangeSurroundings, _ ids: inout Set<String>) -> ChangeEvent {
    let returned = kind == .creep ? nil : cluster.returned
    let state: ChangeEvent.State =
      switch statement?.answer {
      case .accepted: .accepted
      case .invalid: .invalid
      case nil where returned == nil: .new
      case nil: cluster.isWorse && kind == .code ? .fixed : .wentAway
      }
    let isAbsorbed =
      kind == .code && cluster.isWorse && state == .new && !surroundings.isRecent[cluster.first]
    let id = statement?.id ?? Self.id(kind, cluster, surroundings, besides: ids)
    ids.insert(id)
    return ChangeEvent(
      id: id, kind: isAbsorbed ? .absorbed : kind, state: state, isWorse: cluster.isWorse,
      last: cluster.last, first: cluster.first, changes: cluster.changes, returned: returned,
      statement: statement)
  }

  /// Seven digits of a hash of what names the event; others where they name another event already.
  private static func id(
    _ kind: ChangeEvent.Kind, _ cluster: ChangeCluster, _ surroundings: ChangeSurroundings,
    besides ids: Set<String>
  ) -> String {
    let first = cluster.changes.map(\.series).min {
      $0.id == $1.id ? $0.suite < $1.suite : $0.id < $1.id
    }
    let place = kind == .creep ? cluster.last : cluster.first
    let words = [
      kind.rawValue, first?.machine ?? "", cluster.isWorse ? "worse" : "better",
      first?.suite ?? "", first?.benchmark.description ?? "", first?.metric.name ?? "",
      surroundings.names[place],
    ]
    var attempt = 0
    while true {
      let id = shortHash(
        of: (words + (attempt == 0 ? [] : ["\(attempt)"])).joined(separator: "\u{0}"))
      if !ids.contains(id) { return id }
      attempt += 1
    }
  }
}

/// Seven hexadecimal digits of the hash FNV-1a (Fowler, Noll and Vo) of 64 bits.
private func shortHash(of text: String) -> String {
  let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
    ($0 ^ UInt64($1)) &* 0x100_0000_01b3
  }
  let digits = String(hash ^ hash >> 32, radix: 16)
  return String((String(repeating: "0", count: 16) + digits).suffix(7))
}
