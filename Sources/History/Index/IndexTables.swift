import Measurements

/// The tables of the index, and the rows in them.
///
/// Each row is packed and sealed by a checksum; SQLite finds it by its number or its id. The values
/// of a series stand in chunks, one for a stretch of runs, because a row for each number would take
/// twenty times as long to read.
struct IndexTables {
  let database: Database

  /// The version of these tables; an index of another version is built again.
  static let version = 1
  /// The mark of the file, `perf` in ASCII.
  static let application = 0x7065_7266

  /// The number of runs whose values share a chunk.
  static let stretch = 64

  /// Creates the tables, without rows, in place of all that is there.
  func reset() throws(DatabaseError) {
    try database.execute(
      """
      DROP TABLE IF EXISTS facts; DROP TABLE IF EXISTS lines; DROP TABLE IF EXISTS places;
      DROP TABLE IF EXISTS origins; DROP TABLE IF EXISTS series; DROP TABLE IF EXISTS chunks;
      CREATE TABLE facts(name BLOB PRIMARY KEY, data BLOB) WITHOUT ROWID;
      CREATE TABLE lines(number INTEGER PRIMARY KEY, id BLOB UNIQUE, data BLOB);
      CREATE TABLE places(object BLOB, line INTEGER, PRIMARY KEY(object, line)) WITHOUT ROWID;
      CREATE INDEX places_of_line ON places(line);
      CREATE TABLE origins(number INTEGER PRIMARY KEY, data BLOB UNIQUE);
      CREATE TABLE series(number INTEGER PRIMARY KEY, data BLOB UNIQUE);
      CREATE TABLE chunks(number INTEGER PRIMARY KEY, data BLOB);
      PRAGMA application_id = \(Self.application); PRAGMA user_version = \(Self.version);
      """)
  }

  func fact(_ name: String) throws -> [UInt8]? {
    let statement = try database.prepare("SELECT data FROM facts WHERE name = ?")
    try statement.bind(.bytes(Array(name.utf8)))
    return try statement.step() ? statement.bytes(0) : nil
  }

  func setFact(_ name: String, _ data: [UInt8]) throws(DatabaseError) {
    try database.prepare("INSERT OR REPLACE INTO facts VALUES(?, ?)").run(
      .bytes(Array(name.utf8)), .bytes(data))
  }

  /// The number of a chunk: those of one series follow each other.
  static func chunk(of series: Int, line: Int) -> Int64 {
    Int64(series) << 32 | Int64(line / stretch)
  }

  /// The numbers of all chunks of a series.
  static func chunks(of series: Int) -> (first: Int64, last: Int64) {
    (Int64(series) << 32, Int64(series) << 32 | 0xffff_ffff)
  }
}

/// The suite and the machine of runs, which many runs share.
struct Origin: Hashable {
  let suite: String
  let environment: Environment?

  var packed: [UInt8] {
    var packer = Packer()
    packer.add(suite)
    packer.add(environment.map { String(decoding: $0.json.line, as: UTF8.self) })
    return packer.sealed
  }

  init(suite: String, environment: Environment?) {
    self.suite = suite
    self.environment = environment
  }

  init(packed: [UInt8]) throws {
    var unpacker = try Unpacker(packed)
    suite = try unpacker.text()
    environment = try unpacker.optionalText().map { text in
      var reader = JSONReader(Array(text.utf8))
      return try Environment(from: &reader)
    }
  }
}

/// The description of a series in one unit.
struct IndexedSeries: Hashable {
  let benchmark: Benchmark
  let metric: Metric

  var packed: [UInt8] {
    var packer = Packer()
    packer.add(benchmark.name)
    packer.add(benchmark.labels.count)
    for (key, value) in benchmark.labels.sorted(by: { $0.key < $1.key }) {
      packer.add(key)
      packer.add(value)
    }
    packer.add(metric.name)
    packer.add(metric.unit.symbol)
    packer.add(metric.better == .higher ? 1 : 0)
    packer.add((metric.exact ? 1 : 0) + (metric.isGuessed ? 2 : 0))
    return packer.sealed
  }

  init(benchmark: Benchmark, metric: Metric) {
    self.benchmark = benchmark
    self.metric = metric
  }

  init(packed: [UInt8]) throws(DamagedIndex) {
    var unpacker = try Unpacker(packed)
    let name = try unpacker.text()
    var labels: [String: String] = [:]
    for _ in 0..<(try unpacker.number()) {
      let key = try unpacker.text()
      labels[key] = try unpacker.text()
    }
    benchmark = Benchmark(name: name, labels: labels)
    let metric = try unpacker.text()
    let unit = Unit(try unpacker.text())
    let better: Direction = try unpacker.number() == 1 ? .higher : .lower
    let flags = try unpacker.number()
    self.metric = Metric(
      metric, unit, better: better, exact: flags & 1 != 0, isGuessed: flags & 2 != 0)
  }
}
