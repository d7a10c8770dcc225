import Formats
import Measurements
import System

extension ConcurrentLoad.Outcome {
  /// The results as one round, with one value for each metric.
  func reading(of benchmark: Benchmark) -> ParsedResults {
    guard let percentiles = Percentiles(of: latencies) else {
      preconditionFailure("a round without success is a failure")
    }
    let seconds = Double(max(1, wallTime.nanoseconds)) / 1e9
    let latencies = [
      (Metric.latencyP50, 50), (.latencyP95, 95), (.latencyP99, 99), (.latencyMax, 100),
    ]
    .map { ($0, Double(percentiles[$1].nanoseconds)) }
    let count = Double(self.latencies.count)
    let values =
      [(Metric.throughput, count / seconds)] + latencies
      + [(.errorRate, Double(failures) / (count + Double(failures)))]
    return ParsedResults(
      series: values.map { metric, value in
        Series(benchmark: benchmark, metric: metric, rounds: [round(value)], source: "perf-record")
      })
  }

  private func round(_ value: Double) -> Round {
    do {
      return try Round([value])
    } catch {
      preconditionFailure("a quotient of counts and times is a finite number")
    }
  }
}
