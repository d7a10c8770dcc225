import Measurements

/// The tables of the index, and the rows in them.
///
/// Each row is packed and sealed by a checksum; SQLite finds it by its number or its id. The values
/// of a series stand in chunks, one for a stretch of runs, because a row for each number would take
/// twenty times as long to read. What every question needs of the lines stands in heads, one for a
/// stretch of them, for the same reason.
struct IndexTables {
  let database: Database

  /// The version of these tables; an index of another version is built again.
  static let version = 5
  /// The mark of the file, `perf` in ASCII.
  static let application = 0x7065_7266

  /// The number of lines whose heads share a row, and of runs whose values share a chunk.
  static let stretch = 64

  /// Creates the tables, without rows, in place of all that is there.
  func reset() throws(DatabaseError) {
    try database.execute(
      """
      DROP TABLE IF EXISTS facts; DROP TABLE IF EXISTS lines; DROP TABLE IF EXISTS heads;
      DROP TABLE IF EXISTS places; DROP TABLE IF EXISTS origins; DROP TABLE IF EXISTS series; DROP TABLE IF EXISTS chunks;
      CREATE TABLE facts(name BLOB PRIMARY KEY, data BLOB) WITHOUT ROWID;
      CREATE TABLE lines(number INTEGER PRIMARY KEY, id BLOB UNIQUE, data BLOB);
      CREATE TABLE heads(number INTEGER PRIMARY KEY, data BLOB);
      CREATE TABLE places(object BLOB, line INTEGER, seal BLOB, PRIMARY KEY(object, line)) WITHOUT ROWID;
      CREATE TABLE origins(number INTEGER PRIMARY KEY, data BLOB UNIQUE);
      CREATE TABLE series(number INTEGER PRIMARY KEY, data BLOB UNIQUE, chunks BLOB);
      CREATE TABLE chunks(number INTEGER PRIMARY KEY, data BLOB);
      PRAGMA application_id = \(Self.application); PRAGMA user_version = \(Self.version);
      """)
  }

  /// The bytes of a fact, which its seal has proved; nil for none.
  func fact(_ name: String) throws -> [UInt8]? {
    guard var unpacker = try packedFact(name) else { return nil }
    return Array(try unpacker.text().utf8)
  }

  func setFact(_ name: String, _ data: [UInt8]) throws(DatabaseError) {
    var packer = Packer()
    packer.add(String(decoding: data, as: UTF8.self))
    try setFact(name, packer)
  }

  /// A fact of several values; nil for none.
  func packedFact(_ name: String) throws -> Unpacker? {
    let statement = try database.prepare("SELECT data FROM facts WHERE name = ?")
    try statement.bind(.bytes(Array(name.utf8)))
    return try statement.step() ? try Unpacker(statement.bytes(0), SealKey(name)) : nil
  }

  func setFact(_ name: String, _ packer: Packer) throws(DatabaseError) {
    try database.prepare("INSERT OR REPLACE INTO facts VALUES(?, ?)").run(
      .bytes(Array(name.utf8)), .bytes(packer.sealed(SealKey(name))))
  }

  /// Fails where a place was lost: the run at it would never be removed.
  ///
  /// - Parameter count: The number of places that were written.
  func checkPlaces(_ count: Int) throws {
    guard try database.number("SELECT count(*) FROM places") == Int64(count) else {
      throw DamagedIndex()
    }
  }

  /// Fails where the row of a line was lost: the line would be added again under another number.
  ///
  /// - Parameter count: The number of lines that were written.
  func checkLines(_ count: Int) throws {
    guard try database.number("SELECT count(*) FROM lines") == Int64(count) else {
      throw DamagedIndex()
    }
  }

  /// Calls a body with the head of every line, in the order of their numbers.
  func forEachHead(_ body: (_ line: Int, CompactID, inout Unpacker) throws -> Void) throws {
    var last = 0
    let rows = try database.prepare("SELECT number, data FROM heads ORDER BY number")
    while try rows.step() {
      var unpacker = try Unpacker(rows.bytes(1), SealKey(rows.number(0)))
      while !unpacker.isAtEnd {
        let (line, id, end) = try unpacker.headOfLine()
        guard line > last else { throw DamagedIndex() }
        last = line
        try body(line, id, &unpacker)
        guard unpacker.place == end else { throw DamagedIndex() }
      }
    }
  }

  /// Calls a body with the object and the line of every place.
  ///
  /// A place that is looked for by its line alone would not be found where that is damaged.
  ///
  /// A damaged file may show rows twice in the place of others, so each must stand behind the last.
  func forEachPlace(_ body: (CompactID, Int) -> Void) throws {
    let places = try database.prepare(
      "SELECT object, line, seal FROM places ORDER BY object, line")
    var last: (object: CompactID, line: Int)?
    while try places.step() {
      let line = Int(places.number(1))
      let object = try Self.object(places.bytes(0), of: line, places.bytes(2))
      guard last.map({ ($0.object, $0.line) < (object, line) }) ?? true else {
        throw DamagedIndex()
      }
      last = (object, line)
      body(object, line)
    }
  }

  /// The seal of a row of the table of places.
  static func seal(_ object: CompactID, _ line: Int) -> [UInt8] {
    Packer().sealed(SealKey(Int64(line), object))
  }

  /// The object of a row of the table of places.
  static func object(
    _ id: [UInt8], of line: Int, _ seal: [UInt8]
  ) throws(DamagedIndex) -> CompactID {
    guard id.count == CompactID.length else { throw DamagedIndex() }
    _ = try Unpacker(seal, SealKey(Int64(line), CompactID(id[...])))
    return CompactID(id[...])
  }

  /// The suites and machines of the runs, each at the number of its row; nil where there is no row.
  func origins() throws -> [RunOrigin?] {
    var origins: [RunOrigin?] = []
    var count = 0
    let rows = try database.prepare("SELECT number, data FROM origins ORDER BY number")
    while try rows.step() {
      let number = Int(rows.number(0))
      let origin = try Origin(packed: rows.bytes(1), number)
      // Numbers are given in turn, so that few are missing.
      guard number >= origins.count, number - origins.count < 1_000_000 else {
        throw DamagedIndex()
      }
      origins += repeatElement(nil, count: number - origins.count)
      origins.append(
        RunOrigin(number: count, suite: origin.suite, environment: origin.environment))
      count += 1
    }
    return origins
  }

  /// The numbers of the series of a run, in its row of the table of lines.
  static func series(
    _ packed: [UInt8], of line: Int, _ id: CompactID
  ) throws(DamagedIndex) -> [Int] {
    var unpacker = try Unpacker(packed, SealKey(Int64(line), id))
    var series: [Int] = []
    while !unpacker.isAtEnd { series.append(try unpacker.number()) }
    return series
  }

  /// The number of chunks in a row of the table of series.
  static func count(_ packed: [UInt8], _ series: Int) throws(DamagedIndex) -> Int {
    var unpacker = try Unpacker(packed, SealKey(Int64(series)))
    return try unpacker.number()
  }

  static func packed(count: Int, _ series: Int) -> [UInt8] {
    var packer = Packer()
    packer.add(count)
    return packer.sealed(SealKey(Int64(series)))
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

  func packed(_ number: Int) -> [UInt8] {
    var packer = Packer()
    packer.add(suite)
    packer.add(environment.map { String(decoding: $0.json.line, as: UTF8.self) })
    return packer.sealed(SealKey(Int64(number)))
  }

  init(suite: String, environment: Environment?) {
    self.suite = suite
    self.environment = environment
  }

  init(packed: [UInt8], _ number: Int) throws {
    var unpacker = try Unpacker(packed, SealKey(Int64(number)))
    suite = try unpacker.text()
    environment = try unpacker.optionalText().map { text in
      var reader = JSONReader(Array(text.utf8))
      return try Environment(from: &reader)
    }
  }
}

/// The numbers of rows that the tables have, by which rows that a damaged file has lost are noticed.
struct RowCounts: Equatable {
  var lines = 0
  var places = 0
  var series = 0

  private static let fact = "rows"

  init() {}

  /// The counts that were written with the last change; none for empty tables.
  init(written tables: IndexTables) throws {
    guard let text = try tables.fact(Self.fact) else { return }
    let numbers = String(decoding: text, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 3 else { throw DamagedIndex() }
    (lines, places, series) = (numbers[0], numbers[1], numbers[2])
  }

  func write(to tables: IndexTables) throws(DatabaseError) {
    try tables.setFact(Self.fact, Array("\(lines) \(places) \(series)".utf8))
  }
}

/// The description of a series in one unit.
struct IndexedSeries {
  let benchmark: Benchmark
  let metric: Metric

  func packed(_ number: Int) -> [UInt8] {
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
    packer.add(
      (metric.exact ? 1 : 0) + (metric.isGuessed ? 2 : 0) + (metric.isOutcome ? 4 : 0))
    return packer.sealed(SealKey(Int64(number)))
  }

  init(benchmark: Benchmark, metric: Metric) {
    self.benchmark = benchmark
    self.metric = metric
  }

  init(packed: [UInt8], _ number: Int) throws(DamagedIndex) {
    var unpacker = try Unpacker(packed, SealKey(Int64(number)))
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
      metric, unit, better: better, exact: flags & 1 != 0, isGuessed: flags & 2 != 0,
      isOutcome: flags & 4 != 0)
  }
}

extension IndexedSeries: Hashable {
  /// True if both are written with the same bytes. Swift takes texts for equal that Unicode does, such
  /// as the two forms of `é`; which one the tables keep would then depend on the way they were built.
  static func == (a: IndexedSeries, b: IndexedSeries) -> Bool {
    func same(_ one: String, _ two: String) -> Bool { one.utf8.elementsEqual(two.utf8) }
    guard a.benchmark == b.benchmark, a.metric == b.metric else { return false }
    return same(a.benchmark.name, b.benchmark.name) && same(a.metric.name, b.metric.name)
      && same(a.metric.unit.symbol, b.metric.unit.symbol)
      && (a.benchmark.labels.isEmpty || a.texts.elementsEqual(b.texts, by: same))
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(benchmark)
    hasher.combine(metric)
  }

  /// All names, in one order.
  private var texts: [String] {
    [benchmark.name, metric.name, metric.unit.symbol]
      + benchmark.labels.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
  }

  /// True if the first stands before the second, of descriptions of one series.
  ///
  /// A known direction stands before a guessed one, and of texts that Unicode takes for equal the one
  /// with the smaller bytes.
  static func isBefore(_ a: IndexedSeries, _ b: IndexedSeries) -> Bool {
    guard a.metric.rank == b.metric.rank else { return a.metric.rank < b.metric.rank }
    for (one, two) in zip(a.texts, b.texts) where !one.utf8.elementsEqual(two.utf8) {
      return one.utf8.lexicographicallyPrecedes(two.utf8)
    }
    return false
  }
}

extension Metric {
  fileprivate var rank: (Int, Int, Int, Int) {
    (isGuessed ? 1 : 0, better == .lower ? 0 : 1, exact ? 0 : 1, isOutcome ? 0 : 1)
  }
}
