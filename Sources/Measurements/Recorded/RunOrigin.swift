/// The suite and the machine of recorded runs, which many runs share.
package final class RunOrigin: Sendable {
  /// The number that tells the origins of one index apart. Those of a list have small numbers.
  package let number: Int
  package let suite: String
  /// The machine; nil for runs that name none.
  package let environment: Environment?

  package init(number: Int, suite: String, environment: Environment?) {
    self.number = number
    self.suite = suite
    self.environment = environment
  }
}
