/// The reason why a JSON text is not what was expected.
package struct JSONError: Error, Hashable, Sendable {
  /// The problem, without the place: `expected a number, found null`.
  package let problem: String
  /// The offset of the byte at which the problem was found.
  package let position: Int
  /// The path from the outermost value to the wrong one.
  private var steps: [JSONStep] = []

  init(problem: String, position: Int) {
    self.problem = problem
    self.position = position
  }

  /// The error with a path that begins one value further out.
  package func inside(_ step: JSONStep) -> JSONError {
    var error = self
    error.steps.insert(step, at: 0)
    return error
  }

  /// The path in readable form, `series[3].rounds[0]`; nil for the whole text.
  package var field: String? { steps.isEmpty ? nil : steps.field }

  /// The error for a missing member of an object.
  package static func missing(_ key: String, at position: Int) -> JSONError {
    JSONError(problem: "is missing", position: position).inside(.key(key))
  }
}

extension JSONError: CustomStringConvertible {
  package var description: String { (field.map { "field '\($0)': " } ?? "") + problem }
}

/// A step from a JSON value into one of its members.
package enum JSONStep: Hashable, Sendable {
  case key(String)
  case index(Int)
}

extension [JSONStep] {
  /// The path in readable form: `results[3].times[0]`.
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
