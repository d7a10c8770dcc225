package import Measurements
package import Verdicts

extension Implausible {
  /// The values in words, as in `implausible: 12 is outside 100..10000`, or with the number of
  /// values if there are several.
  package func words(in unit: Unit) -> String {
    let value = Scale(unit, for: [extreme]).text(extreme)
    let range = range.description.visible(limit: 60)
    return count == 1
      ? "implausible: \(value) is outside \(range)"
      : "implausible: \(outside) of \(count) values, as \(value), outside \(range)"
  }
}
