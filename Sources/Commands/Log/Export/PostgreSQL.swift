import CommandLine
import Measurements
import Reports
import System

/// A database of PostgreSQL, which the program psql talks to.
///
/// The data stand alone on standard input. Statements are arguments, and none of them has a name in
/// it, so that the name of a benchmark is never one.
struct PostgreSQL: NumberStore {
  let format = ExportFormat.copy
  let limits = ExportBatch.Limits(rows: 50_000, labelSets: .max)
  private let settings: StoreSettings
  private let table: SQLTable
  private let surroundings: Surroundings

  init(_ settings: StoreSettings, _ call: CommandContext<LogSettings>) {
    self.settings = settings
    table = SQLTable(isOfRounds: call.settings.rounds)
    var environment = call.process.environment
    if let secret = settings.secret {
      environment[secret.variable] = nil
      environment["PGPASSWORD"] = secret.text
    }
    if let user = settings.user { environment["PGUSER"] = user }
    if let database = settings.database { environment["PGDATABASE"] = database }
    environment["PGCONNECT_TIMEOUT"] = environment["PGCONNECT_TIMEOUT"] ?? "10"
    environment["PGCLIENTENCODING"] = "UTF8"
    surroundings = Surroundings(directory: call.directory, environment: environment)
  }

  func send(_ bytes: [UInt8], _ rows: [ExportWriter.RowPlace]) throws {
    let name = table.name
    let matches = table.key.map { "sent.\($0) = kept.\($0)" }.joined(separator: " AND ")
    let result = try launch(
      [
        "BEGIN", "SET LOCAL client_min_messages = warning", create,
        "CREATE TEMPORARY TABLE perf_sent (LIKE \(name))",
        "COPY perf_sent(\(table.columns)) FROM STDIN",
        "INSERT INTO \(name)(\(table.columns)) SELECT \(table.columns) FROM perf_sent \(table.again)",
        "COMMIT",
        "SELECT count(*) FROM perf_sent AS sent JOIN \(name) AS kept ON \(matches)",
      ], bytes)
    let count = result.text.split(separator: "\n").last.flatMap { Int($0) }
    guard count == rows.count else {
      throw Diagnostic(
        .failure,
        "of \(rows.count) numbers the store '\(settings.name)' has \(count ?? 0) afterwards",
        hint: "nothing is lost: see what changes the table, and export again")
    }
  }

  /// Each batch was read back with its transaction.
  func confirm() {}

  /// The table is created only where it is missing, because that needs a right of its own.
  private var create: String {
    let definition = table.definition.split(separator: "\n").joined(separator: " ")
    return "DO $$BEGIN IF to_regclass('\(table.name)') IS NULL THEN \(definition) END IF; END$$"
  }

  private func launch(_ statements: [String], _ input: [UInt8]) throws -> Launch.Result {
    let arguments =
      ["-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-d", settings.url]
      + statements.flatMap { ["-c", $0] }
    let result: Launch.Result
    do throws(LaunchError) {
      result = try Launch(
        Command("psql", arguments), in: surroundings, output: .captured, limits: Limits(),
        input: input
      ).run()
    } catch {
      guard error.isAbsence else { throw error }
      throw Diagnostic(
        .failure, "psql is not installed, and it does the talking",
        hint: "install the package 'postgresql-client'")
    }
    guard result.ending == .exited(0) else {
      throw Diagnostic(
        .failure, "the store '\(settings.name)' did not take the numbers",
        hint: "nothing is lost: the next export sends them again",
        details: result.lastWords.map { settings.secret?.removed(from: $0) ?? $0 })
    }
    return result
  }
}
