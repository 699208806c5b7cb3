extension SimulatedWeighing {
  /// The samples as `scale.csv` holds them, or as `sessions.csv` does.
  package func csv(sessionForm: Bool) -> String {
    let cells = 0..<samples.cells
    var text =
      sessionForm
      ? "time_s,temperature_c,tilt_x_rad,tilt_y_rad,"
        + cells.map { "count_\($0)," }.joined() + "mass_kg,status,step\n"
      : "t,temperature," + cells.map { "adc\($0)," }.joined() + "step\n"
    for sample in 0..<samples.count {
      text += "\(samples.times[sample]),\(samples.temperatures[sample]),"
      if sessionForm {
        text +=
          samples.tilts.isEmpty ? ",," : "\(samples.tilts[sample].x),\(samples.tilts[sample].y),"
      }
      for cell in cells { text += "\(Int(samples.counts[sample * samples.cells + cell]))," }
      let step = samples.steps[sample].map { "\($0)" } ?? ""
      text += sessionForm ? ",,\(step)\n" : "\(step)\n"
    }
    return text
  }
}
