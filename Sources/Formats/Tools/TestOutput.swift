import Measurements

/// Reads the output of `swift test` and xcodebuild: that of XCTest, of Swift Testing, or both
/// in sequence.
///
/// If any test of the file measures something, only measurements are kept, and the times of other
/// tests are skipped. Else each test has its time. Numbers of a test that fails or does not end are
/// not kept.
struct TestOutput {
  private var builder: ResultBuilder
  private var tests: [Test] = []
  /// The indices in ``tests`` of the tests that have begun.
  private var open: [Key: Int] = [:]
  /// The number of runs of Swift Testing so far.
  private var run = 0
  private var failedRuns: [ResultBuilder.Place] = []

  private struct Key: Hashable {
    let library: Library
    let name: String
  }

  private enum Library { case xctest, swiftTesting }

  private struct Test {
    let key: Key
    let run: Int
    let place: ResultBuilder.Place
    var state: State
    var measurements: [(value: XCTestMeasurement, place: ResultBuilder.Place)] = []
    var reason: String?

    var hasFailed: Bool {
      switch state {
      case .failed, .started: true
      case .measured, .skipped, .passed: false
      }
    }
  }

  private enum State {
    /// The output has only numbers of the test, as in lines that were selected from the whole.
    case measured
    case started, failed, skipped
    case passed(seconds: Double, ResultBuilder.Place)
  }

  init(_ input: Input, as source: String) throws(InputError) {
    builder = ResultBuilder(input, as: source)
    for line in try input.lines() { try read(line) }
  }

  private mutating func read(_ line: Line) throws(InputError) {
    if let xctest = XCTestLine(line.text) {
      try read(xctest, on: line)
    } else if let swiftTesting = SwiftTestingLine(line.text) {
      try read(swiftTesting, on: line)
    } else if line.text.hasPrefix("Test Case '") || line.text.contains("' measured [") {
      try builder.reject("looks like a result of XCTest and is not understood", at: .line(line))
    } else {
      noteReason(line.text)
    }
  }
}

extension TestOutput {
  private mutating func read(_ line: XCTestLine, on text: Line) throws(InputError) {
    let key = Key(library: .xctest, name: line.name)
    switch line.event {
    case .started: begin(key, at: .line(text))
    case .failed: end(key, .failed, at: .line(text))
    case .skipped: end(key, .skipped, at: .line(text))
    case .passed(let seconds): try pass(key, seconds, at: .line(text))
    case .measured(let words): try measure(key, words, at: .line(text))
    }
  }

  private mutating func read(_ line: SwiftTestingLine, on text: Line) throws(InputError) {
    let place = ResultBuilder.Place.line(text)
    switch (line.subject, line.event) {
    case (.run, .started): run += 1
    case (.run, .failed): failedRuns.append(place)
    case (.argument, .passed), (.argument, .failed):
      builder.skip("time of one argument of a test", at: place)
    case (.run, _), (.argument, _): return
    case (.test(let name), let event):
      let key = Key(library: .swiftTesting, name: name)
      switch event {
      case .started: begin(key, at: place)
      case .failed: end(key, .failed, at: place)
      case .skipped: end(key, .skipped, at: place)
      case .passed(let seconds): try pass(key, seconds, at: place)
      case .issue(let words): if let index = open[key] { note(words, at: index) }
      }
    }
  }

  private mutating func begin(_ key: Key, at place: ResultBuilder.Place) {
    open[key] = tests.count
    tests.append(Test(key: key, run: run, place: place, state: .started))
  }

  private mutating func end(_ key: Key, _ state: State, at place: ResultBuilder.Place) {
    let index = open.removeValue(forKey: key) ?? tests.count
    if index == tests.count { tests.append(Test(key: key, run: run, place: place, state: state)) }
    tests[index].state = state
  }

  private mutating func pass(
    _ key: Key, _ seconds: Double?, at place: ResultBuilder.Place
  ) throws(InputError) {
    guard let seconds, seconds.isFinite, seconds >= 0 else {
      return try builder.reject("expected a time in seconds", at: place)
    }
    end(key, .passed(seconds: seconds, place), at: place)
  }

  private mutating func measure(
    _ key: Key, _ words: Substring, at place: ResultBuilder.Place
  ) throws(InputError) {
    guard let measurement = XCTestMeasurement(words) else {
      return try builder.reject("looks like a result of XCTest and is not understood", at: place)
    }
    var index = open[key] ?? tests.count
    if index < tests.count, case .measured = tests[index].state,
      tests[index].measurements.contains(where: { $0.value.metric == measurement.metric })
    {
      index = tests.count
    }
    if index == tests.count {
      tests.append(Test(key: key, run: run, place: place, state: .measured))
    }
    open[key] = index
    tests[index].measurements.append((measurement, place))
  }

  /// Reads the reason of a failure, such as `…/PerfTests.swift:10: error: PerfTests.testWrong :
  /// XCTAssertEqual failed: …`.
  private mutating func noteReason(_ text: Substring) {
    guard let mark = text.firstRange(of: ": error: "),
      let colon = text[mark.upperBound...].firstRange(of: " : ")
    else { return }
    let key = Key(library: .xctest, name: String(text[mark.upperBound..<colon.lowerBound]))
    let words = text[colon.upperBound...]
    let reason = words.hasPrefix("failed: ") ? words.dropFirst("failed: ".count) : words
    if let index = open[key] { note(String(reason), at: index) }
  }

  /// Keeps the reason of a failure. Only the first one is kept.
  private mutating func note(_ reason: String, at index: Int) {
    if tests[index].reason == nil { tests[index].reason = reason.shortened(to: 200) }
  }
}

extension TestOutput {
  consuming func reading() throws(InputError) -> ParsedResults {
    let measures = tests.contains { !$0.measurements.isEmpty }
    let repeated = try repeatedNames()
    for test in tests {
      let benchmark = Benchmark(name: test.key.name)
      switch test.state {
      case .failed: builder.fail(benchmark, test.reason ?? "failed")
      case _ where repeated.contains(Name(test)): continue
      case .started: builder.fail(benchmark, test.reason ?? "began and did not come to its end")
      case .skipped: builder.skip("skipped test", at: test.place)
      case .measured: try add(test, to: benchmark)
      case .passed where !test.measurements.isEmpty: try add(test, to: benchmark)
      case .passed(_, let place) where measures:
        builder.skip("time of a test that measures nothing", at: place)
      case .passed(let seconds, let place):
        try builder.add([seconds], to: benchmark, "wall_time", in: "s", isSummary: true, at: place)
      }
    }
    if let place = failedRuns.first, !tests.contains(where: \.hasFailed) {
      builder.fail(nil, "Swift Testing reports a failed run (line \(place.line ?? 0))")
    }
    return builder.reading()
  }

  private mutating func add(_ test: Test, to benchmark: Benchmark) throws(InputError) {
    for (measurement, place) in test.measurements {
      if measurement.isTime { try builder.checkNotNegative(measurement.values, at: place) }
      try builder.add(
        measurement.values, to: benchmark, measurement.metric, in: measurement.unit,
        better: measurement.better, at: place)
    }
  }

  private struct Name: Hashable {
    let key: Key
    let run: Int

    init(_ test: Test) {
      key = test.key
      run = test.run
    }
  }

  /// The names that several tests of a run have. Swift Testing prints a test without its suite, so
  /// several tests may have one name.
  private mutating func repeatedNames() throws(InputError) -> Set<Name> {
    var seen: Set<Name> = []
    var repeated: Set<Name> = []
    for test in tests where test.key.library == .swiftTesting {
      guard !seen.insert(Name(test)).inserted, repeated.insert(Name(test)).inserted else {
        continue
      }
      try builder.reject(
        "a second test called '\(test.key.name)' in one run", at: test.place,
        hint: "import the file of `swift test --parallel --xunit-output`, which names the suites")
    }
    return repeated
  }
}
