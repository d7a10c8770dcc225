package import Formats
package import Measurements
import System

/// A metric that a program prints itself on its standard output.
package struct PrintedNumber: Hashable, Sendable {
  package let metric: Metric
  /// The regular expression. Its only group is the number.
  package let pattern: String
  private let conversion: UnitConversion

  /// Checks a pattern.
  ///
  /// - Parameters:
  ///   - name: The name of the metric.
  ///   - unit: The unit that the program prints, such as `ms`. The number is stored in its
  ///     base unit.
  ///   - better: The better direction; nil to take it from unit and name, or else a guess.
  ///   - pattern: A regular expression, in which `^` and `$` are the beginning and end of a line.
  package init(
    _ name: String, unit: String = "1", better: Direction? = nil, pattern: String
  ) throws(Mistake) {
    guard let groups = Self.groups(of: pattern) else { throw .noPattern }
    guard groups == 1 else { throw .groups(groups) }
    conversion = UnitConversion(from: unit)
    let known =
      better.map { DirectionSource($0, by: "whoever asks") }
      ?? DirectionTable.better(of: name, in: unit)
    metric = Metric(
      name, conversion.unit, better: known.direction, isGuessed: known.isGuess)
    self.pattern = pattern
  }

  package enum Mistake: Error, Hashable {
    case noPattern
    /// The pattern has this number of groups, instead of one.
    case groups(Int)
  }

  /// The number of groups of a pattern; nil if it is no pattern.
  private static func groups(of pattern: String) -> Int? {
    // The pattern is tried alone first, so that an additional parenthesis does not close the one
    // here. Then it is tried with an empty alternative, which always matches and shows the groups.
    guard (try? Regex(pattern)) != nil,
      // The line break ends a comment, which `(?x)` allows.
      let match = try? Regex("(?:\(pattern)\n)|").prefixMatch(in: "")
    else { return nil }
    return match.output.count - 1
  }
}

extension PrintedNumber {
  /// The numbers that one launch printed, as a round with a sample for each match.
  ///
  /// - Parameter limit: The longest time that matching may take. After that, this process ends with
  ///   a message.
  /// - Throws: ``InputError`` if nothing matches, or if a match is no number.
  package func series(
    of benchmark: Benchmark, in output: [UInt8], within limit: Duration = .seconds(60)
  ) throws(InputError) -> Series {
    let text = String(decoding: output, as: UTF8.self)
    var samples: [Double] = []
    let found = try Interrupts.exposed(
      for: limit, lastWords: lastWords(output.count, limit), status: 4
    ) { () throws(InputError) -> [Substring] in words(in: text) }
    for word in found {
      guard let number = Self.decimal(word), number.isFinite else {
        throw problem("'\(pattern)' found no number", text: String(word))
      }
      samples.append(conversion(number))
    }
    guard !samples.isEmpty else { throw problem("printed nothing like '\(pattern)'") }
    guard let round = try? Round(samples) else {
      throw problem("'\(pattern)' found a number that is too large")
    }
    return Series(benchmark: benchmark, metric: metric, rounds: [round], source: "perf-record")
  }

  private func lastWords(_ bytes: Int, _ limit: Duration) -> String {
    "error: metric '\(metric.name)': the pattern was still at work on \(bytes) bytes after "
      + "\(limit.text)\nhint: begin it with what stands right before the number, not with `.*`\n"
  }

  /// A number in decimal notation. Other notations are refused, such as `0x10`, which Swift
  /// also reads.
  private static func decimal(_ word: Substring) -> Double? {
    word.contains { "xX".contains($0) } ? nil : Double(word)
  }

  private func words(in text: String) -> [Substring] {
    // The pattern is parsed for each launch, because a regular expression is not Sendable. It
    // matches Unicode scalars: `\r\n` is a single character, which neither `\r` nor `\n`
    // would match.
    guard
      let regex = try? Regex(pattern).anchorsMatchLineEndings()
        .matchingSemantics(.unicodeScalar)
    else { return [] }
    return text.matches(of: regex).map { $0.output[1].substring ?? "" }
  }

  private func problem(_ problem: String, text: String? = nil) -> InputError {
    InputError(
      problem, input: "output of a launch, metric '\(metric.name)'", text: text,
      hint: "run the command, and compare the pattern with what it prints on standard output")
  }
}
