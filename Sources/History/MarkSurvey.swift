import Git
import Measurements

/// The marks by series in some notes, as far as pruning needs them.
///
/// A line that sets or lifts marks is needed while there are numbers of its content. The baselines
/// that marks name are needed while these marks hold.
struct MarkSurvey {
  private struct Line {
    let trees: Set<String>
    var isLiving: Bool
  }

  private var table = MarkTable()
  private var lines: [ObjectID: Line] = [:]

  var isEmpty: Bool { lines.isEmpty }

  /// True if a line sets or lifts marks on series.
  static func concerns(_ header: RunHeader) -> Bool {
    !header.marks.isEmpty || !header.unmarks.isEmpty
  }

  /// Adds the marks of a line.
  ///
  /// - Parameter isLiving: True if the note with the line belongs to a commit that a reference
  ///   reaches, or to the tree of such a commit.
  mutating func add(_ id: ObjectID, _ header: RunHeader, isLiving: Bool) {
    for mark in header.marks { table.add(mark, isLifted: false, at: header.recordedAt) }
    for mark in header.unmarks { table.add(mark, isLifted: true, at: header.recordedAt) }
    let trees = Set((header.marks + header.unmarks).map(\.tree))
    lines[id, default: Line(trees: trees, isLiving: false)].isLiving =
      lines[id]?.isLiving ?? false || isLiving
  }

  /// True if every series that a run measured is marked.
  func rejects(_ header: RunHeader, _ line: RunLine) -> Bool {
    guard let tree = header.tree.flatMap(ObjectID.init), table.hasMarks(header.suite, tree),
      let run = try? line.run()
    else { return false }
    return run.series.allSatisfy {
      table.refusal(of: $0.id, suite: header.suite, tree: tree) != nil
    }
  }

  /// The commits that marks name as baselines, for marks whose content satisfies the condition.
  func baselines(where isLiving: (ObjectID) -> Bool) -> Set<ObjectID> {
    Set(
      table.all.filter { ObjectID($0.tree).map(isLiving) ?? false }.compactMap(\.against))
  }

  /// The lines that are not needed any more.
  ///
  /// - Parameters:
  ///   - kept: The contents that keep numbers.
  ///   - known: The contents that had numbers.
  func departing(kept: Set<String>, known: Set<String>) -> [ObjectID] {
    lines.filter { _, line in
      kept.isDisjoint(with: line.trees)
        && (!known.isDisjoint(with: line.trees) || !line.isLiving)
    }.map(\.key)
  }
}
