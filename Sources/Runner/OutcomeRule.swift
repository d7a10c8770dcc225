import Formats
package import Measurements
import System

/// The way in which a launch says whether it has solved its task.
package enum OutcomeRule: Hashable, Sendable {
  /// The exit status: 0 is solved.
  case exit
  /// A regular expression, in which `^` and `$` are the beginning and end of a line. The task is solved
  /// if standard output matches it anywhere.
  case pattern(String)
  /// A place in the last JSON value of standard output that has it: `true` or 1 is solved, `false`, 0
  /// or `null` is not.
  case pointer(JSONPointer)

  /// The rule as it is written in a configuration.
  package var description: String {
    switch self {
    case .exit: "exit"
    case .pattern(let pattern): pattern
    case .pointer(let pointer): "json:\(pointer.description)"
    }
  }

  /// Returns true if a launch has solved its task.
  ///
  /// - Parameter limit: The longest time that the search for a pattern may take. After that, this
  ///   process ends with a message.
  /// - Throws: ``InputError`` if the output does not say it.
  func isSolved(
    _ result: Launch.Result, within limit: Duration
  ) throws(InputError) -> Bool {
    switch self {
    case .exit: result.ending == .exited(0)
    case .pattern(let pattern): try Self.matches(pattern, result.output, limit)
    case .pointer(let pointer): try Self.isTrue(at: pointer, in: result.output)
    }
  }

  private static func matches(
    _ pattern: String, _ output: [UInt8], _ limit: Duration
  ) throws(InputError) -> Bool {
    let text = String(decoding: output, as: UTF8.self)
    let lastWords =
      "error: `outcome`: the pattern was still at work on \(output.count) bytes after "
      + "\(limit.text)\nhint: write one that can match a text in one way only\n"
    return try Interrupts.exposed(for: limit, lastWords: lastWords, status: 4) {
      () throws(InputError) in
      // A regular expression is not Sendable, so that each launch parses it.
      let regex = try? Regex(pattern).anchorsMatchLineEndings()
        .matchingSemantics(.unicodeScalar)
      return regex.map { text.firstMatch(of: $0) != nil } ?? false
    }
  }

  private static func isTrue(
    at pointer: JSONPointer, in output: [UInt8]
  ) throws(InputError) -> Bool {
    func error(_ problem: String) -> InputError {
      InputError(
        problem, input: "output of a launch, `outcome`",
        hint: "run the command, and compare the pointer with what it prints on standard output")
    }
    let found = documents(in: output).last { pointer.value(in: $0) != nil }
    guard let value = found.flatMap({ pointer.value(in: $0) }) else {
      throw error("printed no JSON with '\(pointer.description)'")
    }
    switch value {
    case .bool(let isTrue): return isTrue
    case .integer(0), .null: return false
    case .integer(1): return true
    case .number(0): return false
    case .number(1): return true
    default: throw error("'\(pointer.description)' is neither true nor false, nor 1 or 0")
    }
  }

  /// The JSON values of an output: the whole of it, or those of its lines that are JSON.
  private static func documents(in output: [UInt8]) -> [JSONValue] {
    func document(_ bytes: [UInt8]) -> JSONValue? {
      var reader = JSONReader(bytes)
      guard let value = try? reader.value(allowsNonFinite: true), (try? reader.end()) != nil else {
        return nil
      }
      return value
    }
    if let whole = document(output) { return [whole] }
    return output.split(separator: UInt8(ascii: "\n")).compactMap { document(Array($0)) }
  }
}

/// The ends of a launch that say something about the machine or the network, and nothing about the
/// program.
package struct InfrastructureFailures: Hashable, Sendable {
  package var statuses: Set<Int32> = []
  /// True if a launch that was ended after its time limit is one.
  package var includesTimeouts = false
  /// True if a launch that a signal killed is one.
  package var includesKills = false

  package init() {}

  package var isEmpty: Bool { statuses.isEmpty && !includesTimeouts && !includesKills }

  func include(_ reason: LaunchError.Reason) -> Bool {
    switch reason {
    case .exited(let status): statuses.contains(status)
    case .killed: includesKills
    case .cut(.timeout): includesTimeouts
    default: false
    }
  }
}
