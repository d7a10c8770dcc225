import Testing

@testable import Reports

@Test(
  "a distribution is drawn from the smallest value to the largest, the highest block for the most",
  arguments: [
    ([], ""), ([5], ""), ([5, 5, 5], ""), ([0, 1], "█        █"),
    ([0, 0, 0, 0, 0, 0, 0, 0, 10], "█        ▁"),
    ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "██████████"), ([0, 0, 0, 0, 4, 4, 10], "█   ▄    ▂"),
    ([-1e308, 1e308], ""),
  ] as [([Double], String)])
func histogram(values: [Double], text: String) {
  #expect(Histogram(values).text == text)
}
