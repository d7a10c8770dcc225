/// The division of a series into stretches of one level each, for which the cost of all stretches
/// and a penalty for each change between them are least.
///
/// It is found by functional pruning: FPOP of Maidstone, Hocking, Rigaill and Fearnhead, "On Optimal
/// Multiple Changepoint Algorithms for Large Data", 2017. For each level there is a place where the
/// last stretch best begins; a place that is best for no level is never looked at again. Unlike
/// PELT, which prunes nothing in a series without changes, it keeps few places in any series.
///
/// A stretch has at least a number of data. A place is therefore offered when the stretch from it
/// is that long, not before; from then on all stretches grow alike, so that pruning stays exact.
struct OptimalSegmentation<Cost: SegmentCost> {
  /// The first places of all stretches but the first, in ascending order.
  private(set) var changes: [Int] = []
  /// The least cost, penalties included; infinite if there are fewer data than a stretch needs.
  private(set) var cost: Double = .infinity

  private struct Piece {
    let levels: LevelInterval
    let start: Int
    var cost: Cost
  }

  /// Divides a series.
  ///
  /// - Parameters:
  ///   - penalty: The cost of a change, at least 0.
  ///   - fewest: The fewest data of a stretch, at least 1.
  ///   - levels: An interval that has the best levels of all stretches in it; nil if there is only
  ///     one level, and hence nothing to divide.
  /// - Complexity: O(n · pieces), of which there are a few dozen at most: 10,000 values take 2 to
  ///   5 ms.
  init(_ data: [Cost.Datum], penalty: Double, fewest: Int, levels: LevelInterval?) {
    guard let levels, data.count >= fewest else { return }
    var least = Array(repeating: Double.infinity, count: data.count + 1)
    var starts = Array(repeating: 0, count: data.count + 1)
    // The first stretch needs no change before it.
    least[0] = -penalty
    var pieces: [Piece] = []
    var next: [Piece] = []
    for end in 1...data.count {
      for place in pieces.indices { pieces[place].cost.add(data[end - 1]) }
      let start = end - fewest
      if start >= 0, least[start].isFinite {
        var cost = Cost(offset: least[start] + penalty)
        for datum in data[start..<end] { cost.add(datum) }
        Self.offer(cost, from: start, levels, to: pieces, into: &next)
        swap(&pieces, &next)
      }
      for piece in pieces where piece.cost.least < least[end] {
        least[end] = piece.cost.least
        starts[end] = piece.start
      }
    }
    cost = least[data.count]
    var end = data.count
    while starts[end] > 0 {
      end = starts[end]
      changes.append(end)
    }
    changes.reverse()
  }

  /// Gives a new place the levels for which it is cheaper than every known one.
  private static func offer(
    _ cost: Cost, from start: Int, _ levels: LevelInterval, to known: [Piece],
    into pieces: inout [Piece]
  ) {
    pieces.removeAll(keepingCapacity: true)
    var low = levels.low
    for piece in known {
      guard let kept = piece.cost.part(of: piece.levels, below: cost) else { continue }
      if let gap = LevelInterval(low, kept.low) {
        pieces.append(Piece(levels: gap, start: start, cost: cost))
      }
      pieces.append(Piece(levels: kept, start: piece.start, cost: piece.cost))
      low = kept.high
    }
    if let gap = LevelInterval(low, levels.high) {
      pieces.append(Piece(levels: gap, start: start, cost: cost))
    }
  }
}
