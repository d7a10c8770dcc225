import Measurements

/// The values of one series in a stretch of runs.
///
/// A run is stored as the number of its line, two flags (it is a summary, it has samples), the number
/// of rounds, the value of each round, and the samples of each round that has several.
struct Chunk {
  private var entries: [Entry] = []

  private struct Entry {
    let line: Int
    let isSummary: Bool
    let rounds: Range<Int>
    let samples: [Int: [Double]]
  }

  private var values: [Double] = []

  /// - Parameter key: The key of the chunk's row.
  init(_ packed: [UInt8], _ key: SealKey) throws(DamagedIndex) {
    var unpacker = try Unpacker(packed, key)
    while !unpacker.isAtEnd {
      let line = try unpacker.number()
      let flags = try unpacker.number()
      let count = try unpacker.number()
      let start = values.count
      try unpacker.doubles(count, to: &values)
      let samples =
        try flags & Self.hasSamples == 0 ? [:] : Self.samples(of: count, from: &unpacker)
      entries.append(
        Entry(
          line: line, isSummary: flags & Self.isSummary != 0, rounds: start..<values.count,
          samples: samples))
    }
  }

  fileprivate static let isSummary = 1
  fileprivate static let hasSamples = 2

  /// Adds the values of all lines that have a place to a series.
  ///
  /// - Parameters:
  ///   - packed: The row of the chunk, and its key.
  ///   - places: Returns the place of the run of a line; nil leaves its values out.
  static func append(
    _ packed: [UInt8], _ key: SealKey, to series: inout RecordedSeries, places: (Int) -> Int?
  ) throws(DamagedIndex) {
    var unpacker = try Unpacker(packed, key)
    // The values stand before the samples, and the series takes both at once.
    while !unpacker.isAtEnd {
      let line = try unpacker.number()
      let flags = try unpacker.number()
      let count = try unpacker.number()
      let place = places(line)
      if count == 1, flags & hasSamples == 0, let place {
        series.add(run: place, value: try unpacker.double(), isSummary: flags & isSummary != 0)
        continue
      }
      if flags & hasSamples == 0, let place {
        try series.add(run: place, isSummary: flags & isSummary != 0) {
          (values) throws(DamagedIndex) in try unpacker.doubles(count, to: &values)
        }
        continue
      }
      var values: [Double] = []
      try unpacker.doubles(count, to: &values)
      let samples = try flags & hasSamples == 0 ? [:] : Self.samples(of: count, from: &unpacker)
      guard let place else { continue }
      series.add(
        run: place, values: values[...], samples: samples, isSummary: flags & isSummary != 0)
    }
  }

  /// The samples of the rounds that have several, by the index of the round.
  private static func samples(
    of count: Int, from unpacker: inout Unpacker
  ) throws(DamagedIndex) -> [Int: [Double]] {
    var samples: [Int: [Double]] = [:]
    for round in 0..<count {
      var own: [Double] = []
      try unpacker.doubles(try unpacker.number(), to: &own)
      if !own.isEmpty { samples[round] = own }
    }
    return samples
  }

  /// The chunk without some lines, to be sealed; nil if nothing is left.
  func without(_ lines: Set<Int>) -> Packer? {
    guard entries.contains(where: { !lines.contains($0.line) }) else { return nil }
    var packer = Packer()
    for entry in entries where !lines.contains(entry.line) {
      packer.add(
        entry.line, isSummary: entry.isSummary, values: values[entry.rounds],
        samples: entry.samples)
    }
    return packer
  }
}

extension Packer {
  /// Adds the series of one description that a run has.
  mutating func add(_ series: [Series], of line: Int) {
    let rounds = series.count == 1 ? series[0].rounds : series.flatMap { $0.rounds }
    var samples: [Int: [Double]] = [:]
    var values: [Double] = []
    values.reserveCapacity(rounds.count)
    for (index, round) in rounds.enumerated() {
      values.append(round.samples.middle)
      if round.samples.count > 1 { samples[index] = round.samples }
    }
    add(
      line, isSummary: series.contains { $0.isSummary }, values: values[...], samples: samples)
  }

  fileprivate mutating func add(
    _ line: Int, isSummary: Bool, values: ArraySlice<Double>, samples: [Int: [Double]]
  ) {
    add(line)
    add((isSummary ? Chunk.isSummary : 0) + (samples.isEmpty ? 0 : Chunk.hasSamples))
    add(values.count)
    values.forEach { add($0) }
    guard !samples.isEmpty else { return }
    for index in 0..<values.count {
      let own = samples[index] ?? []
      add(own.count)
      own.forEach { add($0) }
    }
  }
}

extension [Double] {
  /// The median of the samples of a round: the middle one, or the mean of the two in the middle.
  fileprivate var middle: Double {
    guard count > 1 else { return self[0] }
    let sorted = sorted()
    let upper = sorted[count / 2]
    return count.isMultiple(of: 2) ? sorted[count / 2 - 1] / 2 + upper / 2 : upper
  }
}
