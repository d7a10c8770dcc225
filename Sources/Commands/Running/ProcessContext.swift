package import Runner

/// The arguments, environment, directory and streams of a program: all that it knows of
/// the outside.
package struct ProcessContext {
  /// The arguments without the program's name.
  package let arguments: [String]
  package let environment: [String: String]
  /// The absolute path of the current directory.
  package let directory: String
  package let out: Stream
  package let err: Stream
  /// Reads how fit the machine is for measuring.
  package let conditions: () -> Conditions

  package init(
    arguments: [String], environment: [String: String], directory: String, out: Stream, err: Stream,
    conditions: @escaping () -> Conditions = Conditions.here
  ) {
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.out = out
    self.err = err
    self.conditions = conditions
  }

  /// Standard output or standard error.
  package struct Stream {
    /// The width of the terminal in columns; nil if the stream is no terminal.
    package let width: Int?
    private let write: ([UInt8]) -> Void

    package init(width: Int?, write: @escaping (String) -> Void) {
      self.init(width: width, bytes: { write(String(decoding: $0, as: UTF8.self)) })
    }

    private init(width: Int?, bytes write: @escaping ([UInt8]) -> Void) {
      self.width = width
      self.write = write
    }

    /// A stream whose text is written as bytes.
    static func writing(
      width: Int?, _ write: @escaping ([UInt8]) -> Void
    ) -> ProcessContext.Stream { ProcessContext.Stream(width: width, bytes: write) }

    package var isTerminal: Bool { width != nil }

    func callAsFunction(_ text: String) { write(Array(text.utf8)) }

    func callAsFunction(_ bytes: [UInt8]) { write(bytes) }

    func line(_ text: String) { self(text + "\n") }
  }
}
