#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension CulpritPosterior {
  /// The position whose launches tell most per cost, of those that can be measured; the first one
  /// of equal ones.
  ///
  /// - Returns: nil if no position between the ends tells anything.
  package func mostInformative(batch: Int, costs: BisectionCosts) -> Int? {
    let visible = visibleShare(batch: batch)
    var (best, most): (Int?, Double) = (nil, 0)
    for position in 1..<prior.count where prior.isMeasurable(position) {
      let rate = Self.entropy(cumulative[position]) * visible / costs.cost(of: batch, at: position)
      if rate > most { (best, most) = (position, rate) }
    }
    return best
  }

  /// The information that launches at a position are expected to give about the culprit, in nats.
  ///
  /// It is the entropy of the question whether the commit has the new level, reduced by how well
  /// the launches answer it.
  package func information(at position: Int, launches: Int) -> Double {
    Self.entropy(cumulative[position]) * visibleShare(batch: launches)
  }

  /// The part of the question's entropy that a batch answers, 1 − exp(−batch·separation²/8).
  ///
  /// exp(−batch·separation²/8) is the Bhattacharyya coefficient of the batch's mean at both levels:
  /// how far their two normal distributions overlap. Ends that seem equal still leave a little, so
  /// that costs decide then.
  private func visibleShare(batch: Int) -> Double {
    max(1e-9, -expm1(-Double(batch) * evidence.separation * evidence.separation / 8))
  }

  /// The entropy of a yes or no with a probability, in nats.
  private static func entropy(_ probability: Double) -> Double {
    guard probability > 0, probability < 1 else { return 0 }
    return -probability * log(probability) - (1 - probability) * log1p(-probability)
  }
}
