/// Why a JSON text is not what was expected.
package struct JSONError: Error, Hashable, Sendable {
  /// Without the place: `expected a number, found null`.
  package let problem: String
  /// The offset of the byte where it was noticed.
  package let position: Int
  /// From the outermost value to the one at fault.
  private var steps: [JSONStep] = []

  init(problem: String, position: Int) {
    self.problem = problem
    self.position = position
  }

  /// The same, seen from one value further out.
  package func inside(_ step: JSONStep) -> JSONError {
    var error = self
    error.steps.insert(step, at: 0)
    return error
  }

  /// As a reader would write it, `series[3].rounds[0]`; nil for the whole text.
  package var field: String? { steps.isEmpty ? nil : steps.field }

  /// The same for a member that is not there.
  package static func missing(_ key: String, at position: Int) -> JSONError {
    JSONError(problem: "is missing", position: position).inside(.key(key))
  }
}

extension JSONError: CustomStringConvertible {
  package var description: String { (field.map { "field '\($0)': " } ?? "") + problem }
}

/// One step from a JSON value into one of its members.
package enum JSONStep: Hashable, Sendable {
  case key(String)
  case index(Int)
}

extension [JSONStep] {
  /// As a reader would write it: `results[3].times[0]`.
  package var field: String {
    count > 20 ? "\(prefix(10).path)…\(suffix(5).path)" : self[...].path
  }
}

extension ArraySlice<JSONStep> {
  fileprivate var path: String {
    reduce("") { path, step in
      switch step {
      case .key(let key): path.isEmpty ? key : "\(path).\(key)"
      case .index(let index): "\(path)[\(index)]"
      }
    }
  }
}
