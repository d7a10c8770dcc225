/// The series of a content that may not be a baseline, because the gate has refused them.
package struct Mark: Hashable, Sendable {
  /// The id of the content's tree, in hexadecimal. The mark holds for every number of this content.
  package let tree: String
  package let suite: String
  package let series: [Series.ID]
  /// The commit of the baseline that the series were compared with; nil if there was no such
  /// commit.
  package let against: String?

  package init(tree: String, suite: String, series: [Series.ID], against: String?) {
    self.tree = tree
    self.suite = suite
    self.series = series
    self.against = against
  }
}
