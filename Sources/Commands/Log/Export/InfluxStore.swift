import CommandLine
import Measurements
import Reports

/// A store that takes InfluxDB's line protocol: InfluxDB itself, or VictoriaMetrics, which answers
/// 204 to lines that it does not understand, too.
final class InfluxStore: NumberStore {
  let format: ExportFormat
  let limits = ExportBatch.Limits(rows: 5000, labelSets: 200)
  private let source: ExportSource
  private let client: StoreClient
  /// The client that reads, perhaps at another address.
  private let reader: StoreClient
  private let database: String
  private let isVictoriaMetrics: Bool
  private let isOfRounds: Bool
  /// The batches that were taken and not read back yet.
  private var unconfirmed: [[ExportWriter.RowPlace]] = []

  init(
    _ settings: StoreSettings, _ source: ExportSource, _ call: CommandContext<LogSettings>
  ) throws {
    self.source = source
    client = try StoreClient(settings, at: settings.url, call)
    reader = try settings.readURL.map { try StoreClient(settings, at: $0, call) } ?? client
    database = settings.database ?? "perf"
    isOfRounds = call.settings.rounds
    isVictoriaMetrics = try Self.isVictoriaMetrics(reader)
    format = isVictoriaMetrics ? .influxOfNumbers : .influx
  }

  /// InfluxDB has no interface of Prometheus.
  private static func isVictoriaMetrics(_ reader: StoreClient) throws -> Bool {
    let answer = try reader.send("GET", "/api/v1/query?query=1", scheme: "Bearer")
    guard answer.status == 200, case .object(let members)? = answer.json else { return false }
    return members["status"] == .string("success")
  }

  private var scheme: String { isVictoriaMetrics ? "Bearer" : "Token" }

  func send(_ bytes: [UInt8], _ rows: [ExportWriter.RowPlace]) throws {
    let query = isVictoriaMetrics ? "" : "?db=\(StoreClient.encoded(database))"
    let answer = try client.send("POST", "/write\(query)", scheme: scheme, body: bytes)
    guard (200..<300).contains(answer.status) else { throw refusal(answer, client) }
    unconfirmed.append(rows)
    if unconfirmed.count >= Self.mostUnconfirmed { try confirm() }
  }

  /// Reads all batches back that were not read yet.
  ///
  /// VictoriaMetrics shows numbers only some seconds after it took them, so that several batches wait
  /// together.
  func confirm() throws {
    let end = ContinuousClock.now + (isVictoriaMetrics ? Self.patience : .zero)
    var isHurried = false
    for rows in unconfirmed {
      var missing = try self.missing(rows)
      while !missing.isEmpty, ContinuousClock.now < end {
        if isHurried { Pause.lasting(.milliseconds(200)) } else { hurry() }
        isHurried = true
        missing = try self.missing(missing)
      }
      guard missing.isEmpty else { throw loss(of: missing, among: rows.count) }
    }
    unconfirmed = []
  }

  /// Asks VictoriaMetrics to show what it took. A cluster, and a proxy before it, may refuse that.
  private func hurry() { _ = try? reader.send("GET", "/internal/force_flush", scheme: scheme) }

  /// The most batches that wait to be read back.
  private static let mostUnconfirmed = 40
  /// The longest time until VictoriaMetrics shows what it took.
  private static let patience = Duration.seconds(30)

  private func loss(of missing: [ExportWriter.RowPlace], among count: Int) -> Diagnostic {
    let series = missing.first.map { source.description(of: $0.series) }
    let run = missing.first.map { source.run(at: $0.run).id.prefix(10) } ?? ""
    return Diagnostic(
      .failure,
      "\(client.name) took the numbers, but of \(count) \(missing.count) cannot be read there",
      hint: "nothing is lost: see its log, and whether its retention is longer than the history",
      details: series.map { ["such as '\($0.benchmark)', \($0.metric.name), of run \(run)"] } ?? [])
  }

  private func refusal(_ answer: StoreClient.Response, _ client: StoreClient) -> Diagnostic {
    let (message, hint) =
      switch answer.status {
      case 300..<400:
        (
          "\(client.name) is elsewhere now",
          "`export.<name>.url` names it; no redirection is followed"
        )
      case 401, 403:
        (
          "\(client.name) refuses the secret in "
            + (client.settings.secret?.variable ?? "no variable, because none is named"),
          "`export.\(client.settings.name).tokenVariable` names the variable that has it"
        )
      case 404:
        (
          "\(client.name) has no database '\(database)', or takes no lines there",
          "create it, or name another with `export.\(client.settings.name).database`"
        )
      default:
        (
          "\(client.name) does not take the numbers (status \(answer.status))",
          "nothing is lost: its own words say why"
        )
      }
    return Diagnostic(.failure, message, hint: hint, details: client.words(answer.body))
  }
}

extension InfluxStore {
  /// The labels of a row, as the store has them.
  private func tags(of row: ExportWriter.RowPlace) -> [String: String] {
    let (benchmark, metric) = source.description(of: row.series)
    var tags = ExportFormat.influxTags(benchmark, metric, source.run(at: row.run).home)
    if let round = row.round { tags["round"] = "\(round)" }
    return tags
  }

  /// A point that was read.
  private struct Point: Hashable {
    let tags: [String: String]
    let time: Int64
  }

  /// The rows that the store does not have.
  private func missing(
    _ rows: [ExportWriter.RowPlace]
  ) throws -> [ExportWriter.RowPlace] {
    var sets: [[String: String]: ClosedRange<Int64>] = [:]
    let places = rows.map { row in (row: row, tags: tags(of: row)) }
    for (row, tags) in places {
      let range = sets[tags] ?? row.time...row.time
      sets[tags] = min(range.lowerBound, row.time)...max(range.upperBound, row.time)
    }
    let names = Set(sets.keys.flatMap(\.keys))
    let found = try isVictoriaMetrics ? exported(sets, names) : selected(sets, names)
    return places.filter { row, tags in
      guard let value = found[Point(tags: tags, time: row.time)] else { return true }
      // VictoriaMetrics keeps some fifteen digits.
      return (value - row.value).magnitude > 1e-9 * row.value.magnitude
    }.map(\.row)
  }

  /// Reads points back from VictoriaMetrics, whose `/api/v1/export` answers with a line of JSON for
  /// each series.
  private func exported(
    _ sets: [[String: String]: ClosedRange<Int64>], _ names: Set<String>
  ) throws -> [Point: Double] {
    let name = isOfRounds ? "perf_value" : "perf_median"
    var form = sets.keys.map { tags in
      let pairs = tags.sorted { $0.key < $1.key }.map { "\($0)=\(Self.quoted($1, by: "\""))" }
      return ("match[]", "\(name){\(pairs.joined(separator: ","))}")
    }
    let first = sets.values.map(\.lowerBound).min() ?? 0
    let last = sets.values.map(\.upperBound).max() ?? 0
    form += [("start", Self.seconds(first)), ("end", Self.seconds(last))]
    let answer = try reader.send("POST", "/api/v1/export", scheme: scheme, form: form)
    guard answer.status == 200 else { throw refusal(answer, reader) }
    var points: [Point: Double] = [:]
    for line in answer.body.split(separator: UInt8(ascii: "\n")) {
      var json = JSONReader(Array(line))
      guard case .object(let series)? = try? json.value(),
        case .object(let metric)? = series["metric"], case .array(let values)? = series["values"],
        case .array(let times)? = series["timestamps"]
      else { continue }
      let tags = metric.compactMapValues(\.string).filter { names.contains($0.key) }
      for (value, time) in zip(values, times) {
        guard let value = value.double, let time = time.double else { continue }
        points[Point(tags: tags, time: Int64(time))] = value
      }
    }
    return points
  }

  /// Reads points back from InfluxDB with one SELECT for each set of labels.
  private func selected(
    _ sets: [[String: String]: ClosedRange<Int64>], _ names: Set<String>
  ) throws -> [Point: Double] {
    let field = isOfRounds ? "value" : "median"
    let statements = sets.map { tags, range in
      let conditions = names.sorted().map { name in
        "\"\(name)\" = \(Self.quoted(tags[name] ?? "", by: "'"))"
      }
      return "SELECT \"\(field)\" FROM \"perf\" WHERE \(conditions.joined(separator: " AND ")) "
        + "AND time >= \(range.lowerBound)ms AND time <= \(range.upperBound)ms GROUP BY *"
    }
    let answer = try reader.send(
      "POST", "/query", scheme: scheme,
      form: [
        ("db", database), ("epoch", "ms"), ("q", statements.joined(separator: "; ")),
      ])
    guard answer.status == 200 else { throw refusal(answer, reader) }
    guard case .object(let members)? = answer.json, case .array(let results)? = members["results"]
    else { throw refusal(answer, reader) }
    var points: [Point: Double] = [:]
    for case .object(let result) in results {
      guard case .array(let all)? = result["series"] else { continue }
      for case .object(let series) in all {
        guard case .object(let tags)? = series["tags"], case .array(let rows)? = series["values"]
        else { continue }
        let own = tags.compactMapValues(\.string).filter {
          names.contains($0.key) && !$0.value.isEmpty
        }
        for case .array(let row) in rows where row.count == 2 {
          guard let time = row[0].double, let value = row[1].double else { continue }
          points[Point(tags: own, time: Int64(time))] = value
        }
      }
    }
    return points
  }

  private static func quoted(_ text: String, by quote: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing(quote, with: "\\\(quote)")
    return quote + escaped + quote
  }

  /// Milliseconds as seconds with a fraction.
  private static func seconds(_ milliseconds: Int64) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }
}

extension StoreClient.Response {
  fileprivate var json: JSONValue? {
    var reader = JSONReader(body)
    return try? reader.value()
  }
}

extension JSONValue {
  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }

  fileprivate var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
