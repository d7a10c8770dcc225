/// A file that a pipeline names in a variable, to which a rendering adds a text of its own.
package struct PipelineFile: Sendable {
  /// The variable of the environment that has the path.
  package let variable: String
  /// nil where the pipeline reads files of any size.
  package let limit: Limit?
  package let text: @Sendable (Report) -> String

  package struct Limit: Sendable {
    /// How large the file may become.
    package let bytes: Int
    /// What is told where it would become larger, so that nothing is added.
    package let warning: String
  }
}
