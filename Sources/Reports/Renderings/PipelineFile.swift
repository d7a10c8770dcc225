/// A file that a pipeline names in a variable, to which a rendering adds a text of its own.
package struct PipelineFile: Sendable {
  /// The variable of the environment that has the path.
  package let variable: String
  /// The limit of the file's size; nil if the pipeline reads files of any size.
  package let limit: Limit?
  package let text: @Sendable (Report) -> String

  package struct Limit: Sendable {
    /// The largest size of the file.
    package let bytes: Int
    /// The message if the file would become larger, so that nothing is added.
    package let warning: String
  }
}
