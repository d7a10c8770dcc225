import CLaunch
import Foundation
import System
import Testing

/// The events of `perf_event_open`, by one that needs no counter of the processor.
@Suite(
  "Counting events of a launch",
  .enabled(if: Counter.isAllowed, "this system or container forbids perf_event_open"))
struct CounterTests {
  private func faults(_ script: String) throws -> (counted: Int64, accounted: Int64) {
    let texts = ["/", "/bin/sh", "sh", "-c", script].flatMap(\.utf8CString)
    var request = launch_request()
    request.arguments = 3
    request.events = 1 << LAUNCH_PAGE_FAULTS.rawValue
    var report = launch_report()
    unsafe launch_run(&request, texts, [0, 1, 2], &report)
    try #require(report.step == LAUNCH_STARTED.rawValue)
    return (report.counts.4, report.page_faults)
  }

  @Test("what the program and its children do is counted, and what the launcher does is not")
  func children() throws {
    let one = try faults(":")
    // The kernel accounts what happens between fork and exec too.
    #expect(one.counted > 0 && one.counted <= one.accounted)
    let many = try faults("/bin/true; /bin/true; /bin/true")
    #expect(many.counted > 2 * one.counted)
    #expect(many.counted <= many.accounted)
  }

  @Test("each launch is counted from nothing")
  func again() throws {
    let counts = try (0..<5).map { _ in try faults(":").counted }
    #expect((counts.max() ?? 0) < 2 * (counts.min() ?? 0))
  }
}

extension Counter {
  fileprivate static var isAllowed: Bool {
    if case .forbidden = cycles.availability { false } else { true }
  }
}
