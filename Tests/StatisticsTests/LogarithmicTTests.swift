import Foundation
import Statistics
import Testing

@Suite("Student's t")
struct StudentTTests {
  /// Closed forms, as in Johnson, Kotz and Balakrishnan, "Continuous Univariate Distributions".
  private static func closed(_ t: Double, degrees: Int) -> Double {
    switch degrees {
    case 1: return 1 - 2 / Double.pi * atan(t)
    case 2: return 1 - t / (2 + t * t).squareRoot()
    default:
      let part = t * t / (4 + t * t)
      return 1 - 0.75 * part.squareRoot() * 2 * (1 - part / 3)
    }
  }

  @Test("has the tails of the closed forms", arguments: [1, 2, 4])
  func closed(degrees: Int) {
    for t in [0.01, 0.1, 0.5, 1, 2, 5, 12.706, 40, 100] {
      let expected = Self.closed(t, degrees: degrees)
      let found = StudentT.outside(t, degrees: Double(degrees))
      #expect(abs(found - expected) <= 1e-12 + 1e-6 * expected, "\(t): \(found), \(expected)")
      #expect(StudentT.outside(-t, degrees: Double(degrees)) == found)
    }
  }

  @Test(
    "has the cut-offs of the tables",
    arguments: [
      (12.706, 1.0, 0.05), (4.303, 2, 0.05), (2.776, 4, 0.05), (4.604, 4, 0.01), (2.228, 10, 0.05),
      (3.169, 10, 0.01), (2.093, 19, 0.05), (1.960, 1e7, 0.05), (8.610, 4, 0.001),
    ])
  func tables(t: Double, degrees: Double, p: Double) {
    #expect(abs(StudentT.outside(t, degrees: degrees) / p - 1) < 0.002)
  }

  @Test(
    "has the integral of the density, for degrees that are no whole number",
    arguments: [1.3, 3.7, 11.2])
  func integral(degrees: Double) {
    // The density by the angle t = √degrees · tan a, which has no tail.
    func density(_ angle: Double) -> Double { pow(cos(angle), degrees - 1) }
    func area(from: Double, to: Double) -> Double {
      let steps = 200_000
      let width = (to - from) / Double(steps)
      return (0..<steps).reduce(0) { $0 + density(from + (Double($1) + 0.5) * width) } * width
    }
    for t in [0.3, 1, 3, 9] {
      let angle = atan(t / degrees.squareRoot())
      let expected = area(from: angle, to: .pi / 2) / area(from: 0, to: .pi / 2)
      #expect(abs(StudentT.outside(t, degrees: degrees) / expected - 1) < 1e-3)
    }
  }

  @Test("is 1 for no difference and 0 for an infinite one")
  func ends() {
    #expect(StudentT.outside(0, degrees: 4) == 1)
    #expect(StudentT.outside(.infinity, degrees: 4) == 0)
    #expect(StudentT.outside(1e200, degrees: 4) == 0)
  }
}

@Suite("the t test on logarithms")
struct LogarithmicTTests {
  private func p(_ old: [Double], _ new: [Double]) throws -> Double? {
    LogarithmicT.twoSided(old: try Sample(old), new: try Sample(new))
  }

  @Test("of equal sizes is Student's")
  func student() throws {
    let (old, new) = ([0.0, 0.1, 0.2], [0.5, 0.4, 0.8])
    // Means .1 and 17/30; squares .02 and 13/150; four degrees.
    let t = (17.0 / 30 - 0.1) / ((0.02 + 13.0 / 150) / 4 * 2 / 3).squareRoot()
    let found = try #require(try p(old.map { exp($0) }, new.map { exp($0) }))
    #expect(abs(found - StudentT.outside(t, degrees: 4)) < 1e-12)
  }

  @Test("of unequal sizes is the larger of Student's and Welch's")
  func unequal() throws {
    let few = [3.0, 3.4, 3.9].map { exp($0) }
    let many = (0..<10).map { exp(1 + 0.001 * Double($0)) }
    let wide = try #require(try p(many, few))
    // With the variances pooled the many steady ones would lend the few their calm.
    #expect(wide > 0.001)
    #expect(try p(few, many) == wide)
    let calm = try #require(try p([3.0, 3.001, 3.002], (0..<10).map { 1 + 0.5 * Double($0) }))
    #expect(calm > 0.001)
  }

  @Test("without spread is 0, or 1 where nothing differs; without a logarithm there is none")
  func degenerate() throws {
    #expect(try p([1, 1, 1], [2, 2, 2]) == 0)
    #expect(try p([0.1, 0.1, 0.1], [0.1, 0.1, 0.1]) == 1)
    #expect(try p([0, 1, 1], [2, 2, 2]) == nil)
    #expect(try p([-1, 1, 1], [2, 2, 2]) == nil)
    #expect(try p([1], [2, 2, 2]) == nil)
  }

  @Test("does not depend on the unit, nor on which side is which")
  func invariance() throws {
    let (old, new) = ([1.0, 1.2, 1.1], [2.0, 1.9, 2.6, 2.2])
    let one = try #require(try p(old, new))
    #expect(try p(new, old) == one)
    let other = try #require(try p(old.map { $0 * 1e6 }, new.map { $0 * 1e6 }))
    #expect(abs(other / one - 1) < 1e-9)
  }
}
