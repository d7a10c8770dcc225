extension CulpritPosterior {
  /// Returns what to do after the launches so far.
  ///
  /// The answer needs the confidence, and enough launches on both sides of it; until then the side
  /// with fewer is measured. Below the confidence the commit is measured that tells most per cost.
  ///
  /// - Complexity: O(candidates): 3 ms for 100,000.
  package func step(
    rule: BisectionRule = BisectionRule(), costs: BisectionCosts = BisectionCosts()
  ) -> BisectionStep {
    let suspects = suspects
    if probability(of: suspects) < rule.confidence,
      let position = mostInformative(batch: rule.batch, costs: costs)
    {
      return .measure(BisectionBatch(position: position, launches: rule.batch))
    }
    let missing = [suspects.lowerBound - 1, suspects.upperBound].map { position in
      (position: position, launches: rule.fewest - evidence.launches(at: position))
    }
    let next = missing[1].launches >= missing[0].launches ? missing[1] : missing[0]
    guard next.launches > 0 else { return .found(suspects) }
    return .measure(
      BisectionBatch(position: next.position, launches: min(next.launches, rule.batch)))
  }

  /// The most probable answer: candidates that no measuring can tell apart, which end with the only
  /// one of them that can be measured. Of equally probable ones it is the first.
  package var suspects: ClosedRange<Int> {
    var (best, most) = (1...prior.count, -1.0)
    for group in prior.groups where probability(of: group) > most {
      (best, most) = (group, probability(of: group))
    }
    return best
  }

  /// The fewest neighbouring candidates that hold the culprit with a probability, for the answer of
  /// a bisection that ends undecided.
  ///
  /// The range consists of whole groups as in ``suspects``. Of ranges with equally many candidates
  /// it is the most probable one.
  package func range(holding confidence: Double = UsualLevel.confidence) -> ClosedRange<Int> {
    var best = 1...prior.count
    let groups = prior.groups
    var first = 0
    for group in groups {
      while groups[first].upperBound < group.upperBound,
        probability(of: groups[first].upperBound + 1...group.upperBound) >= confidence
      { first += 1 }
      let range = groups[first].lowerBound...group.upperBound
      guard probability(of: range) >= confidence else { continue }
      if range.count < best.count
        || range.count == best.count && probability(of: range) > probability(of: best)
      {
        best = range
      }
    }
    return best
  }
}

extension CulpritPrior {
  /// The candidates in groups that end with a candidate that can be measured. Measuring cannot tell
  /// the members of a group apart.
  fileprivate var groups: [ClosedRange<Int>] {
    var groups: [ClosedRange<Int>] = []
    groups.reserveCapacity(count)
    var start = 1
    for position in 1...count where isMeasurable(position) {
      groups.append(start...position)
      start = position + 1
    }
    return groups
  }
}
