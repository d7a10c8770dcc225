/// A round in which several workers launch a command repeatedly at the same time.
package struct ConcurrentLoad: Hashable, Sendable {
  /// The number of launches that run at the same time.
  package let workers: Int
  package let end: End

  package enum End: Hashable, Sendable {
    /// No launch begins after this time. Launches that have begun are waited for, and count.
    case duration(Duration)
    /// The total number of launches.
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
    // There is always one launch, however short the duration is.
    case .duration(let duration): launches == 0 || time < duration
    case .requests(let requests): launches < requests
    }
  }
}

extension ConcurrentLoad {
  /// The result of one round.
  package struct Outcome: Sendable {
    /// The durations of the launches that succeeded, in the order of their ends; at least one.
    package private(set) var latencies: [Duration] = []
    package private(set) var failures = 0
    /// The reason why the first failed launch failed.
    package private(set) var firstFailure: LaunchError?
    private var firstFailed: Launch.Result?
    /// The time from the first start to the last end.
    package internal(set) var wallTime = Duration.zero
    /// True if any launch left processes running, which were ended.
    package private(set) var leftOthers = false

    mutating func note(_ result: Launch.Result) {
      latencies.append(result.usage.wallTime)
      leftOthers = leftOthers || result.leftOthers
    }

    /// Counts a launch that failed.
    ///
    /// - Parameter result: The result; nil for a launch that did not begin.
    mutating func note(_ failure: LaunchError, of result: Launch.Result? = nil) {
      failures += 1
      guard firstFailure == nil else { return }
      firstFailure = failure
      firstFailed = result
    }

    /// Keeps the output of the first failed launch, if failures are kept. One output of possibly
    /// thousands is enough.
    mutating func keepFirstFailed(by launch: Launch, _ iteration: Iteration) {
      guard let result = firstFailed else { return }
      firstFailure = firstFailure?.keeping(launch.keep(result, during: iteration))
      firstFailed = nil
    }
  }
}
