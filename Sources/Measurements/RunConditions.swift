/// The load of the machine while a run was measured; a value that could not be read is nil.
package struct RunConditions: Hashable, Sendable {
  /// The load average: the number of programs that wanted a processor, on average over the last
  /// minute.
  package let load: Span?
  /// The percentage of the last ten seconds in which some program waited for a processor, as Linux
  /// reports it in `/proc/pressure/cpu`.
  package let pressure: Span?
  /// The fraction of the processors' time that the host of a virtual machine gave to others during
  /// the run.
  package let steal: Double?
  /// The rule by which the kernel set the clock frequency.
  package let governor: String?
  /// The mean clock frequency of the allowed processors, in hertz, as `cpufreq` reports it.
  package let clock: Span?
  /// The load average before each round, in their order. Reading it takes microseconds.
  package let roundLoads: [Double]

  /// A value at the beginning and at the end of a run.
  package struct Span: Hashable, Sendable {
    package let start: Double
    package let end: Double

    package init(start: Double, end: Double) {
      self.start = start
      self.end = end
    }

    package var most: Double { max(start, end) }
  }

  /// The highest load average that was read.
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
