import Measurements
import Verdicts

extension SeriesResult {
  /// - Parameters:
  ///   - alpha: The alpha of the family.
  ///   - baseline: The index of its baseline among those of its part.
  init(_ object: ReportObject, alpha: Double, baseline: Int? = nil) throws(JSONError) {
    self.init(
      id: try SubjectField.id(object), metric: try SubjectField.metric(object),
      verdict: try Verdict(object), comparison: try object.comparison(),
      significance: try object.significance(),
      detectable: try RowField.detectable.read(object), limit: try object.limit(),
      level: try LevelField.level(object, alpha: alpha), waiver: try RowField.waiver.read(object),
      formerly: try RowField.formerly.read(object),
      standing: Standing(
        baseline: baseline, interleaving: try RowField.isPaired.read(object) ? .unknown : nil,
        doubts: try RowField.doubts.read(object), course: try RowField.course.read(object)),
      redefinition: try RowField.redefinition.read(object),
      implausible: try RowField.implausible.read(object),
      response: try RowField.response.read(object), decides: try RowField.decides.read(object))
  }
}

extension Verdict {
  fileprivate init(_ row: ReportObject) throws(JSONError) {
    let isCertain = try RowField.isCertain.read(row)
    self =
      switch try RowField.verdict.read(row) {
      case .regression: .regression(certain: isCertain)
      case .waived: .waived(certain: isCertain)
      case .inherited: .inherited(certain: isCertain)
      case .improvement: .improvement(certain: isCertain)
      case .collapsed: .collapsed(certain: isCertain)
      case .unchanged: .unchanged
      case .notWorse: .notWorse
      case .inconclusive: .inconclusive(try RowField.doubt.read(row, as: DoubtField.codec))
      case .incomparable: .incomparable(try RowField.mismatch.read(row, as: MismatchField.codec))
      case .missing: .missing
      case .notMeasured: .notMeasured
      case .renamed: .renamed(to: try RowField.newName.read(row, as: .text))
      case .failed: .failed(reason: try RowField.reason.read(row, as: .text))
      case .new: .new
      }
  }
}

extension ReportObject {
  fileprivate func limit() throws(JSONError) -> Limit {
    let threshold = Sourced(
      try RowField.threshold.read(self), from: try RowField.thresholdSource.read(self))
    guard let floor = try RowField.floor.read(self) else { return Limit(threshold: threshold) }
    return Limit(
      threshold: threshold,
      floor: Sourced(floor, from: try RowField.floorSource.read(self, as: .text)))
  }

  fileprivate func significance() throws(JSONError) -> Significance? {
    guard let p = try RowField.corrected.read(self) else { return nil }
    return Significance(
      p: p, rank: try RowField.rank.read(self, as: .count),
      strictestAlpha: try RowField.strictestAlpha.read(self, as: .number),
      separation: try RowField.separation.read(self))
  }
}

extension ReportObject {
  fileprivate func comparison() throws(JSONError) -> Comparison? {
    guard let old = try RowField.old.read(self) else { return nil }
    return try member(RowField.new.key) { (reader) throws(JSONError) in
      let new = try ComparedSide.codec.read(&reader)
      let evidence: Evidence = try RowField.evidence.read(self, as: .word)
      let (effect, test) = (try effect(), try test())
      let comparison = try? Comparison(
        old: old.side, new: new.side, values: (old.values, new.values),
        blocks: try blocks(of: old, new), evidence: evidence, effect: effect, test: test,
        swing: try RowField.swing.read(self), tasks: try tasks(p: try RowField.p.read(self)))
      guard let comparison else { throw reader.error("a side without values") }
      return comparison
    }
  }

  /// Returns the sizes of the blocks; empty if they do not add up.
  private func blocks(of old: ComparedSide, _ new: ComparedSide) throws(JSONError) -> [Int] {
    let sizes = try RowField.blocks.read(self)
    let most = old.values.count
    guard new.values.count == most, sizes.allSatisfy({ (1...most).contains($0) }),
      sizes.count <= most, sizes.reduce(0, +) == most
    else { return [] }
    return sizes
  }

  private func effect() throws(JSONError) -> Effect {
    if let difference = try RowField.difference.read(self) {
      return .fromZero(difference, try RowField.differenceInterval.read(self))
    }
    return .ratio(
      1 + (try RowField.change.read(self, as: .number)),
      try RowField.interval.read(self).map { 1 + $0.lowerBound...1 + $0.upperBound })
  }

  private func test() throws(JSONError) -> Comparison.Test? {
    guard let u = try RowField.u.read(self) else { return nil }
    return Comparison.Test(
      u: u, p: try RowField.p.read(self, as: .number),
      superiority: try RowField.superiority.read(self, as: .number),
      isExact: try RowField.isExact.read(self, as: .bool),
      unblocked: try RowField.unblocked.read(self) ?? nil)
  }
}
