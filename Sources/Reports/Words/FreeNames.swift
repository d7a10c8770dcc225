/// Names for things of which no two may have the same name.
struct FreeNames {
  private let mark: String
  private var taken: Set<String> = []
  /// The last number that was given to each name, so that many of one name take no longer than few.
  private var numbers: [String: Int] = [:]

  /// - Parameter mark: The text between a name and its number: `Parse#01`.
  init(numberedBy mark: String) { self.mark = mark }

  /// Returns the name itself for the first that asks for it, and a numbered one for others.
  mutating func take(_ name: String) -> String {
    var free = name
    while !taken.insert(free).inserted {
      let number = numbers[name, default: 0] + 1
      numbers[name] = number
      free = "\(name)\(mark)\(number < 10 ? "0" : "")\(number)"
    }
    return free
  }
}
