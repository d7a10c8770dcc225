import Measurements
import Reports

extension Example {
  /// Of so many series one in fifty is slower, one faster and one too noisy to tell, one in a hundred
  /// new, and all others are as they were; of more than fifty, one more is gone.
  static func sized(_ count: Int) throws -> Report {
    let allocations = Metric("allocations", .one, exact: true)
    var (old, new): ([Series], [Series]) = ([], [])
    func add(_ index: Int, slower factor: Double, spread: Double) throws {
      let value = Double(1_000_000 + 1000 * index)
      old.append(try series("render/page \(index)", value, spread: spread))
      new.append(try series("render/page \(index)", value * factor, spread: spread))
    }
    for index in 1...count {
      switch index % 100 {
      case 1, 51: try add(index, slower: 1.2 + Double(index % 7) / 100, spread: 0.01)
      case 2, 52: try add(index, slower: 0.8, spread: 0.02)
      case 3, 53: try add(index, slower: 1.08, spread: 0.5)
      case 4: new.append(try series("fresh/page \(index)", 5_000_000))
      default:
        let name = "parse/file \(index)"
        let both = try series(name, Double(100 + index), metric: allocations, rounds: 1)
        old.append(both)
        new.append(both)
      }
    }
    if count > 50 { old.append(try series("gone", 1_000)) }
    return report(old: old, new: new)
  }
}
