package import CommandLine
import Formats
import Runner
package import System

extension SuiteDefinition {
  /// Checks that the keys of the suite do not contradict each other.
  ///
  /// - Throws: ``UsageError`` if they do, whether or not the suite is measured now.
  func check() throws(UsageError) {
    _ = try concurrentLoad()
    try checkTasks()
    try checkMetrics()
    try checkRounds()
  }

  /// Checks the keys that say what a round is.
  ///
  /// - Throws: ``UsageError`` if they do not go with the rest of the suite.
  package func checkRounds() throws(UsageError) {
    guard per == .launch || format.map({ $0.subject == .modelCalls }) ?? (output != nil) else {
      throw UsageError(
        "per = call is for the usage of language models, in \(place)",
        hint: "say with `format` what the commands write, such as `anthropic`")
    }
    guard also != Also.none || format != nil || output != nil || !metrics.printed.isEmpty else {
      throw UsageError(
        "nothing is recorded with also = none, in \(place)",
        hint: "add a `format`, or a `metric` that the program prints")
    }
  }

  /// Checks the keys of tasks.
  ///
  /// - Throws: ``UsageError`` if they contradict each other.
  package func checkTasks() throws(UsageError) {
    guard isOfTasks || !infrastructure.isEmpty else { return }
    if concurrency != nil {
      throw UsageError(
        "concurrency is for a load of one command, in \(place)",
        hint: "leave it out; `parallel` is the number of tasks that run at the same time")
    }
    guard let parallel, parallel > 1 else { return }
    if output != nil {
      throw UsageError(
        "parallel and output exclude each other, in \(place)",
        hint:
          "tasks that run at the same time would write the same file: let them print the results")
    }
    if metrics == [.callgrind] {
      throw UsageError(
        "parallel and callgrind exclude each other, in \(place)", hint: "leave out `parallel`")
    }
  }

  /// Returns the launches of a round, if several run at once; nil if a round is a single launch.
  ///
  /// - Throws: ``UsageError`` if the keys do not go together.
  package func concurrentLoad() throws(UsageError) -> ConcurrentLoad? {
    guard let concurrency else {
      guard duration == nil, requests == nil else {
        throw UsageError(
          "\(duration == nil ? "requests" : "duration") without concurrency, in \(place)",
          hint: "say with `concurrency` how many run at once; 1 is one after the other")
      }
      return nil
    }
    guard format == nil, output == nil else {
      throw UsageError(
        "concurrency is for commands that are timed, in \(place)",
        hint: "what a harness prints can not be read from several at once")
    }
    guard retries == 0 else {
      throw UsageError(
        "concurrency and retries exclude each other, in \(place)",
        hint: "launches that fail are counted, as `error_rate`")
    }
    guard let requests else {
      return ConcurrentLoad(workers: concurrency, until: .duration(duration ?? .seconds(1)))
    }
    guard duration == nil else {
      throw UsageError(
        "duration and requests exclude each other, in \(place)",
        hint: "a round is over after a time, or after so many launches")
    }
    guard requests >= concurrency else {
      throw UsageError(
        "fewer requests than run at once, in \(place): \(requests), and concurrency is \(concurrency)",
        hint: "have at least one for each")
    }
    return ConcurrentLoad(workers: concurrency, until: .requests(requests))
  }
}
