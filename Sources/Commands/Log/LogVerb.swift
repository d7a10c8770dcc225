/// A kind of question to `perf-log`.
enum LogVerb: String, CaseIterable, Sendable {
  case runs, show, trend, changes, stats, rank, export

  /// The number of runs, or of points, that are shown unless the command line says otherwise.
  var last: Int? {
    switch self {
    case .runs: 50
    case .trend: 200
    case .show, .changes, .stats, .rank, .export: nil
    }
  }

  /// The figures of a row that `--where` can name.
  var fields: [RowCondition.Field] {
    switch self {
    case .runs: [.n, .age]
    case .show: []
    case .trend: [.median, .min, .max, .n, .change, .success, .cost]
    case .changes: [.n, .change, .age]
    case .stats: [.median, .min, .max, .p95, .n, .success, .cost]
    case .rank: [.median, .n, .success, .cost]
    case .export: [.median, .min, .max, .n, .cost, .age]
    }
  }

  /// The number of days that are looked at unless the command line says otherwise.
  var days: Int? {
    switch self {
    case .stats, .rank: 30
    case .runs, .show, .trend, .changes, .export: nil
    }
  }
}
