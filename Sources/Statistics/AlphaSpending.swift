#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The share of alpha that each interim look may spend while values are still being measured.
///
/// Lan and DeMets, "Discrete Sequential Boundaries for Clinical Trials", 1983, with their spending
/// function of Pocock's type: when a fraction t of all values is measured, alpha · ln(1 + (e - 1)
/// t) is spent. This function gives early looks nearly as much as late ones, since the purpose of
/// the looks is to stop early.
///
/// The cut-offs hold for the normal curve: the values so far form a random walk with independent
/// steps, and the walk ends where it leaves the bounds of a look. Mann and Whitney's U behaves like
/// this except for small numbers of values, where its exact p, a multiple of 2 / C(2n, n), stays
/// below the cut-off instead of reaching it.
package struct AlphaSpending {
  /// The probability of an error, in 0...1, to both sides together.
  package let alpha: Double

  package init(alpha: Double) { self.alpha = alpha }

  /// The largest p that is significant at each look. The first look errs with the probability of
  /// its share of alpha. Each later look errs with the probability of its own share in the cases
  /// where no earlier look erred.
  ///
  /// - Parameter sizes: The numbers of values per side at each look, ascending.
  /// - Returns: A cut-off for each look, rounded down to three digits.
  /// - Complexity: O(looks), about 15,000 exponentials for each.
  package func cutOffs(sizes: [Int]) -> [Double] {
    guard alpha > 0, let last = sizes.last else { return sizes.map { _ in 0 } }
    var walk = Walk()
    var spent = 0.0
    return sizes.map { size in
      let time = Double(size) / Double(last)
      let bound = walk.bound(at: time, exceededBy: spending(by: time) - spent)
      spent = spending(by: time)
      walk.goOn(to: time, within: bound)
      return NormalCurve.outside(bound / time.squareRoot()).roundedDown
    }
  }

  /// The alpha that is spent when the fraction `time` of all values is measured.
  private func spending(by time: Double) -> Double { alpha * log(1 + (exp(1) - 1) * time) }
}

/// The distribution of a random walk that has not left its bounds so far. It is symmetrical about
/// 0.
private struct Walk {
  private struct Place {
    let position: Double
    /// The probability that the walk is near this position.
    let weight: Double
  }

  private var time = 0.0
  private var places = [Place(position: 0, weight: 1)]

  /// The distance from 0 that the walk exceeds at a time with the given probability.
  func bound(at time: Double, exceededBy probability: Double) -> Double {
    let step = (time - self.time).squareRoot()
    // The probability beyond this distance is too small for a floating-point number.
    var (low, high) = (0.0, 40 * time.squareRoot())
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let outside = places.reduce(0) { sum, place in
        let up = NormalCurve.above((middle - place.position) / step)
        let down = NormalCurve.above((middle + place.position) / step)
        return sum + place.weight * (up + down)
      }
      if outside > probability { low = middle } else { high = middle }
    }
    return high
  }

  /// Advances to a time and removes the walks that are outside the bound then.
  mutating func goOn(to time: Double, within bound: Double) {
    let step = (time - self.time).squareRoot()
    // Simpson's rule: 1 4 2 4 ... 2 4 1.
    let parts = 100
    let width = 2 * bound / Double(parts)
    places = (0...parts).map { part in
      let position = -bound + width * Double(part)
      let density = places.reduce(0) {
        $0 + $1.weight * NormalCurve.density((position - $1.position) / step) / step
      }
      let factor = part == 0 || part == parts ? 1.0 : part.isMultiple(of: 2) ? 2 : 4
      return Place(position: position, weight: density * factor * width / 3)
    }
    self.time = time
  }
}

extension Double {
  /// The value rounded down to three digits, so that a report can show the number that was used.
  fileprivate var roundedDown: Double {
    guard self > 0 else { return 0 }
    let scale = pow(10, 2 - log10(self).rounded(.down))
    return (self * scale).rounded(.down) / scale
  }
}
