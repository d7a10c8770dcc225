import Measurements
import Testing

@Suite("Percentiles are of the nearest rank")
struct PercentilesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let values: [Int]
    let percent: Int
    let answer: Int
    var testDescription: String { "p\(percent) of \(values.count) values" }
  }

  /// By hand: the rank is the percentage of the count, rounded up.
  static let cases = [
    Case(values: [7], percent: 1, answer: 7),
    Case(values: [7], percent: 100, answer: 7),
    Case(values: [50, 20, 15, 40, 35], percent: 5, answer: 15),  // .25 -> 1
    Case(values: [50, 20, 15, 40, 35], percent: 30, answer: 20),  // 1.5 -> 2
    Case(values: [50, 20, 15, 40, 35], percent: 40, answer: 20),  // 2
    Case(values: [50, 20, 15, 40, 35], percent: 50, answer: 35),  // 2.5 -> 3
    Case(values: [50, 20, 15, 40, 35], percent: 100, answer: 50),
    Case(values: [1, 2, 3, 4], percent: 50, answer: 2),  // 2
    Case(values: Array(1...20), percent: 95, answer: 19),  // 19, not 19.000000000000004
    Case(values: Array(1...20), percent: 99, answer: 20),  // 19.8 -> 20
    Case(values: Array((1...100).reversed()), percent: 99, answer: 99),
    Case(values: Array(1...1000), percent: 99, answer: 990),
    Case(values: [3, 3, 3, 9], percent: 75, answer: 3),
  ]

  @Test("by hand", arguments: cases)
  func byHand(_ one: Case) throws {
    #expect(try #require(Percentiles(of: one.values))[one.percent] == one.answer)
  }

  @Test("the smallest value that at least so many per cent do not exceed, for all small counts")
  func definition() throws {
    for count in 1...30 {
      let values = (0..<count).map { $0 * 7 % 11 }
      let percentiles = try #require(Percentiles(of: values))
      for percent in 1...100 {
        let answer = values.sorted().first { value in
          values.count { $0 <= value } * 100 >= percent * count
        }
        #expect(percentiles[percent] == answer)
      }
    }
  }

  @Test("no values have none")
  func none() {
    #expect(Percentiles(of: [Double]()) == nil)
  }
}
