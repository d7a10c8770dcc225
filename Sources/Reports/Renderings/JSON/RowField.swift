import Measurements
import Verdicts

/// The fields of a row, which has the judgement on one series.
enum RowField {
  typealias Member<Value> = Field<SeriesResult, Value>

  static let formerly = Member<String?>("formerly", .optional(.text)) { $0.formerly }
  static let verdict = Member<Verdict.Kind>("verdict", .word) { $0.verdict.kind }
  static let isCertain = Member<Bool>("certain", .bool) { $0.verdict.isCertain }
  static let reason = Member<String?>("reason", .optional(.text)) { $0.reason }
  static let doubt = Member<Doubt?>("doubt", .optional(DoubtField.codec)) { $0.verdict.doubt }
  static let mismatch = Member<Mismatch?>("mismatch", .optional(MismatchField.codec)) {
    $0.verdict.mismatch
  }
  static let newName = Member<String?>("renamedTo", .optional(.text)) { $0.verdict.newName }
  static let response = Member<Response?>("response", .optional(.word)) { $0.response }
  static let waiver = Member<WaiverFinding?>("waiver", .optional(WaiverFindingField.codec)) {
    $0.waiver
  }

  private static let judged = FieldTable(
    formerly, verdict, isCertain, reason, doubt, mismatch, newName, response, waiver)

  static let evidence = Member<Evidence?>("evidence", .optional(.word)) {
    $0.comparison?.evidence
  }
  static let old = Member<ComparedSide?>("old", .optional(ComparedSide.codec)) {
    $0.comparison.map { ComparedSide($0.old, $0.numbers.old) }
  }
  static let new = Member<ComparedSide?>("new", .optional(ComparedSide.codec)) {
    $0.comparison.map { ComparedSide($0.new, $0.numbers.new) }
  }
  static let change = Member<Double?>("change", .optional(.number)) {
    $0.comparison?.effect.change
  }
  static let interval = Member<ClosedRange<Double>?>("interval", .optional(.range)) {
    $0.comparison?.effect.interval
  }
  static let difference = Member<Double?>("difference", .optional(.number)) {
    $0.comparison?.effect.difference?.estimate
  }
  static let differenceInterval = Member<ClosedRange<Double>?>(
    "differenceInterval", .optional(.range)
  ) { $0.comparison?.effect.difference?.interval }
  /// The member is there only if values were compared within blocks.
  static let blocks = Member<[Int]>("blocks", .list(.clamped), unless: []) {
    $0.comparison?.blocks ?? []
  }
  /// The member is there only if the series was seen among the recordings before it.
  static let swing = Member<Swing?>("history", whereThere: SwingField.codec) {
    $0.comparison?.swing
  }

  private static let figures = FieldTable(
    evidence, old, new, change, interval, difference, differenceInterval, blocks, swing)

  static let u = Member<Double?>("u", .optional(.number)) { $0.comparison?.test?.u }
  static let superiority = Member<Double?>("superiority", .optional(.number)) {
    $0.comparison?.test?.superiority
  }
  static let p = Member<Double?>("p", .optional(.number)) {
    $0.comparison?.test?.p ?? $0.comparison?.tasks?.p
  }
  static let isExact = Member<Bool?>("pExact", .optional(.bool)) { $0.comparison?.test?.isExact }
  /// The member is there only if values were compared within blocks.
  static let unblocked = Member<Double??>("pUnblocked", whereThere: .optional(.number)) {
    guard let comparison = $0.comparison, !comparison.blocks.isEmpty else { return nil }
    return .some(comparison.test?.unblocked)
  }
  static let corrected = Member<Double?>("pCorrected", .optional(.number)) { $0.significance?.p }
  static let rank = Member<Int?>("pRank", .optional(.count)) { $0.significance?.rank }
  static let strictestAlpha = Member<Double?>("pSufficient", .optional(.number)) {
    $0.significance?.strictestAlpha
  }
  /// The member is there only if the separation decided.
  static let separation = Member<Separation?>("separated", whereThere: SeparationField.codec) {
    $0.significance?.separation
  }
  static let detectable = Member<Double?>("detectable", .optional(.number)) {
    $0.detectableChange
  }

  private static let tests = FieldTable(
    u, superiority, p, isExact, unblocked, corrected, rank, strictestAlpha, separation, detectable)

  static let threshold = Member<Double>("threshold", .number) { $0.limit.threshold.value }
  static let thresholdSource = Member<String>("thresholdSource", .text) {
    $0.limit.threshold.source
  }
  private static let floorValue = Member<Void>("ignoreBelow") { row in
    row.limit.floor.map { .number($0.value.value) } ?? .null
  }
  static let floor = Member<Quantity?>("ignoreBelowWritten", .optional(.amount)) {
    $0.limit.floor?.value
  }
  static let floorSource = Member<String?>("ignoreBelowSource", .optional(.text)) {
    $0.limit.floor?.source
  }

  private static let limits = FieldTable(
    threshold, thresholdSource, floorValue, floor, floorSource)

  static let decides = Member<Bool>("decides", .bool, unless: true) { $0.decides }
  static let isGuessed = Member<Bool>("guessed", .bool, unless: false) { $0.metric.isGuessed }
  static let isPaired = Member<Bool>("paired", .bool, unless: false) { $0.standing.isPaired }
  static let doubts = Member<[String]>("doubts", .list(.text), unless: []) { $0.standing.doubts }
  /// The member is there only if the series went the same way before.
  static let course = Member<Course?>("course", whereThere: CourseField.codec) {
    $0.standing.course
  }
  static let redefinition = Member<Redefinition?>(
    "redefinition", whereThere: RedefinitionField.codec
  ) { $0.redefinition }
  /// The member is there only if a value is outside of its plausible range.
  static let implausible = Member<Implausible?>(
    "implausible", whereThere: ImplausibleField.codec
  ) { $0.implausible }

  private static let history =
    FieldTable(decides, isGuessed, isPaired, doubts, redefinition)
    + FieldTable(course, implausible) + TaskField.table.of { $0.comparison?.tasks }

  static let table =
    SubjectField.table.of { Subject(id: $0.id, metric: $0.metric) } + judged + figures + tests
    + limits + LevelField.table.of { $0.level } + history
}

/// The content of a verdict besides its kind.
extension Verdict {
  fileprivate var doubt: Doubt? { if case .inconclusive(let doubt) = self { doubt } else { nil } }
  fileprivate var mismatch: Mismatch? {
    if case .incomparable(let mismatch) = self { mismatch } else { nil }
  }
  fileprivate var newName: String? { if case .renamed(let name) = self { name } else { nil } }
}

/// The fields of a separation.
private enum SeparationField {
  static let p = Field<Separation, Double>("p", .number) { $0.p }
  static let gap = Field<Separation, Double>("gap", .number) { $0.gap }

  static let codec = FieldTable(p, gap).codec { (object) throws(JSONError) in
    Separation(p: try p.read(object), gap: try gap.read(object))
  }
}

/// The fields of the recordings before.
private enum SwingField {
  static let recordings = Field<Swing, Int>("recordings", .count) { $0.recordings }
  static let deviation = Field<Swing, Double>("swing", .number) { $0.deviation }
  static let change = Field<Swing, Double>("change", .number) { $0.change }
  static let p = Field<Swing, Double>("p", .number) { $0.p }
  /// The day; empty if nobody knows it.
  static let met = Field<Swing, String?>("met", whereThere: .text) { swing in
    swing.met.map { $0.day?.description ?? "" }
  }

  static let codec = FieldTable(recordings, deviation, change, p, met).codec {
    (object) throws(JSONError) in
    let met = try met.read(object).map { Swing.Met(on: Day($0)) }
    return Swing(
      recordings: try recordings.read(object), deviation: try deviation.read(object),
      change: try change.read(object), p: try p.read(object), met: met)
  }
}

/// The fields of the steps before a change.
private enum CourseField {
  static let steps = Field<Course, Int>("steps", .count) { $0.steps }
  static let change = Field<Course, Double>("change", .number) { $0.change }
  static let since = Field<Course, String?>("since", .optional(.text)) { $0.since }
  static let recordings = Field<Course, Int>("recordings", .count) { $0.recordings }

  static let codec = FieldTable(steps, change, since, recordings).codec {
    (object) throws(JSONError) in
    Course(
      steps: try steps.read(object), change: try change.read(object),
      since: try since.read(object), recordings: try recordings.read(object))
  }
}

/// The fields of a redefinition.
private enum RedefinitionField {
  static let old = Field<Redefinition, String>("old", .text) { $0.old }
  static let new = Field<Redefinition, String>("new", .text) { $0.new }
  static let response = Field<Redefinition, Response>("response", .word) { $0.response }
  static let prices = Field<Redefinition, Redefinition.Prices?>("prices", whereThere: .word) {
    $0.prices
  }

  static let codec = FieldTable(old, new, response, prices).codec { (object) throws(JSONError) in
    Redefinition(
      old: try old.read(object), new: try new.read(object), response: try response.read(object),
      prices: try prices.read(object))
  }
}

/// The fields of values that are outside of their plausible range.
private enum ImplausibleField {
  static let range = Field<Implausible, PlausibleRange>(
    "range", .parsed("range") { try? PlausibleRange($0) }
  ) { $0.range }
  static let outside = Field<Implausible, Int>("outside", .count) { $0.outside }
  static let count = Field<Implausible, Int>("values", .count) { $0.count }
  static let extreme = Field<Implausible, Double>("extreme", .number) { $0.extreme }

  static let codec = FieldTable(range, outside, count, extreme).codec {
    (object) throws(JSONError) in
    Implausible(
      range: try range.read(object), outside: try outside.read(object),
      count: try count.read(object), extreme: try extreme.read(object))
  }
}
