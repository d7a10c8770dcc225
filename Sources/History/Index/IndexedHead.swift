import Measurements

/// The head of a line: what every question needs to know of it.
enum IndexedHead {
  case run(RecordedRun)
  /// The text of a line that sets or lifts marks.
  case marking([UInt8])
  case unreadable(SkippedLine)

  private enum Kind {
    static let run = 0
    static let marking = 1
    static let unreadable = 2
  }

  static func packed(marking line: [UInt8]) -> Packer {
    var packer = Packer()
    packer.add(Kind.marking)
    packer.add(String(decoding: line, as: UTF8.self))
    return packer
  }

  static func packed(_ line: SkippedLine) -> Packer {
    var packer = Packer()
    packer.add(Kind.unreadable)
    packer.add(line.reason)
    packer.add(line.suite)
    packer.add(line.machine)
    packer.add(line.commit)
    packer.add(line.tree)
    return packer
  }

  /// - Parameters:
  ///   - origin: The number of the run's origin.
  ///   - series: The number of its series.
  ///   - benchmarks: The number of benchmarks that they are of.
  static func packed(_ run: Run, origin: Int, series: Int, benchmarks: Int) -> Packer {
    var packer = Packer()
    packer.add(Kind.run)
    packer.add(run.commit.flatMap { CompactID($0) })
    packer.add(run.tree.flatMap { CompactID($0) })
    packer.add(run.recordedAt == nil ? 0 : 1)
    if let time = run.recordedAt { packer.add(Double(time.secondsSince1970)) }
    packer.add(origin)
    packer.add(benchmarks)
    packer.add(run.series.reduce(0) { max($0, $1.rounds.count) })
    packer.add(run.failures.count)
    let isSummary = run.series.contains { $0.isSummary }
    packer.add((run.imported == nil ? 0 : 1) + (isSummary ? 2 : 0))
    packer.add(run.conditions?.highestLoad == nil ? 0 : 1)
    if let load = run.conditions?.highestLoad { packer.add(load) }
    packer.add(run.session)
    packer.add(run.part)
    packer.add(run.shard?.description)
    packer.add(series)
    return packer
  }

  init(
    from unpacker: inout Unpacker, number: Int, id: CompactID, origins: [RunOrigin?]
  ) throws(DamagedIndex) {
    switch try unpacker.number() {
    case Kind.run:
      self = .run(
        try RecordedRun(from: &unpacker, number: number, id: id, origins: origins))
    case Kind.marking: self = .marking(Array(try unpacker.text().utf8))
    case Kind.unreadable:
      self = .unreadable(
        SkippedLine(
          id: id, reason: try unpacker.text(), suite: try unpacker.optionalText(),
          machine: try unpacker.optionalText(), commit: try unpacker.optionalID(),
          tree: try unpacker.optionalID()))
    default: throw DamagedIndex()
    }
  }
}

extension RecordedRun {
  fileprivate convenience init(
    from unpacker: inout Unpacker, number: Int, id: CompactID, origins: [RunOrigin?]
  ) throws(DamagedIndex) {
    let commit = try unpacker.optionalID()
    let tree = try unpacker.optionalID()
    let time = try unpacker.number() == 0 ? nil : try unpacker.double()
    let place = try unpacker.number()
    guard place < origins.count, let origin = origins[place], time?.isFinite ?? true else {
      throw DamagedIndex()
    }
    let (benchmarks, rounds) = (try unpacker.number(), try unpacker.number())
    let (failures, flags) = (try unpacker.number(), try unpacker.number())
    let load = try unpacker.number() == 0 ? nil : try unpacker.double()
    let (session, part) = (try unpacker.optionalText(), try unpacker.optionalText())
    let shard = try unpacker.optionalText().flatMap { Shard($0) }
    self.init(
      number: number, id: id, commit: commit, tree: tree, time: time.map { Int64($0) },
      origin: origin, session: session, load: load,
      part: part, shard: shard, isImported: flags & 1 != 0, isSummary: flags & 2 != 0,
      failures: failures, rounds: rounds, series: try unpacker.number(), benchmarks: benchmarks)
  }
}
