package import Simulation

/// Holds a solve's JSON, or a bundle, against the truth of a simulated session; the numbers are also
/// written as JSON where asked for.
package func compareToTruth(
  truthFile: String, resultFile: String, jsonFile: String?
) throws(ProcedureError) -> ComparisonDocument {
  let outputs = try OutputPlaces([("--json", jsonFile)])
  try outputs.check(inputs: [truthFile, resultFile])
  if let jsonFile { try OutputFiles.check(jsonFile) }
  let document: ComparisonDocument
  do throws(SimulationError) {
    document = ComparisonDocument(
      try RigComparison(ComparedTruth(file: truthFile), ComparedResult(file: resultFile)))
  } catch {
    throw .simulation(error)
  }
  if let jsonFile { try OutputFiles.write(document, to: jsonFile) }
  return document
}
