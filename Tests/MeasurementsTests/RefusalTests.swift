import Measurements
import Testing

/// A stored run with something wrong, and where the reader is told that it is.
struct RefusalCase: CustomTestStringConvertible {
  let part: String
  let replacement: String
  let path: String

  init(_ part: String, _ replacement: String, at path: String) {
    (self.part, self.replacement, self.path) = (part, replacement, path)
  }

  var testDescription: String { replacement.isEmpty ? "without \(part)" : replacement }

  static let all: [RefusalCase] = [
    RefusalCase(#""version": 1, "#, "", at: "version"),
    RefusalCase(#""version": 1"#, #""version": "1""#, at: "version"),
    RefusalCase(#""suite": "default", "#, "", at: "suite"),
    RefusalCase(
      #""suite": "default""#, #""suite": "default", "failures": [{"reason": 3}]"#,
      at: "failures[0].reason"),
    RefusalCase(
      #""source": "hyperfine""#, #""summary": "yes""#, at: "series[0].summary"),
    RefusalCase(#""tool": "perf-record 0.1.0""#, #""tool": 1"#, at: "tool"),
    RefusalCase("2026-11-20T05:20:42Z", "yesterday", at: "recordedAt"),
    RefusalCase("2026-11-20T05:20:42Z", "2026-11-20T05:20:42+01:00", at: "recordedAt"),
    RefusalCase(#""key": "4f2a", "#, "", at: "environment.key"),
    RefusalCase(#""cores": 2"#, #""cores": "two""#, at: "environment.cores"),
    RefusalCase(#""ubuntu-24.04""#, "24", at: "environment.labels.runner"),
    RefusalCase(#""benchmark": "parse/large", "#, "", at: "series[0].benchmark"),
    RefusalCase(#""metric": "wall_time","#, "", at: "series[0].metric"),
    RefusalCase(#""unit": "ns", "#, "", at: "series[0].unit"),
    RefusalCase(#""better": "lower""#, #""better": "faster""#, at: "series[0].better"),
    RefusalCase("[[10922992], [10873506, 10881207.5]]", "[]", at: "series[0].rounds"),
    RefusalCase("[10922992]", "[]", at: "series[0].rounds[0]"),
    RefusalCase("[10922992]", "10922992", at: "series[0].rounds[0]"),
    RefusalCase("10881207.5", #""fast""#, at: "series[0].rounds[1][1]"),
    RefusalCase("10881207.5", "null", at: "series[0].rounds[1][1]"),
  ]
}

@Test("what is wrong with a run is said with its place", arguments: RefusalCase.all)
func refusal(_ example: RefusalCase) {
  let json = StoredRun.replacing(example.part, with: example.replacement)
  let error = #expect(throws: JSONError.self) { try StoredRun.run(json) }
  #expect(error?.field == example.path)
}

@Test(
  "numbers that no measurement has make no round",
  arguments: [
    ([], InvalidRound.empty), ([1, .infinity], .notFinite(Double.infinity)),
    ([-Double.infinity], .notFinite(-Double.infinity)),
  ])
func invalidRound(_ samples: [Double], _ reason: InvalidRound) {
  #expect(throws: reason) { try Round(samples) }
}

@Test("a NaN makes no round either, though it is not equal to itself")
func notANumber() {
  #expect(throws: InvalidRound.self) { try Round([.nan]) }
}

@Test("why a round is none is said in words")
func reasons() {
  #expect("\(InvalidRound.empty)" == "a round without samples")
  #expect("\(InvalidRound.notFinite(.nan))" == "a sample that is nan, not a finite number")
}
