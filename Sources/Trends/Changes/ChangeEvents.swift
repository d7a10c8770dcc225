import Measurements

/// The events of a branch: changes of series, put together, with what became of them.
package struct ChangeEvents: Sendable {
  /// The events, the oldest first.
  package let all: [ChangeEvent]
  /// The statements that fit no event.
  package let unused: [ChangeStatement]
}

/// The facts about the places of an axis that events depend on.
package struct ChangeSurroundings: Sendable {
  /// The names of the places: ids of commits, or periods.
  package let names: [String]
  /// For each machine and place a number that says which description the machine had; nil where it
  /// measured nothing.
  package let environments: [String?: [Int?]]
  /// The places of the commits and periods that statements name; of a commit that was not measured
  /// the next place.
  package let places: [String: Int]
  /// True for the places from which on a regression is too new to be absorbed.
  package let isRecent: [Bool]

  package init(
    names: [String], environments: [String?: [Int?]], isRecent: [Bool], places: [String: Int] = [:]
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
    let steps = Dictionary(grouping: changes) {
      Family(machine: $0.series.machine, isWorse: $0.isWorse)
    }.values.flatMap(ChangeCluster.all).flatMap { cluster in
      let machine = cluster.changes[0].series.machine
      let (moved, rest) = cluster.split(spans, surroundings.environments[machine] ?? [])
      return [(moved, ChangeEvent.Kind.environment), (rest, .code)].compactMap { cluster, kind in
        cluster.map { (cluster: $0, kind: kind) }
      }
    }
    let sums = Dictionary(grouping: creeps) {
      Family(machine: $0.series.machine, isWorse: $0.isWorse)
    }.values.map { (cluster: ChangeCluster(creeps: $0), kind: ChangeEvent.Kind.creep) }
    var ids: Set<String> = []
    var drafts = (steps + sums).map { Draft(cluster: $0.cluster, kind: $0.kind) }
      .sorted { $0.order < $1.order }
    for index in drafts.indices { drafts[index].name(surroundings, besides: &ids) }
    unused = Self.answer(&drafts, statements, surroundings)
    all = drafts.map { $0.event(surroundings) }
  }

  /// Gives each statement to the events that it is about.
  ///
  /// One with an id is about one event: that of this id, else the nearest. So a pattern that fits many
  /// series accepts nothing besides.
  ///
  /// - Returns: The statements that fit nothing.
  private static func answer(
    _ drafts: inout [Draft], _ statements: [ChangeStatement], _ surroundings: ChangeSurroundings
  ) -> [ChangeStatement] {
    statements.filter { statement in
      guard let named = surroundings.places[statement.commit] else { return true }
      var fitting = drafts.indices.filter {
        statement.fits(drafts[$0].cluster, isCreep: drafts[$0].kind == .creep, named: named)
      }
      if let id = statement.id {
        let own = fitting.first { drafts[$0].id == id }
        let nearest = fitting.min {
          abs(drafts[$0].cluster.first - named) < abs(drafts[$1].cluster.first - named)
        }
        fitting = (own ?? nearest).map { [$0] } ?? []
      }
      for index in fitting { drafts[index].statement = statement }
      return fitting.isEmpty
    }
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
  var statement: ChangeStatement?
  private(set) var id = ""

  init(cluster: ChangeCluster, kind: ChangeEvent.Kind) {
    self.cluster = cluster
    self.kind = kind
  }

  var order: (Int, Int, Int, String, String) {
    (
      cluster.first, cluster.last, cluster.isWorse ? 0 : 1,
      cluster.changes[0].series.machine ?? "", kind.rawValue
    )
  }

  mutating func name(_ surroundings: ChangeSurroundings, besides ids: inout Set<String>) {
    id = Self.id(kind, cluster, surroundings, besides: ids)
    ids.insert(id)
  }

  func event(_ surroundings: ChangeSurroundings) -> ChangeEvent {
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
    return ChangeEvent(
      id: statement?.id ?? id, kind: isAbsorbed ? .absorbed : kind, state: state,
      isWorse: cluster.isWorse, last: cluster.last, first: cluster.first,
      changes: cluster.changes, returned: returned, statement: statement)
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
