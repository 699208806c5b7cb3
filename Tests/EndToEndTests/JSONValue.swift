import Foundation
import Testing

/// A parsed JSON document, read by key path.
struct JSONValue {
  let raw: Any?

  init(file: String) throws {
    raw = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file)))
  }

  private init(raw: Any?) { self.raw = raw }

  subscript(key: String) -> JSONValue { JSONValue(raw: (raw as? [String: Any])?[key]) }
  subscript(index: Int) -> JSONValue {
    let array = raw as? [Any] ?? []
    return JSONValue(raw: array.indices.contains(index) ? array[index] : nil)
  }

  var number: Double? { (raw as? NSNumber)?.doubleValue }
  var text: String? { raw as? String }
  var array: [JSONValue] { (raw as? [Any] ?? []).map { JSONValue(raw: $0) } }
  var numbers: [Double] { array.compactMap(\.number) }
  var keys: [String] { (raw as? [String: Any] ?? [:]).keys.sorted() }

  /// The codes of a report's findings.
  var findingCodes: [String] { self["findings"].array.compactMap { $0["code"].text } }

  /// The document as sorted text without the keys named, at any depth: for comparing runs.
  func canonical(without keys: Set<String>) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: Self.strip(raw ?? NSNull(), keys), options: [.sortedKeys, .fragmentsAllowed])
    return String(decoding: data, as: UTF8.self)
  }

  private static func strip(_ value: Any, _ keys: Set<String>) -> Any {
    if let object = value as? [String: Any] {
      return object.filter { !keys.contains($0.key) }.mapValues { strip($0, keys) }
    }
    if let array = value as? [Any] { return array.map { strip($0, keys) } }
    return value
  }
}
