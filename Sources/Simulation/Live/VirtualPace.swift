/// How time goes by for a device that is not there.
package enum VirtualPace: Sendable {
  /// As fast as it is read.
  case asRead
  /// With a clock: `now` tells its seconds, `wait` lets some pass, and may end early.
  case clock(now: @Sendable () -> Double, wait: @Sendable (Double) -> Void)
}
