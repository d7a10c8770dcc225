/// How busy the machine was while a run was measured; what could not be read is nil.
package struct RunConditions: Hashable, Sendable {
  /// How many programs wanted a processor, on average over the last minute.
  package let load: Span?
  /// For how many per cent of the last ten seconds some program waited for a processor, as Linux tells in
  /// `/proc/pressure/cpu`.
  package let pressure: Span?
  /// Which part of the processors' time the host of a virtual machine gave to others meanwhile.
  package let steal: Double?
  /// By what rule the kernel set the clock.
  package let governor: String?
  /// The mean clock of the processors that were allowed, in hertz, as `cpufreq` tells it.
  package let clock: Span?
  /// The load average before each round, in their order; a file system read that takes microseconds.
  package let roundLoads: [Double]

  /// At the beginning and at the end.
  package struct Span: Hashable, Sendable {
    package let start: Double
    package let end: Double

    package init(start: Double, end: Double) {
      self.start = start
      self.end = end
    }

    package var most: Double { max(start, end) }
  }

  /// The highest load average that anybody read.
  package var highestLoad: Double? { (roundLoads + [load?.most].compactMap(\.self)).max() }

  package init(
    load: Span?, pressure: Span?, steal: Double?, governor: String?, clock: Span? = nil,
    roundLoads: [Double] = []
  ) {
    self.clock = clock
    self.roundLoads = roundLoads
    self.load = load
    self.pressure = pressure
    self.steal = steal
    self.governor = governor
  }
}
