import Statistics
import Testing

@Suite("The interval of a rate")
struct WilsonIntervalTests {
  struct Case: CustomTestStringConvertible {
    let successes: Double
    let count: Int
    let low: Double
    let high: Double
    var testDescription: String { "\(successes) of \(count)" }
  }

  /// Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3. The
  /// last two are the mirror images of two of these.
  @Test(
    "is the published one, to its four digits",
    arguments: [
      Case(successes: 81, count: 263, low: 0.2553, high: 0.3662),
      Case(successes: 15, count: 148, low: 0.0624, high: 0.1605),
      Case(successes: 0, count: 20, low: 0, high: 0.1611),
      Case(successes: 1, count: 29, low: 0.0061, high: 0.1718),
      Case(successes: 20, count: 20, low: 0.8389, high: 1),
      Case(successes: 28, count: 29, low: 0.8282, high: 0.9939),
    ])
  func published(_ example: Case) {
    let interval = WilsonInterval.of(example.successes, in: example.count)
    #expect((interval.lowerBound - example.low).magnitude < 0.000_05, "\(interval)")
    #expect((interval.upperBound - example.high).magnitude < 0.000_05, "\(interval)")
  }

  @Test("none and all reach exactly to 0 and to 1", arguments: [1, 2, 3, 7, 20, 29, 1000, 999_983])
  func ends(count: Int) {
    #expect(WilsonInterval.of(0, in: count).lowerBound == 0)
    #expect(WilsonInterval.of(Double(count), in: count).upperBound == 1)
    #expect(WilsonInterval.of(0, in: count).upperBound < 1)
    #expect(WilsonInterval.of(Double(count), in: count).lowerBound > 0)
  }

  /// The ends are the rates p that lie z standard errors of p from the observed rate.
  @Test("its ends solve the equation that defines them", arguments: [0.5, 0.9, 0.95, 0.99])
  func equation(confidence: Double) {
    for count in [1, 2, 5, 12, 100] {
      for successes in 0...count {
        let interval = WilsonInterval.of(Double(successes), in: count, confidence: confidence)
        let rate = Double(successes) / Double(count)
        #expect(interval.contains(rate))
        func distance(_ p: Double) -> Double {
          (rate - p).magnitude / (p * (1 - p) / Double(count)).squareRoot()
        }
        let z = [0.5: 0.674_490, 0.9: 1.644_854, 0.95: 1.959_964, 0.99: 2.575_829][confidence]
        for end in [interval.lowerBound, interval.upperBound] where end > 0 && end < 1 {
          #expect((distance(end) - (z ?? 0)).magnitude < 1e-5, "\(successes) of \(count)")
        }
      }
    }
  }

  @Test("failures mirror successes, and more attempts make it narrower")
  func symmetry() {
    for successes in 0...30 {
      let one = WilsonInterval.of(Double(successes), in: 30)
      let other = WilsonInterval.of(Double(30 - successes), in: 30)
      #expect((one.lowerBound - (1 - other.upperBound)).magnitude < 1e-12)
      let more = WilsonInterval.of(Double(successes * 4), in: 120)
      #expect(more.upperBound - more.lowerBound < one.upperBound - one.lowerBound)
    }
  }
}
