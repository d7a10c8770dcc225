import Measurements
import Verdicts

extension Waiver {
  /// The extent of the permission: `up to 30 %`, `missing`, or several of these.
  var extent: String {
    let largest = ceiling.map { ["up to \(threshold($0))"] } ?? []
    let others = Waiver.State.allCases.filter(states.contains).map(\.rawValue)
    return (largest + others).joined(separator: ", ")
  }

  /// The text that follows the words of a row that is permitted as it is.
  var permission: String { ", permitted until \(expires): \(reason.visible(limit: 200))" }
}

extension String {
  /// The text without its leading zero, `.002` of `0.002`, as probabilities are printed.
  var withoutZero: String { hasPrefix("0.") ? String(dropFirst()) : self }
}
