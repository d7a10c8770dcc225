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

  package init(load: Span?, pressure: Span?, steal: Double?, governor: String?) {
    self.load = load
    self.pressure = pressure
    self.steal = steal
    self.governor = governor
  }
}
