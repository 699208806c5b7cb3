/// Decodes a value from a JSON tree; what does not fit is named with line and key path.
struct JSONTreeDecoder: Decoder {
  let node: JSONNode
  let file: String
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = node.value else { throw unexpected("an object") }
    return KeyedDecodingContainer(KeyedJSONDecoding(decoder: self, members: members))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = node.value else { throw unexpected("a list") }
    return UnkeyedJSONDecoding(decoder: self, elements: elements)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func child(_ node: JSONNode, _ key: any CodingKey) -> JSONTreeDecoder {
    JSONTreeDecoder(node: node, file: file, codingPath: codingPath + [key])
  }

  func mismatch(_ detail: String) -> DocumentError {
    .mismatch(file: file, line: node.line, keyPath: keyPathText(codingPath), detail: detail)
  }

  private func unexpected(_ expected: String) -> DocumentError {
    mismatch("\(expected) was expected, but this is \(node.value.kind)")
  }

  private func integer<Integer: FixedWidthInteger>() throws -> Integer {
    let value: Integer? =
      switch node.value {
      case .integer(let integer): Integer(exactly: integer)
      case .real(let real): Integer(exactly: real)
      default: throw unexpected("a whole number")
      }
    guard let value else {
      throw mismatch("a whole number from \(Integer.min) to \(Integer.max) was expected")
    }
    return value
  }
}

extension JSONTreeDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { node.value == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .bool(let bool) = node.value else { throw unexpected("true or false") }
    return bool
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .string(let string) = node.value else { throw unexpected("a text") }
    return string
  }

  func decode(_ type: Double.Type) throws -> Double {
    switch node.value {
    case .integer(let integer): return Double(integer)
    case .real(let real): return real
    default: throw unexpected("a number")
    }
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    do {
      return try Value(from: self)
    } catch let error where !(error is DocumentError) && !(error is DecodingError) {
      // An error of the value's own initializer says what; here is the place that knows where.
      throw mismatch("\(error)")
    }
  }
}

private struct KeyedJSONDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: JSONTreeDecoder
  let members: [String: JSONNode]
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { members.keys.sorted().compactMap { Key(stringValue: $0) } }

  private func child(_ key: any CodingKey) throws -> JSONTreeDecoder {
    guard let node = members[key.stringValue] else {
      throw decoder.mismatch("\"\(key.stringValue)\" is missing")
    }
    return decoder.child(node, key)
  }

  func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }

  // What fits takes the short way, without a decoder; `child` makes the error for what does not.

  func decodeNil(forKey key: Key) throws -> Bool {
    guard let node = members[key.stringValue] else { return try child(key).decodeNil() }
    return node.value == .null
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    if case .real(let real)? = members[key.stringValue]?.value { return real }
    return try child(key).decode(type)
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    if case .integer(let integer)? = members[key.stringValue]?.value { return integer }
    return try child(key).decode(type)
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    if case .string(let string)? = members[key.stringValue]?.value { return string }
    return try child(key).decode(type)
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try child(key).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try child(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try child(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try child(JSONKey("super")) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }
}

private struct UnkeyedJSONDecoding: UnkeyedDecodingContainer {
  let decoder: JSONTreeDecoder
  let elements: [JSONNode]
  var currentIndex = 0
  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  private func next() throws -> JSONTreeDecoder {
    guard !isAtEnd else {
      throw decoder.mismatch("more than \(elements.count) elements were expected")
    }
    return decoder.child(elements[currentIndex], JSONKey(currentIndex))
  }

  mutating func decode(_ type: Double.Type) throws -> Double {
    if !isAtEnd, case .real(let real) = elements[currentIndex].value {
      currentIndex += 1
      return real
    }
    let value = try next().decode(type)
    currentIndex += 1
    return value
  }

  mutating func decodeNil() throws -> Bool {
    guard try next().decodeNil() else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let value = try next().decode(type)
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    let container = try next().container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try next().unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let child = try next()
    currentIndex += 1
    return child
  }
}
