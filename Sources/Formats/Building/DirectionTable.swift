import Measurements

/// The better direction of a metric, if neither a file nor its format says it.
///
/// The table serves all formats. It lists the words that names and units consist of, such as
/// `cache_miss_rate`, `errors/s` and `p99-ns`. A metric that it does not know is guessed to be
/// better when it is lower, as most metrics are. It is marked as a guess.
package struct DirectionTable {
  /// Words for what people want less of, also per second. They have precedence over all
  /// other words.
  private static let unwanted: Set = [
    "abort", "aborted", "alloc", "allocate", "allocated", "allocation", "backlog", "badness",
    "bounce", "buffering", "bug", "collision", "conflict", "crash", "deadlock", "defect", "delay",
    "downtime", "drop", "dropped", "err", "error", "evict", "evicted", "eviction", "fail", "failed",
    "failing", "failure", "fault", "garbage", "gc", "jitter", "lag", "latency", "leak", "leaked",
    "lock", "loss", "lost", "mae", "malloc", "migration", "miss", "missed", "mse", "outage",
    "overhead", "pause", "penalty", "perplexity", "rebuffer", "reject", "rejected", "rejection",
    "restart", "retransmission", "retransmit", "retry", "rmse", "rollback", "stall", "stalled",
    "stutter", "switch", "syscall", "throttled", "timeout", "violation", "wait", "waiting",
    "warning",
  ]
  /// Words that negate an unwanted word, so that the direction is unknown:
  /// `error_free`, `non_errors`.
  private static let negations: Set = ["free", "no", "non", "not", "without"]
  /// Words for what people want more of. `rate` is not among them: without a unit, nobody knows
  /// whether the rate is wanted.
  private static let wanted: Set = [
    "accuracy", "auc", "availability", "available", "bandwidth", "completed", "coverage",
    "efficiency", "f1", "flops", "fps", "free", "gflops", "ghz", "headroom", "hit", "hz", "iops",
    "ipc", "khz", "mflops", "mhz", "mips", "passed", "precision", "psnr", "qps", "recall",
    "remaining", "rps", "score", "solved", "speed", "speedup", "ssim", "succeeded", "success",
    "successful", "tflops", "throughput", "tps", "uptime", "yield",
  ]
  /// Words for what something costs. They count only if no other word says that the metric
  /// is wanted.
  private static let spent: Set = [
    "attempt", "b", "byte", "call", "clk", "comparison", "cost", "cpi", "cpu", "cycle", "distance",
    "duration", "elapsed", "energy", "gb", "gib", "heap", "hour", "insn", "instruction", "joule",
    "kb", "kib", "mb", "mem", "memory", "mib", "minute", "ms", "ns", "power", "price", "query",
    "revision", "rss", "sec", "second", "size", "step", "time", "token", "us", "usage", "visit",
    "watt", "µs", "μs",
  ]
  /// The units of time by which things are counted, as in `frames per second`.
  private static let times: Set = [
    "s", "sec", "second", "ms", "millisecond", "us", "microsecond", "ns", "minute", "min", "hour",
    "h",
  ]
  private static let cycles: Set = ["cycle", "clk", "clock", "watt", "joule", "dollar"]

  /// The better direction of a metric.
  ///
  /// - Parameters:
  ///   - name: The name of the metric.
  ///   - unit: The unit as the file has it.
  package static func better(of name: String, in unit: String) -> DirectionSource {
    let base = UnitConversion(from: unit).unit
    let ofName = words(of: name)
    let ofUnit = UnitConversion.knows(unit) ? [] : words(of: unit)
    let all = (ofName.counted + ofUnit.counted)
    func has(_ table: Set<String>) -> Bool { all.contains(where: table.contains) }
    if has(unwanted) { return has(negations) ? .guess : DirectionSource(.lower, by: origin) }
    if [.nanoseconds, .dollars].contains(base) { return DirectionSource(.lower, by: "its unit") }
    if base == .perSecond || base == .bytesPerSecond || ofUnit.isRate {
      return DirectionSource(.higher, by: "its unit")
    }
    if has(wanted) { return DirectionSource(.higher, by: origin) }
    if base == .bytes { return DirectionSource(.lower, by: "its unit") }
    if ofName.isRate { return DirectionSource(.higher, by: origin) }
    return has(spent) ? DirectionSource(.lower, by: origin) : .guess
  }

  /// The better direction of a number whose benchmark has the name of a metric, such as
  /// `Free memory`. If name and unit contradict each other, the direction is a guess.
  static func better(ofBenchmark name: String, _ metric: String, in unit: String) -> DirectionSource
  {
    let byUnit = better(of: metric, in: unit)
    let byName = better(of: name, in: "1")
    if byUnit.isGuess { return byName }
    return byName.isGuess || byUnit.direction == byName.direction ? byUnit : .guess
  }

  private static let origin = "its name"

  /// The words of a text, in lower case and in the singular. A slash becomes `per`.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    func end() {
      if !word.isEmpty { words.append(singular(word.lowercased())) }
      word = ""
    }
    let characters = Array(text)
    for (place, character) in characters.enumerated() {
      if character == "/" {
        end()
        words.append("per")
      } else if !character.isLetter && !character.isNumber {
        end()
      } else {
        // `cacheMisses` and `HTTPErrors` are two words, `IPC` is one.
        let isNextLower = place + 1 < characters.count && characters[place + 1].isLowercase
        if character.isUppercase, let last = word.last,
          last.isLowercase || last.isUppercase && isNextLower
        {
          end()
        }
        word.append(character)
      }
    }
    end()
    return words
  }

  private static func singular(_ word: String) -> String {
    if ["misses", "switches", "losses", "passes", "crashes"].contains(word) {
      return String(word.dropLast(2))
    }
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    let isPlural = word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
    return isPlural && !kept.contains(word) ? String(word.dropLast()) : word
  }

  /// Words that end in "s" in the singular.
  private static let kept: Set = [
    "flops", "gflops", "mflops", "tflops", "iops", "mips", "success", "loss", "miss", "badness",
  ]
}

extension [String] {
  /// The words for what is counted, without the unit by which it is counted: `misses`
  /// in `misses per second`.
  fileprivate var counted: [String] {
    firstIndex(of: "per").map { Array(prefix($0)) + dropFirst($0 + 2) } ?? self
  }

  /// True if the metric is counted by a time or by a cycle.
  fileprivate var isRate: Bool {
    guard let place = firstIndex(of: "per"), place + 1 < count else { return false }
    return DirectionTable.isDivisor(self[place + 1])
  }
}

extension DirectionTable {
  fileprivate static func isDivisor(_ word: String) -> Bool {
    times.contains(word) || cycles.contains(word)
  }
}

extension DirectionSource {
  /// The direction of a metric for which no file and no word gives one.
  static let guess = DirectionSource(
    .lower, by: "a guess: say it with --better, or `better` of [metric]", isGuess: true)

  /// The direction of metrics of a tool that measures costs, whatever their names.
  static func cost(by tool: String) -> DirectionSource {
    DirectionSource(.lower, by: "\(tool) counts costs")
  }
}
