import Measurements
import Runner
import System
import Testing

@Suite("how busy a machine was while a run was measured")
struct RunConditionsTests {
  private func conditions(_ files: [String: String]) -> Conditions {
    Conditions(SystemFiles(files), cores: 2)
  }

  @Test("is what two looks at it say")
  func busy() throws {
    let start = conditions([
      "/proc/loadavg": "1.50 1.10 0.90 2/300 1",
      "/proc/pressure/cpu": "some avg10=2.25 avg60=1 avg300=0 total=9\nfull avg10=0.00\n",
      "/proc/stat": "cpu  100 0 100 800 0 0 0 0 50 0\ncpu0 1\n",
    ])
    let end = conditions([
      "/proc/loadavg": "8.60 2.10 0.90 2/300 1",
      "/proc/pressure/cpu": "some avg10=40.50 avg60=1 avg300=0 total=9\n",
      "/proc/stat": "cpu  150 0 120 880 0 0 0 50 90 0\ncpu0 1\n",
      "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "performance\n",
      "/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq": "3200000\n",
    ])
    let found = try #require(RunConditions(from: start, to: end, roundLoads: [2, 9.25]))
    #expect(found.highestLoad == 9.25)
    #expect(found.clock == nil, "the start has none")
    let clocks = try #require(RunConditions(from: end, to: end)).clock
    #expect(clocks == RunConditions.Span(start: 3.2e9, end: 3.2e9))
    #expect(end.clock?.description == "3.2 GHz")
    #expect(found.load == RunConditions.Span(start: 1.5, end: 8.6))
    #expect(found.pressure == RunConditions.Span(start: 2.25, end: 40.5))
    // Of 200 ticks 50 were stolen; guests are part of user.
    #expect(found.steal == 0.25)
    #expect(found.governor == "performance")
  }

  @Test("is nothing where nothing can be read, and what can be is kept")
  func blind() {
    #expect(RunConditions(from: conditions([:]), to: conditions([:])) == nil)
    let load = conditions(["/proc/loadavg": "0.50 0.10 0.90 2/300 1"])
    #expect(RunConditions(from: load, to: load)?.pressure == nil)
    #expect(RunConditions(from: conditions([:]), to: load) == nil)
    for text in ["", "cpu", "cpu a b c", "cpu 1 2 3", "some avg10=x", "full avg10=1"] {
      let odd = conditions([
        "/proc/stat": text, "/proc/pressure/cpu": text, "/proc/loadavg": text,
      ])
      #expect(RunConditions(from: odd, to: odd) == nil, "\(text)")
    }
    let still = conditions(["/proc/stat": "cpu 1 0 0 0 0 0 0 0"])
    #expect(RunConditions(from: still, to: still) == nil)
  }
}
