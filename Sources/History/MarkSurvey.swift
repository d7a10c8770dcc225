import Git
import Measurements

/// The marks by series in some notes, as far as pruning is concerned.
///
/// A line that marks, or lifts marks, is needed while there are numbers of its content; the baselines that
/// marks name, while these hold.
struct MarkSurvey {
  private struct Line {
    let trees: Set<String>
    var isLiving: Bool
  }

  private var table = MarkTable()
  private var lines: [ObjectID: Line] = [:]

  var isEmpty: Bool { lines.isEmpty }

  /// Whether a line says anything of series.
  static func concerns(_ header: RunHeader) -> Bool {
    !header.marks.isEmpty || !header.unmarks.isEmpty
  }

  /// - Parameter isLiving: Whether the note where it is belongs to a commit that somebody has.
  mutating func add(_ id: ObjectID, _ header: RunHeader, isLiving: Bool) {
    for mark in header.marks { table.add(mark, isLifted: false, at: header.recordedAt) }
    for mark in header.unmarks { table.add(mark, isLifted: true, at: header.recordedAt) }
    let trees = Set((header.marks + header.unmarks).map(\.tree))
    lines[id, default: Line(trees: trees, isLiving: false)].isLiving =
      lines[id]?.isLiving ?? false || isLiving
  }

  /// Whether everything that a run measured is marked.
  func rejects(_ header: RunHeader, _ line: RunLine) -> Bool {
    guard let tree = header.tree.flatMap(ObjectID.init), table.hasMarks(header.suite, tree),
      let run = try? line.run()
    else { return false }
    return run.series.allSatisfy {
      table.refusal(of: $0.id, suite: header.suite, tree: tree) != nil
    }
  }

  /// The commits that marks on contents name which somebody has.
  func baselines(where isLiving: (ObjectID) -> Bool) -> Set<ObjectID> {
    Set(
      table.all.filter { ObjectID($0.tree).map(isLiving) ?? false }.compactMap(\.against))
  }

  /// The lines that nobody needs.
  ///
  /// - Parameters:
  ///   - kept: The contents that keep numbers.
  ///   - known: Those that had some.
  func departing(kept: Set<String>, known: Set<String>) -> [ObjectID] {
    lines.filter { _, line in
      kept.isDisjoint(with: line.trees)
        && (!known.isDisjoint(with: line.trees) || !line.isLiving)
    }.map(\.key)
  }
}
