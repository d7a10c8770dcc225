/// Shows how far a bisection is. A terminal has one line: the picture of what is known so far, and the
/// current step. A pipeline gets a line for each picture.
final class BisectionProgress {
  private let line: ProgressLine
  /// The picture, which stays on the line while steps go by; empty before the first.
  private var picture = ""

  init(_ call: CommandContext<BisectSettings>) { line = ProgressLine(call) }

  /// Shows a short step, on a terminal only.
  func tell(_ step: String) {
    line.tell(picture.isEmpty ? step : "\(picture); \(step)", isLong: false)
  }

  /// Shows a long step.
  func announce(_ step: String) { line.tell(step, isLong: true) }

  /// Shows another picture, with details that do not stay on the line.
  func show(_ picture: String, _ details: String) {
    self.picture = picture
    line.tell("\(picture), \(details)", isLong: true)
  }

  func clear() { line.clear() }
}
