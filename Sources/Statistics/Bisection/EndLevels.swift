/// The levels of both ends of a bisection at the time of each launch, and the spread of single
/// launches around them.
///
/// The machine may drift during a bisection, so the level of the good end at a launch is the median
/// of the good end's launches nearest in time. A drift, or a machine that is slower from some launch
/// on, then makes no outliers of all later launches.
struct EndLevels {
  /// The distance of each launch's value from the good end's level at that time.
  private let offsets: [Double]
  /// The level of the bad end above that of the good end; negative if it is below.
  private let difference: Double
  /// The standard deviation of one launch, from the launches at the ends.
  ///
  /// It is the median of their distances from their level, so outliers do not inflate it, divided by
  /// .765: for normal values the median distance is .6745 standard deviations, and the distance to
  /// the median of five other values is 1.134 times as large. If more than half of the values are
  /// equal, that median is 0, and the mean distance times √(π/2) replaces it.
  ///
  /// The scale is at least a twentieth of the difference: commits of an exact metric differ a little
  /// from each other, and such differences are no outliers.
  private let scale: Double

  /// The number of launches of the good end that make its level at one time.
  private static let window = 5
  /// The largest distance of the levels in scales.
  private static let mostSeparation = 20.0
  /// The distance in scales from the nearer level beyond which a value counts as an outlier.
  static let outlierDistance = 2.5

  /// - Parameters:
  ///   - launches: The launches in the order of measuring.
  ///   - values: The values of the launches, which may be logarithms.
  ///   - bad: The position of the bad end.
  ///   - resolution: The smallest possible scale, above 0.
  init(_ launches: [BisectionLaunch], values: [Double], bad: Int, resolution: Double) {
    let goodPlaces = GoodPlaces(launches)
    let offsets = values.indices.map { place in
      let nearest = goodPlaces.nearest(to: place, count: Self.window).map { values[$0] }
      return values[place] - (nearest.median ?? values[place])
    }
    func atEnd(_ position: Int) -> [Double] {
      offsets.indices.filter { launches[$0].position == position }.map { offsets[$0] }
    }
    let difference = atEnd(bad).median ?? 0
    let distances = atEnd(0).map(\.magnitude) + atEnd(bad).map { ($0 - difference).magnitude }
    let median = (distances.median ?? 0) / 0.765
    let mean = distances.reduce(0, +) / Double(distances.count) * 1.2533
    self.offsets = offsets
    self.difference = difference
    scale = max(
      resolution, median > 0 ? median : mean, difference.magnitude / Self.mostSeparation)
  }

  /// The distance between the levels in scales.
  var separation: Double { difference.magnitude / scale }

  /// The weight of each launch: 1 up to ``outlierDistance`` from the nearer level, and less than 1,
  /// (2.5 / distance)², for an outlier.
  var weights: [Double] {
    offsets.map { offset in
      let distance = min(offset.magnitude, (offset - difference).magnitude) / scale
      let ratio = Self.outlierDistance / max(Self.outlierDistance, distance)
      return ratio * ratio
    }
  }
}

/// The places of the launches of the good end in the order of measuring, by session.
private struct GoodPlaces {
  private let launches: [BisectionLaunch]
  private let bySession: [Int: [Int]]
  private let all: [Int]

  init(_ launches: [BisectionLaunch]) {
    self.launches = launches
    all = launches.indices.filter { launches[$0].position == 0 }
    bySession = Dictionary(grouping: all) { launches[$0].session }
  }

  /// The places nearest to a launch, without its own: those of its session, or of all sessions if
  /// the good end was not launched otherwise in this one.
  func nearest(to place: Int, count: Int) -> [Int] {
    let own = bySession[launches[place].session, default: []]
    return Self.nearest(to: place, among: own == [place] || own.isEmpty ? all : own, count: count)
  }

  private static func nearest(to place: Int, among places: [Int], count: Int) -> [Int] {
    var (before, after) = (0, places.count)
    while before < after {
      let middle = (before + after) / 2
      if places[middle] < place { before = middle + 1 } else { after = middle }
    }
    if after < places.count, places[after] == place { after += 1 }
    var nearest: [Int] = []
    while nearest.count < count, before > 0 || after < places.count {
      let isEarlier =
        after == places.count || before > 0 && place - places[before - 1] <= places[after] - place
      if isEarlier {
        before -= 1
        nearest.append(places[before])
      } else {
        nearest.append(places[after])
        after += 1
      }
    }
    return nearest
  }
}
