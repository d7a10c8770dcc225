/// The values of a window that moves along a series, in ascending order.
struct SortedWindow {
  private var values: [Double] = []

  /// The middle value, or the mean of the two in the middle.
  ///
  /// - Precondition: There is a value.
  var median: Double {
    let upper = values[values.count / 2]
    return values.count.isMultiple(of: 2)
      ? values[values.count / 2 - 1] / 2 + upper / 2 : upper
  }

  /// - Complexity: O(w) for w values, as all others.
  mutating func insert(_ value: Double) { values.insert(value, at: place(of: value)) }

  /// - Precondition: The value is in the window.
  mutating func remove(_ value: Double) { values.remove(at: place(of: value)) }

  /// Takes out one value and puts in another; only those between them move.
  ///
  /// - Precondition: The value that is taken out is in the window.
  mutating func replace(_ old: Double, by new: Double) {
    var hole = place(of: old)
    while hole + 1 < values.count, values[hole + 1] < new {
      values[hole] = values[hole + 1]
      hole += 1
    }
    while hole > 0, values[hole - 1] > new {
      values[hole] = values[hole - 1]
      hole -= 1
    }
    values[hole] = new
  }

  /// The place of the first value that is not below the given one.
  private func place(of value: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
