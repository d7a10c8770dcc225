import Measurements
import Verdicts

/// The loosenings of waivers, of limits, and of aliases.
extension Loosenings {
  func renames(_ key: ConfigurationKey) -> [Loosening] {
    let known = Set(old.all(key.name))
    let names = Set(series.map(\.benchmark))
    let aliases = new.all(key.name).filter { !known.contains($0) && names.contains($0.value) }
    let gone = Set(old.all(key.name)).subtracting(new.all(key.name))
      .filter { names.contains($0.value) || names.contains($0.subsection ?? "") }
    return aliases.map {
      Loosening(key: key.shownName, pattern: $0.subsection, old: nil, new: $0.value)
    }
      + gone.sorted { ($0.subsection ?? "", $0.value) < ($1.subsection ?? "", $1.value) }.map {
        Loosening(key: key.shownName, pattern: $0.subsection, old: $0.value, new: nil)
      }
  }

  func permissions() -> [Loosening] {
    let known = Set(old.permissions)
    var before: [RuledSeries: [Permission]] = [:]
    func fitting(_ series: RuledSeries) -> [Permission] {
      if let found = before[series] { return found }
      let found = old.permissions.filter { $0.fits(series) }
      before[series] = found
      return found
    }
    return new.permissions.filter { !known.contains($0) }.compactMap { permission in
      let concerned = series.filter(permission.fits)
      let looser = concerned.first { !fitting($0).contains { $0.covers(permission) } }
      guard let looser else { return nil }
      let other = fitting(looser).last { $0.pattern == permission.pattern }
      return Loosening(
        key: "waiver", pattern: permission.pattern.text, old: other?.words, new: permission.words)
    }
  }

  func limits() -> [Loosening] {
    let names = ["benchmark.budget", "metric.budget"]
    guard names.contains(where: { old.all($0) != new.all($0) }) else { return [] }
    return measured.sorted { $0.key < $1.key }.flatMap { suite, all in
      let peers = Dictionary(grouping: all, by: \.benchmark)
        .mapValues {
          Dictionary(grouping: $0, by: \.metric.unit).mapValues { $0.map(\.metric.name) }
        }
      return all.flatMap { series in
        let peers = peers[series.benchmark]?[series.metric.unit] ?? []
        let before = oldPolicies[suite]?.budgets(for: series, among: peers) ?? []
        let after = newPolicies[suite]?.budgets(for: series, among: peers) ?? []
        return before.filter { !$0.isWarning }.compactMap { was in
          loosening(from: was, to: after.first { $0.figure == was.figure }, series.metric.better)
        }
      }
    }
  }
}

extension Loosenings {
  /// - Parameter isNow: nil if there is no such budget any more.
  private func loosening(
    from was: Budget, to isNow: Budget?, _ better: Direction
  ) -> Loosening? {
    guard isNow.map({ $0.isWider(than: was, better) }) ?? true else { return nil }
    let place = isNow ?? was
    let isOfMetric = place.section.hasPrefix("[metric ")
    return Loosening(
      key: isOfMetric ? "metric.budget" : "budget",
      pattern: isOfMetric ? place.metric?.text : place.benchmark.text,
      old: was.written, new: isNow?.written)
  }
}

extension Budget {
  fileprivate func isWider(than other: Budget, _ better: Direction) -> Bool {
    better == .lower ? limit.value > other.limit.value : limit.value < other.limit.value
  }
}
