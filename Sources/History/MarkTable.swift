import Git
import Measurements

/// The series of each content that may not be a baseline, by all lines that were read.
///
/// A mark holds for every number of its content and series, whenever and however it was recorded,
/// until a later line lifts it. If a mark and a line that lifts it have the same time, the mark
/// holds.
struct MarkTable {
  private struct Key: Hashable {
    let tree: String
    let suite: String
    let series: Series.ID
  }

  fileprivate struct Word {
    let isLifted: Bool
    let against: ObjectID?
    let time: Timestamp?
  }

  private var words: [Key: Word] = [:]

  var isEmpty: Bool { words.isEmpty }

  mutating func add(_ mark: Mark, isLifted: Bool, at time: Timestamp?) {
    let word = Word(
      isLifted: isLifted, against: mark.against.flatMap(ObjectID.init), time: time)
    for series in mark.series {
      let key = Key(tree: mark.tree, suite: mark.suite, series: series)
      if let other = words[key], !word.isLater(than: other) { continue }
      words[key] = word
    }
  }

  /// The mark on a series of some content; nil if there is none.
  func refusal(of series: Series.ID, suite: String, tree: ObjectID) -> Refusal? {
    guard !words.isEmpty,
      let word = words[Key(tree: tree.description, suite: suite, series: series)], !word.isLifted
    else { return nil }
    return Refusal(against: word.against)
  }

  /// True if a mark holds for any series of a suite on some content.
  func hasMarks(_ suite: String, _ tree: ObjectID) -> Bool {
    count(suite, tree) > 0
  }

  /// The number of series of a suite, on some content, that marks hold for.
  func count(_ suite: String, _ tree: ObjectID) -> Int {
    let tree = tree.description
    return words.count { $0.key.tree == tree && $0.key.suite == suite && !$0.value.isLifted }
  }

  /// All marks that hold.
  var all: [MarkedSeries] {
    words.compactMap { key, word in
      word.isLifted
        ? nil
        : MarkedSeries(
          id: key.series, suite: key.suite, tree: key.tree, commit: nil, against: word.against,
          time: word.time)
    }
  }

  /// A series that the gate has refused.
  struct Refusal: Hashable {
    /// The commit of the baseline that the gate compared it with; nil if it was not recorded.
    let against: ObjectID?
  }
}

extension MarkTable.Word {
  /// True if this entry replaces the other one. At equal times a mark replaces an entry that lifts
  /// it. For two marks, the one that names a baseline counts, and if both do, the one whose id
  /// sorts first.
  fileprivate func isLater(than other: MarkTable.Word) -> Bool {
    guard time == other.time else { return Timestamp.isLater(time, than: other.time) }
    if isLifted != other.isLifted { return other.isLifted }
    guard let against else { return false }
    return other.against.map { against.description < $0.description } ?? true
  }
}
