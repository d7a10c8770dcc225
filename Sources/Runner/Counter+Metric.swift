package import Measurements
package import System

extension Counter {
  package var metric: Metric { self == .cpuTime ? .cpuTime : Metric(rawValue, .one) }
}
