/// The location of the output of a failed launch, or the reason why it was lost.
package enum KeptOutput: Hashable, Sendable {
  /// The files that hold standard output and standard error.
  case files(output: String, messages: String)
  case lost(folder: String, SystemError)
}

extension KeptOutput: CustomStringConvertible {
  package var description: String {
    switch self {
    case .files(let output, let messages): "its output is kept in '\(output)' and '\(messages)'"
    case .lost(let folder, let error): "its output could not be kept in '\(folder)': \(error)"
    }
  }
}
