/// What `perf-log` is asked for.
enum LogVerb: String, CaseIterable, Sendable {
  case runs, show, trend, stats, rank, export

  /// The number of runs, or of points, that are shown unless the command line says otherwise.
  var last: Int? {
    switch self {
    case .runs: 50
    case .trend: 200
    case .show, .stats, .rank, .export: nil
    }
  }

  /// The number of days that are looked at unless the command line says otherwise.
  var days: Int? {
    switch self {
    case .stats, .rank: 30
    case .runs, .show, .trend, .export: nil
    }
  }
}
