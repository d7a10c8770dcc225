import Measurements
import Testing

@Test(
  "a time has exactly one form",
  arguments: [
    ("2026-11-20T05:20:42Z", true), ("0000-00-00T00:00:00Z", true), ("", false),
    ("2026-11-20", false), ("2026-11-20T05:20:42", false), ("2026-11-20 05:20:42Z", false),
    ("2026-11-20T05:20:42z", false), ("2026-11-20T05:20:42.5Z", false),
    ("2026-11-20T05:20:42+00:00", false), ("2026-1-20T05:20:42ZZ", false),
    ("2026-11-20T05:20:4٢Z", false), (" 2026-11-20T05:20:42Z", false),
    ("2026-11-20T05:20:42Z\n", false), ("२०२६-11-20T05:20:42Z", false),
  ])
func timestamp(_ text: String, _ isTime: Bool) {
  #expect(Timestamp(text)?.description == (isTime ? text : nil))
}

@Test("the order of texts is the order of times")
func timeOrder() {
  let texts = ["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"]
  let times = texts.compactMap { Timestamp($0) }
  #expect(times.reversed().sorted().map(\.description) == texts)
}
