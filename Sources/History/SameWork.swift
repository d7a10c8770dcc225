import Measurements

/// The definition of a series that is compared if a series was measured with several: the first
/// that the base recorded among those that the candidate also has.
///
/// Other branches measure a commit with their own definition of a benchmark, and the numbers are
/// stored for that commit like any others.
struct SameWork {
  /// The definition that counts for each side, for series of which one side has several. The
  /// candidate's is nil if the sides share none; all its numbers count then.
  private let chosen: [Series.ID: (base: String, candidate: String?)]

  /// - Parameters:
  ///   - base: The runs of one commit, newest first.
  ///   - candidate: All runs of the candidate, newest first.
  init(base: [StoredRun], candidate: [StoredRun], _ names: NameHistory) {
    guard base.count > 1 || candidate.count > 1 else {
      chosen = [:]
      return
    }
    let (theirs, own) = (base.definitions(names), candidate.definitions(names))
    chosen = theirs.reduce(into: [:]) { chosen, entry in
      let (id, oldestFirst) = entry
      let mine = own[id] ?? []
      guard let newest = oldestFirst.last, oldestFirst.count > 1 || mine.count > 1 else { return }
      let shared = oldestFirst.first(where: mine.contains)
      chosen[id] = (shared ?? newest, shared)
    }
  }

  /// The base's runs without numbers of other definitions.
  func base(_ runs: [StoredRun], _ names: NameHistory) -> [StoredRun] {
    guard !chosen.isEmpty else { return runs }
    return runs.map { stored in
      let run = stored.run.keeping { series in
        guard let digest = series.definition?.digest,
          let wanted = chosen[names.present(series.id)]?.base
        else { return true }
        return digest == wanted
      }
      return StoredRun(id: stored.id, run: run)
    }
  }

  /// The candidate's numbers of the definition that counts; nil if all its numbers count.
  func candidate(_ id: Series.ID, _ runs: [StoredRun]) -> [Series]? {
    guard let wanted = chosen[id]?.candidate else { return nil }
    let all = runs.flatMap(\.run.series).filter { $0.id == id }
    let same = all.filter { ($0.definition?.digest ?? wanted) == wanted }
    return same.count == all.count ? nil : same.pooled()
  }
}

extension [StoredRun] {
  /// The digests of the definitions of each series, oldest first, each once.
  fileprivate func definitions(_ names: NameHistory) -> [Series.ID: [String]] {
    var found: [Series.ID: [String]] = [:]
    for stored in reversed() {
      for series in stored.run.series {
        guard let digest = series.definition?.digest else { continue }
        let id = names.present(series.id)
        if found[id]?.contains(digest) != true { found[id, default: []].append(digest) }
      }
    }
    return found
  }
}
