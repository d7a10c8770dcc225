#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The places at which the level of a series of noisy values changes.
///
/// The same values always give the same points, and nothing is drawn at random. Four steps:
///
/// 1. The noise of the series, and about each value: ``NoiseScale``.
/// 2. Outliers are replaced: ``HampelFilter``.
/// 3. The division with the least squared error, each value weighted by its noise, and a penalty of
///    3·ln n for each change: ``OptimalSegmentation``. A level has at least three values.
/// 4. Changes that their neighbours do not support are removed: ``ChangePruning``.
///
/// The values are compared by their ratios if all are positive, otherwise by their differences.
/// Values that are not finite are gaps. A series of fewer than six values has no points.
///
/// Measured on 295 real nightly series with a step put in, found within three positions, F1: +3 %
/// .972, +5 % .985, +10 % .997, −5 % .993, −10 % .997. The 300 series without one have five points,
/// all of them plain moves. Simulated, points per 1,000 unchanged values, in series of 1,000: at most
/// .03 for independent noise, also with heavy tails, 5 % outliers or two modes, however tight; 0 if
/// each value depends on the one before by .5, .4 by .8, 5 by .9; .7 for noise of 1 and 6 % by turns of 50 to 100 values, 2.4 by turns of
/// 20. The constants were chosen with these data.
///
/// Two weaknesses: dependence is not recognized in fewer than about 36 values, and badly in 40: 7
/// points per 1,000 values if it is .8. And where all levels are shorter than about 20 values,
/// changes of up to five scales pass for dependence; of ten scales, below 12 values.
package struct ChangePoints: Hashable, Sendable {
  package let points: [ChangePoint]
  /// The levels between them, one more than points; none if no value is finite.
  package let levels: [Level]
  /// The deviation of single values about their level: a part of it if ``comparison`` is a ratio,
  /// otherwise in the unit of the values. 0 if all values are equal.
  package let scale: Double
  /// The way in which the levels of this series are compared.
  package let comparison: PairwiseComparison

  /// The values between two changes.
  package struct Level: Hashable, Sendable {
    /// The indices of the values, gaps included.
    package let range: Range<Int>
    /// The median of all of them, outliers included.
    package let median: Double
  }

  /// The smallest change that counts if nobody says otherwise, as a part of the old level.
  package static let usualMinimum = 0.02
  /// The most values on each side of a change that are compared. A machine drifts: what was long
  /// before says little of a change.
  package static let mostNeighbours = 100
  /// The fewest values of a level.
  package static let fewestValues = 3
}

extension ChangePoints {
  /// The penalty of a change is this factor times ln n. Yao's criterion, "Estimating the Number of
  /// Change-Points via Schwarz' Criterion", 1988, has 2 for independent normal values; 3 leaves room
  /// for noise that is neither.
  private static let penaltyFactor = 3.0

  /// Finds the changes of a series.
  ///
  /// - Parameters:
  ///   - series: One value for each commit or period, in their order.
  ///   - minimum: The smallest change that counts, at least 0: 0.02 for ratios of 1.02 and more, and
  ///     of 1 / 1.02 and less. For differences it is a part of the old values' median; if that is 0,
  ///     every difference counts.
  ///   - tables: The known distributions, shared by all series of a query.
  package init(
    in series: [Double], minimum: Double = usualMinimum, tables: inout UDistributions
  ) {
    guard let values = SeriesValues(series) else {
      (points, levels, scale, comparison) = ([], [], 0, .ratio)
      return
    }
    comparison = values.comparison
    let noise = NoiseScale(values.scaled)
    var pruning: ChangePruning?
    if let noise, values.scaled.count >= 2 * Self.fewestValues {
      let filtered = HampelFilter.filtered(values.scaled, scales: noise.local)
      let places = Self.candidates(filtered, noise)
      pruning = ChangePruning(
        places, of: values, filtered: filtered, scale: noise.global, minimum: minimum,
        tables: &tables)
    }
    points = pruning?.points.compactMap { $0 } ?? []
    scale = values.unscaled(noise?.global ?? 0)
    let starts = [0] + points.map(\.index)
    let ends = points.map(\.index) + [series.count]
    levels = zip(starts, ends).map { start, end in
      let finite = series[start..<end].filter(\.isFinite)
      return Level(range: start..<end, median: Sample(finite[...]).median)
    }
  }

  private static func candidates(_ values: [Double], _ noise: NoiseScale) -> [Int] {
    guard let low = values.min(), let high = values.max() else { return [] }
    let global = noise.global
    let data = zip(values, noise.local).map { value, local in
      SquaredError.Datum(
        value: (value - low) / global, weight: global * global / (local * local))
    }
    return OptimalSegmentation<SquaredError>(
      data, penalty: penaltyFactor * log(Double(values.count)), fewest: fewestValues,
      levels: LevelInterval(0, (high - low) / global)
    ).changes
  }

  /// Finds the first later level that is within one ``scale`` of the level before a point: the
  /// change went away.
  ///
  /// - Parameter number: The number of a point in ``points``, from 0.
  /// - Returns: The number of the point with which the old level came back; nil if it did not.
  package func pointOfReturn(from number: Int) -> Int? {
    let old = levels[number].median
    return points.indices.dropFirst(number + 1).first { later in
      let new = levels[later + 1].median
      return switch comparison {
      case .ratio: log(new / old).magnitude <= scale
      case .difference: (new - old).magnitude <= scale
      }
    }
  }
}
