extension Launch {
  /// Runs one round: several workers launch the command at the same time, until the load ends.
  ///
  /// One thread starts all launches and waits for all of them. If launches are very short, the
  /// round therefore measures how fast this thread is. Each launch has a process group, with or
  /// without limits.
  ///
  /// - Parameter allowed: The exit statuses that are no failure.
  /// - Throws: ``LaunchError`` if no launch succeeded, if the system does not allow one more
  ///   process, or if this process was asked to stop; nothing is left running then.
  package func run(
    _ concurrentLoad: ConcurrentLoad, _ iteration: Iteration, allowing allowed: Set<Int32> = [0]
  ) throws(LaunchError) -> ConcurrentLoad.Outcome {
    var outcome = ConcurrentLoad.Outcome()
    var pool: ProcessPool
    do {
      pool = try ProcessPool()
    } catch {
      throw self.error(error).during(iteration)
    }
    let start = SuspendingClock.now
    var begun = 0
    while true {
      let goesOn = Interrupts.signal == nil && concurrentLoad.goesOn(after: begun, .now - start)
      let starts = goesOn && pool.count < concurrentLoad.workers
      guard starts || pool.count > 0 else { break }
      if starts {
        try begin(&pool, iteration)
        begun += 1
      }
      // A launch that ended while others were started is handled without delay.
      if let ended = try next(of: &pool, waits: !starts, iteration) {
        try note(ended, iteration, allowed, &outcome)
      }
    }
    outcome.wallTime = SuspendingClock.now - start
    if let signal = Interrupts.signal {
      throw LaunchError(command, .cut(.interrupted(signal)), iteration: iteration)
    }
    // This happens after the round, because it would disturb launches that still run.
    outcome.keepFirstFailed(by: self, iteration)
    if outcome.latencies.isEmpty, let failure = outcome.firstFailure { throw failure }
    return outcome
  }

  private func begin(_ pool: inout ProcessPool, _ iteration: Iteration) throws(LaunchError) {
    do throws(LaunchError) {
      let child = try prepared(limits ?? Limits())
      do {
        try pool.start(child)
      } catch {
        throw self.error(error)
      }
    } catch {
      throw error.during(iteration)
    }
  }

  private func next(
    of pool: inout ProcessPool, waits: Bool, _ iteration: Iteration
  ) throws(LaunchError) -> ProcessPool.Ended? {
    do {
      return try pool.next(waits: waits)
    } catch {
      throw self.error(error).during(iteration)
    }
  }

  private func note(
    _ ended: ProcessPool.Ended, _ iteration: Iteration, _ allowed: Set<Int32>,
    _ outcome: inout ConcurrentLoad.Outcome
  ) throws(LaunchError) {
    do throws(LaunchError) {
      let result = try result(of: ended)
      if let reason = result.problem(allowing: allowed) {
        let failure = LaunchError(command, reason, iteration: iteration, messages: result.messages)
        outcome.note(failure, of: result)
      } else {
        outcome.note(result)
      }
    } catch {
      // A process that the machine refuses is no error of the program.
      if error.isOurs { throw error.during(iteration) }
      outcome.note(error.during(iteration))
    }
  }
}
