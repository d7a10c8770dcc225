/// What the compared values are.
package enum Evidence: String, Hashable, Sendable {
  /// One value per independent launch.
  case rounds
  /// Repetitions within one process, which say less than they seem to.
  case samples
  /// Numbers without chance; nothing was tested.
  case exact
  /// A single number that its tool computed on at least one side; nothing could be tested.
  case summary
}
