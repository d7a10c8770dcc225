import Statistics
import Testing
import Trends

@Suite("The commits of a line are measured from coarse to fine")
struct BackfillOrderTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let count: Int
    var measured: Set<Int> = []
    var interest: [Range<Int>] = []
    let order: [Int]

    init(
      _ name: String, _ count: Int, measured: Set<Int> = [], interest: [Range<Int>] = [],
      _ order: [Int]
    ) {
      testDescription = name
      (self.count, self.measured, self.interest, self.order) = (count, measured, interest, order)
    }
  }

  static let cases = [
    Case("none", 0, []),
    Case("one", 1, [0]),
    Case("both ends", 2, [0, 1]),
    Case("ends, then middles", 9, [0, 8, 4, 2, 6, 1, 3, 5, 7]),
    Case("an even gap has its lower middle", 4, [0, 3, 1, 2]),
    Case("what is measured is not measured again", 9, measured: [0, 4, 8], [2, 6, 1, 3, 5, 7]),
    Case("the larger gap is first", 10, measured: [0, 3, 9], [6, 1, 4, 7, 2, 5, 8]),
    Case("all are measured", 3, measured: [0, 1, 2], []),
    Case("what is measured beyond the line does not count", 2, measured: [-1, 2, 5], [0, 1]),
    Case("ends, what is of interest, the rest", 9, interest: [5..<8], [0, 8, 6, 5, 7, 2, 3, 1, 4]),
    Case(
      "ranges that overlap or leave the line", 9, interest: [5..<7, 6..<20, -4..<0],
      [0, 8, 6, 5, 7, 2, 3, 1, 4]),
    Case(
      "ranges of interest that are measured", 5, measured: [2], interest: [2..<3], [0, 4, 1, 3]),
  ]

  @Test("the order is as written down", arguments: cases)
  func order(_ one: Case) {
    #expect(
      BackfillOrder.places(count: one.count, measured: one.measured, interest: one.interest)
        == one.order)
  }

  /// Lines with places measured, and ranges of interest, by chance.
  struct Line: Sendable {
    let count: Int
    let measured: Set<Int>
    let interest: [Range<Int>]

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 1...80, using: &random)
      let share = Double.random(in: 0...1, using: &random)
      self.count = count
      measured = Set((0..<count).filter { _ in Double.random(in: 0...1, using: &random) < share })
      interest = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        let start = Int.random(in: -5..<count + 5, using: &random)
        return start..<start + Int.random(in: 0...9, using: &random)
      }
    }

    var order: [Int] { BackfillOrder.places(count: count, measured: measured, interest: interest) }

    func isInteresting(_ place: Int) -> Bool { interest.contains { $0.contains(place) } }
  }

  /// The range of places around one that are all in a set.
  static func gap(
    around place: Int, in count: Int, _ isIn: (Int) -> Bool
  ) -> Range<Int> {
    var (low, high) = (place, place + 1)
    while low > 0, isIn(low - 1) { low -= 1 }
    while high < count, isIn(high) { high += 1 }
    return low..<high
  }

  @Test(
    "every place without numbers is taken once, ends first, and each is the middle of a largest gap"
  )
  func properties() {
    for seed in 0..<UInt64(500) {
      let line = Line(seed: seed)
      let order = line.order
      #expect(Set(order) == Set(0..<line.count).subtracting(line.measured))
      #expect(Set(order).count == order.count)
      let ends = Set([0, line.count - 1]).subtracting(line.measured)
      #expect(Set(order.prefix(ends.count)) == ends)
      var known = line.measured.union(ends)
      for place in order.dropFirst(ends.count) {
        let open = Set(0..<line.count).subtracting(known)
        let favourites = open.filter(line.isInteresting)
        let wanted = favourites.isEmpty ? open : favourites
        #expect(wanted.contains(place))
        let own = Self.gap(around: place, in: line.count, wanted.contains)
        let largest = wanted.map { Self.gap(around: $0, in: line.count, wanted.contains).count }
        #expect(own.count == largest.max())
        let (below, above) = (place - own.lowerBound, own.upperBound - 1 - place)
        #expect(above - below == 0 || above - below == 1)
        known.insert(place)
      }
    }
  }

  @Test("one that is resumed goes on where the first one stopped")
  func resumed() {
    for seed in 0..<UInt64(200) {
      let line = Line(seed: seed)
      let order = line.order
      for stop in stride(from: 0, through: order.count, by: 3) {
        let rest = BackfillOrder.places(
          count: line.count, measured: line.measured.union(order.prefix(stop)),
          interest: line.interest)
        #expect(Set(rest) == Set(order.dropFirst(stop)))
      }
    }
    let whole = BackfillOrder.places(count: 65)
    for stop in 0...65 {
      #expect(
        BackfillOrder.places(count: 65, measured: Set(whole.prefix(stop)))
          == Array(whole.dropFirst(stop)))
    }
  }

  @Test("a line of a million commits has an order, too")
  func long() {
    #expect(BackfillOrder.places(count: 1_000_000).count == 1_000_000)
  }
}
