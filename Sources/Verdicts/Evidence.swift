/// The kind of the compared values.
package enum Evidence: String, Hashable, Sendable {
  /// One value per independent launch.
  case rounds
  /// Repetitions within one process, which are weaker evidence than their number suggests.
  case samples
  /// Numbers without chance; nothing was tested.
  case exact
  /// A single number that its tool computed, on at least one side; nothing could be tested.
  case summary
  /// Attempts at tasks, which are the strata.
  case tasks
}
