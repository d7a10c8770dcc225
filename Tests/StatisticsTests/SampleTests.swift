import Statistics
import Testing

struct SampleTests {
  @Test func `a sample without values is refused`() {
    #expect(throws: InvalidSample.empty) { try Sample([]) }
  }

  @Test(arguments: [Double.infinity, -.infinity])
  func `a value that is not finite is refused by name`(_ value: Double) {
    #expect(throws: InvalidSample.notFinite(value)) { try Sample([1, value]) }
  }

  @Test func `a value that is no number is refused`() {
    #expect(throws: InvalidSample.self) { try Sample([1, .nan, 2]) }
  }

  @Test func `a refusal says what was wrong`() {
    #expect(InvalidSample.empty.description == "a sample without values")
    #expect(InvalidSample.notFinite(.nan).description == "a value that is nan, not a finite number")
  }

  @Test func `the order of the values is kept beside the sorted ones`() throws {
    let sample = try Sample([3, 1, 2])
    #expect(sample.values == [3, 1, 2])
    #expect(sample.sorted == [1, 2, 3])
    #expect(sample.count == 3)
    #expect(sample.minimum == 1)
    #expect(sample.maximum == 3)
  }

  @Test(arguments: [255, 256, 3_000])
  func `many values are in the same order as by comparing them`(_ count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let ranges: [ClosedRange<Double>] = [
      0...1, -1e300...1e300, -1e-300...1e-300, 1e6...2e6, 5...5, -3...(-2),
    ]
    for range in ranges {
      for isWhole in [false, true] {
        let values = (0..<count).map { index in
          let value = Double.random(in: range, using: &generator)
          return index % 100 == 0 ? 0 : isWhole ? value.rounded() : value
        }
        #expect(try Sample(values).sorted == values.sorted())
      }
    }
  }

  @Test(arguments: [[5], [6, 4], [9, 1, 5], [7, 1, 6, 4]])
  func `the median is in the middle`(_ values: [Double]) throws {
    #expect(try Sample(values).median == 5)
    #expect(values.median == 5)
  }

  @Test func `nothing has no median`() {
    #expect([Double]().median == nil)
  }

  @Test func `the noise is the deviation as a part of the mean`() throws {
    // Mean 5, squares 9+1+1+1+0+0+4+16 = 32, over 7.
    let noise = try #require(try Sample([2, 4, 4, 4, 5, 5, 7, 9]).coefficientOfVariation)
    #expect(noise.isClose(to: (32.0 / 7).squareRoot() / 5))
    #expect(try Sample([-1, -3]).coefficientOfVariation?.isClose(to: 0.5.squareRoot()) == true)
    #expect(try Sample([3, 3, 3]).coefficientOfVariation == 0)
  }

  @Test func `noise needs two values and a mean`() throws {
    #expect(try Sample([3]).coefficientOfVariation == nil)
    #expect(try Sample([-1, 1]).coefficientOfVariation == nil)
  }
}
