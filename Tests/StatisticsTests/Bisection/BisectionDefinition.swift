import Foundation

@testable import Statistics

/// The formulas of a bisection, computed straight from their definitions.
enum BisectionDefinition {
  /// The log likelihood of culprit k for independent launches: sums of squares by two loops.
  static func independent(
    _ launches: [BisectionLaunch], culprit: Int, weights: [Double]
  ) -> Double {
    var squares = 0.0
    var counts = 1.0
    for isNew in [false, true] {
      let side = launches.indices.filter { (launches[$0].position >= culprit) == isNew }
      let count = side.reduce(0) { $0 + weights[$1] }
      let mean = side.reduce(0) { $0 + weights[$1] * log(launches[$1].value) } / count
      for place in side {
        let distance = log(launches[place].value) - mean
        squares += weights[place] * distance * distance
      }
      counts *= count
    }
    let count = Double(launches.count)
    return -(count - 2) / 2 * log(max(squares, count * 1e-12)) - log(counts) / 2
  }

  /// The weights of the launches, in the model's own estimate.
  static func weights(_ launches: [BisectionLaunch]) -> [Double] {
    EndLevels(
      launches, values: launches.map { log($0.value) },
      bad: launches.map(\.position).max() ?? 0, resolution: 1e-6
    ).weights
  }

  /// The log likelihood of culprit k by the covariance matrix V itself.
  static func correlated(
    _ launches: [BisectionLaunch], culprit: Int, weights: [Double], noise: NoiseCorrelation
  ) -> Double {
    let places = launches.indices
    let covariance = places.map { row in
      places.map { column in
        let (one, other) = (launches[row], launches[column])
        guard one.session == other.session, !noise.isOfBatch || one.batch == other.batch
        else { return 0.0 }
        let mood = noise.share * pow(noise.correlation, Double(abs(row - column)))
        return row == column ? mood + (1 - noise.share) / weights[row] : mood
      }
    }
    let (ones, new, y) = (
      places.map { _ in 1.0 }, launches.map { $0.position >= culprit ? 1.0 : 0 },
      launches.map { log($0.value) }
    )
    let (solved, logDeterminant) = solve(covariance, [ones, new, y])
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let (aa, ab, bb) = (
      product(ones, solved[0]), product(ones, solved[1]), product(new, solved[1])
    )
    let (ay, by) = (product(ones, solved[2]), product(new, solved[2]))
    let determinant = aa * bb - ab * ab
    let base = (bb * ay - ab * by) / determinant
    let rise = (aa * by - ab * ay) / determinant
    let rest = places.map { y[$0] - base - rise * new[$0] }
    let squares = product(rest, solve(covariance, [rest]).solutions[0])
    let count = Double(launches.count)
    return -(count - 2) / 2 * log(max(squares, count * 1e-12)) - log(determinant) / 2
      - logDeterminant / 2
  }

  /// Gaussian elimination for a positive definite matrix.
  private static func solve(
    _ matrix: [[Double]], _ columns: [[Double]]
  ) -> (solutions: [[Double]], logDeterminant: Double) {
    let size = matrix.count
    var rows = (0..<size).map { row in matrix[row] + columns.map { $0[row] } }
    var logDeterminant = 0.0
    for pivot in 0..<size {
      logDeterminant += log(rows[pivot][pivot])
      let head = rows[pivot].map { $0 / rows[pivot][pivot] }
      rows[pivot] = head
      for row in 0..<size where row != pivot {
        let factor = rows[row][pivot]
        rows[row] = zip(rows[row], head).map { $0 - factor * $1 }
      }
    }
    return (columns.indices.map { column in rows.map { $0[size + column] } }, logDeterminant)
  }

  /// The probability of each candidate, from the log likelihood of each.
  static func posterior(weights: [Double], logLikelihood: (Int) -> Double) -> [Double] {
    let logs = weights.indices.map { logLikelihood($0 + 1) }
    let most = logs.max() ?? 0
    let products = zip(weights, logs).map { $0 * exp($1 - most) }
    return products.map { $0 / products.reduce(0, +) }
  }
}
