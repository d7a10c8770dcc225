extension Metric {
  /// The number of launches that succeeded per second of a round, from the first start to the last
  /// end.
  package static let throughput = Metric("throughput", .perSecond, better: .higher)
  /// The median duration of the launches of a round that succeeded, each from its own start to its
  /// end.
  package static let latencyP50 = Metric("latency_p50", .nanoseconds)
  package static let latencyP95 = Metric("latency_p95", .nanoseconds)
  package static let latencyP99 = Metric("latency_p99", .nanoseconds)
  package static let latencyMax = Metric("latency_max", .nanoseconds)
  /// The fraction of launches that failed.
  package static let errorRate = Metric("error_rate", .one)
}
