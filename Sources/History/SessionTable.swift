import Measurements

/// The numbers of each series that were measured in sessions, in the order of their runs.
struct SessionTable {
  struct Entry {
    let session: String
    let series: Series
  }

  let entries: [Series.ID: [Entry]]

  /// - Parameter sessions: Those that are wanted; nil for all.
  init(_ runs: [StoredRun], _ names: NameHistory, only sessions: Set<String>? = nil) {
    var entries: [Series.ID: [Entry]] = [:]
    for stored in runs {
      guard let session = stored.run.session, sessions?.contains(session) ?? true else { continue }
      for series in stored.run.series {
        entries[names.present(series.id), default: []].append(
          Entry(session: session, series: series))
      }
    }
    self.entries = entries
  }

  /// The numbers of a series in the sessions in which both sides measured it; nil where there are none.
  func pairs(of id: Series.ID, with other: SessionTable) -> (own: [Series], others: [Series])? {
    guard let own = entries[id], let others = other.entries[id] else { return nil }
    let shared = Set(own.map(\.session)).intersection(others.map(\.session))
    guard !shared.isEmpty else { return nil }
    func series(_ entries: [Entry]) -> [Series] {
      entries.filter { shared.contains($0.session) }.map(\.series).pooled()
    }
    return (series(own), series(others))
  }
}

extension [StoredRun] {
  /// The sessions that they are of.
  var sessions: Set<String> { Set(compactMap(\.run.session)) }
}
