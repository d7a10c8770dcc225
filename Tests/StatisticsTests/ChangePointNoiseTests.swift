import Statistics
import Testing
import TestSupport

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What STATISTICS says of change points in series without any change, and in those with one.
@Suite("Change points and noise")
struct ChangePointNoiseTests {
  enum Noise: String, CaseIterable, CustomTestStringConvertible {
    case quiet, loud, heavyTails, outliers, modes, tightModes, farModes, dependent,
      stronglyDependent, byTurns, everyOther
    var testDescription: String { rawValue }

    /// The most points per 1,000 values that are accepted; a few in a thousand series are usual.
    var most: Double {
      switch self {
      case .stronglyDependent: 0.5
      case .byTurns: 1
      default: 0
      }
    }

    func series(_ count: Int, _ random: inout SeededGenerator) -> [Double] {
      func chance(_ random: inout SeededGenerator) -> Double {
        Double.random(in: 0..<1, using: &random)
      }
      var last = random.normal()
      return (0..<count).map { place in
        switch self {
        case .quiet: return exp(0.03 * random.normal())
        case .loud: return exp(0.1 * random.normal())
        case .heavyTails:
          // Student's t with two degrees by its quantile function.
          let u = min(max(chance(&random), 1e-9), 1 - 1e-9)
          return exp(0.02 * (2 * u - 1) / (2 * u * (1 - u)).squareRoot())
        case .outliers:
          return exp(0.03 * random.normal()) * (chance(&random) < 0.05 ? 1.5 : 1)
        case .modes: return exp(0.02 * random.normal()) * (chance(&random) < 0.3 ? 1.15 : 1)
        case .tightModes:
          return exp(0.005 * random.normal()) * (chance(&random) < 0.3 ? 1.15 : 1)
        case .farModes: return exp(0.01 * random.normal()) * (chance(&random) < 0.5 ? 1.6 : 1)
        case .dependent, .stronglyDependent:
          let part = self == .dependent ? 0.5 : 0.8
          last = part * last + (1 - part * part).squareRoot() * random.normal()
          return exp(0.03 * last)
        case .byTurns: return exp((place / 75 % 2 == 0 ? 0.01 : 0.06) * random.normal())
        case .everyOther: return exp((place % 2 == 0 ? 0.01 : 0.06) * random.normal())
        }
      }
    }
  }

  @Test("Noise without a change has no points, or as few as documented", arguments: Noise.allCases)
  func unchanged(_ noise: Noise) {
    var random = SeededGenerator(seed: 20)
    var tables = UDistributions()
    let times = 10
    let points = (0..<times).reduce(0) { sum, _ in
      let series = noise.series(1000, &random)
      return sum + ChangePoints(in: series, tables: &tables).points.count
    }
    #expect(Double(points) / Double(times) <= noise.most)
  }

  @Test("Of two modes a change of how often they come is found, and one of their levels")
  func modes() {
    var random = SeededGenerator(seed: 22)
    var tables = UDistributions()
    func found(_ factor: (Int, _ isSlow: Bool) -> Double, slow: (Int) -> Double) -> Int {
      (0..<20).count { _ in
        let series = (0..<160).map { place in
          let isSlow = Double.random(in: 0..<1, using: &random) < slow(place)
          return exp(0.01 * random.normal()) * factor(place, isSlow)
        }
        let points = ChangePoints(in: series, tables: &tables).points
        return points.count == 1 && abs(points[0].index - 80) <= 5
      }
    }
    #expect(found({ $1 ? 1.15 : 1 }, slow: { $0 < 80 ? 0.2 : 1 }) >= 18)
    #expect(found({ ($0 < 80 ? 1 : 1.4) * ($1 ? 1.15 : 1) }, slow: { _ in 0.3 }) >= 18)
  }

  @Test("A change of twice the noise is found at its place", arguments: [Noise.quiet, .heavyTails])
  func changed(_ noise: Noise) {
    var random = SeededGenerator(seed: 21)
    var tables = UDistributions()
    let times = 20
    let found = (0..<times).count { _ in
      let series = noise.series(100, &random).enumerated().map { $0 < 60 ? $1 : $1 * 1.07 }
      let points = ChangePoints(in: series, tables: &tables).points
      return points.count == 1 && abs(points[0].index - 60) <= 3
    }
    #expect(found >= 18)
  }
}
