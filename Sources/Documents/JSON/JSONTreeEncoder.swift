/// Encodes a value into a slot; absent optional members of objects are written as null.
struct JSONTreeEncoder: Encoder {
  let slot: JSONSlot
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object = slot.content {} else { slot.content = .object([:]) }
    return KeyedEncodingContainer(KeyedJSONEncoding(slot: slot, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .array = slot.content {} else { slot.content = .array([]) }
    return UnkeyedJSONEncoding(slot: slot, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension JSONTreeEncoder: SingleValueEncodingContainer {
  func encodeNil() { slot.content = .value(.null) }
  func encode(_ value: Bool) { slot.content = .value(.bool(value)) }
  func encode(_ value: String) { slot.content = .value(.string(value)) }
  func encode(_ value: Float) throws { try encode(Double(value)) }
  func encode(_ value: Int) { slot.content = .value(.integer(value)) }
  func encode(_ value: Int8) { encode(Int(value)) }
  func encode(_ value: Int16) { encode(Int(value)) }
  func encode(_ value: Int32) { encode(Int(value)) }
  func encode(_ value: Int64) { encode(Int(value)) }
  func encode(_ value: UInt8) { encode(Int(value)) }
  func encode(_ value: UInt16) { encode(Int(value)) }
  func encode(_ value: UInt32) { encode(Int(value)) }
  func encode(_ value: UInt) throws { try encode(UInt64(value)) }

  func encode(_ value: UInt64) throws {
    guard let integer = Int(exactly: value) else {
      throw DocumentError.unencodable(
        keyPath: keyPathText(codingPath), detail: "\(value) does not fit 63 bits")
    }
    encode(integer)
  }

  func encode(_ value: Double) throws {
    slot.content = .value(try JSONSlot.value(value, at: codingPath))
  }

  func encode<Value: Encodable>(_ value: Value) throws {
    try value.encode(to: self)
  }
}

private struct KeyedJSONEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: JSONSlot
  let codingPath: [any CodingKey]

  private func encoder(_ key: any CodingKey) -> JSONTreeEncoder {
    let member = JSONSlot()
    slot.set(key.stringValue, .slot(member))
    return JSONTreeEncoder(slot: member, codingPath: codingPath + [key])
  }

  // Scalars take the short way, without an encoder for each.

  func encodeNil(forKey key: Key) { slot.set(key.stringValue, .value(.null)) }

  func encode(_ value: Bool, forKey key: Key) { slot.set(key.stringValue, .value(.bool(value))) }

  func encode(_ value: Int, forKey key: Key) {
    slot.set(key.stringValue, .value(.integer(value)))
  }

  func encode(_ value: String, forKey key: Key) {
    slot.set(key.stringValue, .value(.string(value)))
  }

  func encode(_ value: Double, forKey key: Key) throws {
    slot.set(key.stringValue, .value(try JSONSlot.value(value, at: codingPath + [key])))
  }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try encoder(key).encode(value)
  }

  // An absent value stands as null, so that every key of a schema is always there.

  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { encoder(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder(JSONKey("super")) }
  func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }
}

private struct UnkeyedJSONEncoding: UnkeyedEncodingContainer {
  let slot: JSONSlot
  let codingPath: [any CodingKey]
  var count: Int { slot.count }

  private func encoder() -> JSONTreeEncoder {
    let key = JSONKey(count)
    let element = JSONSlot()
    slot.append(.slot(element))
    return JSONTreeEncoder(slot: element, codingPath: codingPath + [key])
  }

  func encodeNil() { slot.append(.value(.null)) }
  func encode(_ value: Bool) { slot.append(.value(.bool(value))) }
  func encode(_ value: Int) { slot.append(.value(.integer(value))) }
  func encode(_ value: String) { slot.append(.value(.string(value))) }

  func encode(_ value: Double) throws {
    slot.append(.value(try JSONSlot.value(value, at: codingPath + [JSONKey(count)])))
  }

  func encode<Value: Encodable>(_ value: Value) throws { try encoder().encode(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> { encoder().container(keyedBy: type) }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder() }
}
