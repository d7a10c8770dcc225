import Measurements

/// The numbers of each series that were measured in sessions, in the order of their runs.
struct SessionTable {
  struct Entry {
    let session: String
    let order: LaunchOrder?
    let series: Series
  }

  let entries: [Series.ID: [Entry]]

  /// Collects the numbers of runs by series.
  ///
  /// - Parameter sessions: The sessions that are wanted; nil for all.
  init(_ runs: [StoredRun], _ names: NameHistory, only sessions: Set<String>? = nil) {
    var entries: [Series.ID: [Entry]] = [:]
    for stored in runs {
      guard let session = stored.run.session, sessions?.contains(session) ?? true else { continue }
      for series in stored.run.series {
        entries[names.present(series.id), default: []].append(
          Entry(session: session, order: stored.run.order, series: series))
      }
    }
    self.entries = entries
  }

  /// The numbers of a series from the sessions in which both sides measured it; nil if there are
  /// none.
  func pairs(of id: Series.ID, with other: SessionTable) -> Pairs? {
    guard let own = entries[id], let others = other.entries[id] else { return nil }
    let ofOthers = Dictionary(grouping: others, by: \.session)
    var sessions: [Session] = []
    for (session, own) in own.bySession {
      if let others = ofOthers[session] { sessions.append(Session(own: own, others: others)) }
    }
    return sessions.isEmpty ? nil : Pairs(sessions)
  }

  /// The numbers of both sides of a series, session by session.
  struct Pairs {
    let own: [Series]
    let others: [Series]
    let interleaving: Interleaving

    fileprivate init(_ sessions: [Session]) {
      own = sessions.flatMap(\.own).map(\.series).pooled()
      others = sessions.flatMap(\.others).map(\.series).pooled()
      interleaving = Interleaving(sessions.map(\.interleaving))
    }
  }

  /// The numbers of one series in a session.
  fileprivate struct Session {
    let own: [Entry]
    let others: [Entry]

    /// The launch order of the session. It is unknown if a side measured the series more than once.
    var interleaving: Interleaving.Session {
      Interleaving.Session(
        orders: own.count == 1 && others.count == 1 ? [own[0].order, others[0].order] : [nil],
        old: others[0].series.rounds.count, new: own[0].series.rounds.count)
    }
  }
}

extension [SessionTable.Entry] {
  /// The entries of each session, in the order of their first entries.
  fileprivate var bySession: [(session: String, entries: [SessionTable.Entry])] {
    var all: [(session: String, entries: [SessionTable.Entry])] = []
    var places: [String: Int] = [:]
    for entry in self {
      if let place = places[entry.session] {
        all[place].entries.append(entry)
      } else {
        places[entry.session] = all.count
        all.append((entry.session, [entry]))
      }
    }
    return all
  }
}

extension [StoredRun] {
  /// The sessions of the runs.
  var sessions: Set<String> { Set(compactMap(\.run.session)) }
}
