/// Launches of different commands that run at the same time.
package struct LaunchPool: ~Copyable {
  private var pool: ProcessPool?
  private var launches: [UInt32: Launch] = [:]

  /// The most launches that may run at the same time.
  package static let most = ProcessPool.most

  package init() {}

  package var count: Int { launches.count }

  /// Starts a launch.
  ///
  /// - Returns: The number by which its end is told.
  /// - Throws: ``LaunchError`` if the program cannot be started.
  /// - Precondition: There are fewer than ``most`` launches.
  package mutating func start(_ launch: Launch) throws(LaunchError) -> UInt32 {
    let child = try launch.prepared(launch.limits ?? Limits())
    do throws(ChildProcess.Failure) {
      if pool == nil { pool = try ProcessPool() }
      guard let ticket = try pool?.start(child) else { preconditionFailure("it was made above") }
      launches[ticket] = launch
      return ticket
    } catch {
      throw launch.error(error)
    }
  }

  /// A launch that has ended.
  package struct Ended {
    package let ticket: UInt32
    /// The result, or the reason why the program did not start.
    package let result: Result<Launch.Result, LaunchError>
  }

  /// Returns the next launch that ends.
  ///
  /// - Parameter waits: True to wait for one, false to return at once.
  /// - Returns: nil if none has ended, or if there are none.
  /// - Throws: ``LaunchError`` if the launcher is gone, with all that it started.
  package mutating func next(waits: Bool) throws(LaunchError) -> Ended? {
    guard let any = launches.first?.value else { return nil }
    let ended: ProcessPool.Ended?
    do throws(ChildProcess.Failure) {
      ended = try pool?.next(waits: waits)
    } catch {
      throw any.error(error)
    }
    guard let ended, let launch = launches.removeValue(forKey: ended.ticket) else { return nil }
    do {
      return Ended(ticket: ended.ticket, result: .success(try launch.result(of: ended)))
    } catch {
      return Ended(ticket: ended.ticket, result: .failure(error))
    }
  }
}
