/// The costs of measuring, in any unit, usually seconds.
package struct BisectionCosts: Sendable {
  /// The cost of one launch.
  package let launch: Double
  /// The cost of building a commit that is not yet built.
  package let build: Double
  /// The positions that need no build any more.
  package let built: Set<Int>

  /// - Precondition: A launch costs something, and a build not less than nothing.
  package init(launch: Double = 1, build: Double = 0, built: Set<Int> = []) {
    precondition(launch > 0 && build >= 0, "a launch costs something, a build at least nothing")
    self.launch = launch
    self.build = build
    self.built = built
  }

  /// The cost of a number of launches at a position.
  func cost(of launches: Int, at position: Int) -> Double {
    Double(launches) * launch + (build > 0 && !built.contains(position) ? build : 0)
  }
}
