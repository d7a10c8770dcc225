import Measurements

/// The measurements of one benchmark, from any of criterion's files.
///
/// One process took all samples, each over its own number of iterations. Together they are
/// one round.
struct CriterionSample {
  let name: String
  /// For each sample, the measurement of all its iterations together.
  let totals: [Double]
  let iterations: [Double]
  /// The unit: `ns`, or that of a custom measurement.
  let unit: String
}

extension ResultBuilder {
  /// Adds the numbers of one benchmark, divided by their iterations.
  ///
  /// Criterion's throughput follows from the time and the size of the input, so it is no metric of
  /// its own.
  mutating func add(_ sample: CriterionSample, at place: Place) throws(InputError) {
    guard sample.totals.count == sample.iterations.count else {
      throw error(
        "\(sample.totals.count) measurements over \(sample.iterations.count) iteration counts",
        at: place)
    }
    try checkNotNegative(sample.totals, at: place)
    guard sample.iterations.allSatisfy({ $0 >= 1 }) else {
      throw error("a sample without iterations", at: place)
    }
    let benchmark = Benchmark(name: sample.name)
    let metric = metricName(in: sample.unit)
    guard try isFirst(benchmark, metric, at: place, hint: Self.oneRunAFile) else { return }
    let values = zip(sample.totals, sample.iterations).map { $0 / $1 }
    try add(values, to: benchmark, metric, in: sample.unit, at: place)
  }
}
