extension Launch {
  /// One round: the command from so many workers at once, until that is over.
  ///
  /// All are started and waited for by this one thread: where launches are very short, it is how fast that
  /// goes that is measured. Each has a process group, limits or not.
  ///
  /// - Parameter allowed: The exit statuses that are no failure.
  /// - Throws: ``LaunchError`` when none succeeded, when the system does not provide for one more, and
  ///   when this process was asked to stop; nothing is left running then.
  package func run(
    _ traffic: ConcurrentLoad, _ turn: Iteration, allowing allowed: Set<Int32> = [0]
  ) throws(LaunchError) -> ConcurrentLoad.Outcome {
    var outcome = ConcurrentLoad.Outcome()
    var crowd: ProcessPool
    do {
      crowd = try ProcessPool()
    } catch {
      throw self.error(error).during(turn)
    }
    let start = SuspendingClock.now
    var begun = 0
    while true {
      let goesOn = Interrupts.signal == nil && traffic.goesOn(after: begun, .now - start)
      let starts = goesOn && crowd.count < traffic.workers
      guard starts || crowd.count > 0 else { break }
      if starts {
        try begin(&crowd, turn)
        begun += 1
      }
      // Whoever ended while others were started is not kept waiting.
      if let ended = try next(of: &crowd, waits: !starts, turn) {
        try note(ended, turn, allowed, &outcome)
      }
    }
    outcome.wallTime = SuspendingClock.now - start
    if let signal = Interrupts.signal {
      throw LaunchError(command, .cut(.interrupted(signal)), turn: turn)
    }
    // Not before: while others run, it would disturb them.
    outcome.keepFirstFailed(by: self, turn)
    if outcome.latencies.isEmpty, let failure = outcome.firstFailure { throw failure }
    return outcome
  }

  private func begin(_ crowd: inout ProcessPool, _ turn: Iteration) throws(LaunchError) {
    do throws(LaunchError) {
      let child = try prepared(limits ?? Limits())
      do {
        try crowd.start(child)
      } catch {
        throw self.error(error)
      }
    } catch {
      throw error.during(turn)
    }
  }

  private func next(
    of crowd: inout ProcessPool, waits: Bool, _ turn: Iteration
  ) throws(LaunchError) -> ProcessPool.Ended? {
    do {
      return try crowd.next(waits: waits)
    } catch {
      throw self.error(error).during(turn)
    }
  }

  private func note(
    _ ended: ProcessPool.Ended, _ turn: Iteration, _ allowed: Set<Int32>,
    _ outcome: inout ConcurrentLoad.Outcome
  ) throws(LaunchError) {
    do throws(LaunchError) {
      let result = try result(of: ended)
      if let reason = result.problem(allowing: allowed) {
        let failure = LaunchError(command, reason, turn: turn, messages: result.messages)
        outcome.note(failure, of: result)
      } else {
        outcome.note(result)
      }
    } catch {
      // What the machine refuses is no error of the program's.
      if error.isOurs { throw error.during(turn) }
      outcome.note(error.during(turn))
    }
  }
}
