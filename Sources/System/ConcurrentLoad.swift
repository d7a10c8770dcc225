/// A command launched from several workers at once, again and again, as one round.
package struct ConcurrentLoad: Hashable, Sendable {
  /// How many run at a time.
  package let workers: Int
  package let end: End

  package enum End: Hashable, Sendable {
    /// Nothing begins after it; what has begun is waited for, and counts.
    case duration(Duration)
    /// So many launches in all.
    case requests(Int)
  }

  package static let mostWorkers = ProcessPool.most

  package init(workers: Int, until end: End) {
    precondition((1...Self.mostWorkers).contains(workers))
    self.workers = workers
    self.end = end
  }

  func goesOn(after launches: Int, _ time: Duration) -> Bool {
    switch end {
    // However short, one launch there is.
    case .duration(let duration): launches == 0 || time < duration
    case .requests(let requests): launches < requests
    }
  }
}

extension ConcurrentLoad {
  /// What came of one round.
  package struct Outcome: Sendable {
    /// Of the launches that succeeded, in the order of their ends; at least one.
    package private(set) var latencies: [Duration] = []
    package private(set) var failures = 0
    /// Why the first one failed.
    package private(set) var firstFailure: LaunchError?
    private var firstFailed: Launch.Result?
    /// From the first start to the last end.
    package internal(set) var wallTime = Duration.zero
    /// Whether any left processes running, which were ended.
    package private(set) var leftOthers = false

    mutating func note(_ result: Launch.Result) {
      latencies.append(result.usage.wallTime)
      leftOthers = leftOthers || result.leftOthers
    }

    /// - Parameter result: nil for a launch that did not begin.
    mutating func note(_ failure: LaunchError, of result: Launch.Result? = nil) {
      failures += 1
      guard firstFailure == nil else { return }
      firstFailure = failure
      firstFailed = result
    }

    /// Keeps what the first launch printed that failed, if anybody wants that; of thousands that is
    /// enough.
    mutating func keepFirstFailed(by launch: Launch, _ iteration: Iteration) {
      guard let result = firstFailed else { return }
      firstFailure = firstFailure?.keeping(launch.keep(result, during: iteration))
      firstFailed = nil
    }
  }
}
