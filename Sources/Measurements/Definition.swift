/// What was launched for a number: two of one name are comparable where their definitions are one.
package struct Definition: Hashable, Sendable {
  /// Of all that decides what is measured, also of what is not to be read, such as the values of
  /// variables.
  package let digest: String
  /// What a reader may know of it, `command: ./bench --size 1`, a line for each thing.
  package let text: String

  package init(digest: String, text: String) {
    self.digest = digest
    self.text = text
  }
}
