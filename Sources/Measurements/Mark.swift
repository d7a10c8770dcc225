/// Series of a content that are to be no baseline, because the gate has refused them.
package struct Mark: Hashable, Sendable {
  /// The content, in hexadecimal: the mark holds for every number of it.
  package let tree: String
  package let suite: String
  package let series: [Series.ID]
  /// The commit of the baseline that they were refused against; nil where no commit was.
  package let against: String?

  package init(tree: String, suite: String, series: [Series.ID], against: String?) {
    self.tree = tree
    self.suite = suite
    self.series = series
    self.against = against
  }
}
