#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How much of alpha is spent by when, in looks at values that are still coming in.
///
/// Lan and DeMets, "Discrete Sequential Boundaries for Clinical Trials", 1983, with their function
/// of Pocock's type: when a part t of all values is there, alpha · ln(1 + (e - 1) t) is spent. It
/// gives early looks nearly as much as late ones, since stopping early is what the looks are for.
///
/// The cut-offs hold for the normal curve: the values so far are a walk, whose steps are independent,
/// and the walk ends where it leaves the bounds of a look. Mann and Whitney's U walks like that but
/// for small numbers, where its exact p, a multiple of 2 / C(2n, n), falls short of the cut-off
/// rather than reaching it.
package struct AlphaSpending {
  /// In 0...1, to both sides together.
  package let alpha: Double

  package init(alpha: Double) { self.alpha = alpha }

  /// What p must not exceed at each look, so that the first of them errs as often as its share of
  /// alpha says, and each later one as its own share says where all before it did not.
  ///
  /// - Parameter sizes: The values a side at each look, ascending.
  /// - Returns: As many, rounded down to three digits.
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

  /// By the part `time` of all values.
  private func spending(by time: Double) -> Double { alpha * log(1 + (exp(1) - 1) * time) }
}

/// Where a walk may be that has not left its bounds so far; it is as likely on either side of 0.
private struct Walk {
  private struct Place {
    let position: Double
    /// The probability of being about there.
    let weight: Double
  }

  private var time = 0.0
  private var places = [Place(position: 0, weight: 1)]

  /// The distance from 0 that the walk exceeds at a time with the given probability.
  func bound(at time: Double, exceededBy probability: Double) -> Double {
    let step = (time - self.time).squareRoot()
    // Nothing that a number can express is out there.
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

  /// Forgets the walks that are outside the bound by then.
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
  /// To three digits, so that a report can show what was used.
  fileprivate var roundedDown: Double {
    guard self > 0 else { return 0 }
    let scale = pow(10, 2 - log10(self).rounded(.down))
    return (self * scale).rounded(.down) / scale
  }
}
