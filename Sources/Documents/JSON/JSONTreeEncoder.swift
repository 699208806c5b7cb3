/// A place in a JSON tree that is filled while a value encodes itself.
final class JSONSlot {
  enum Content {
    case value(JSONValue)
    case array([JSONSlot])
    case object([String: JSONSlot])
  }

  var content = Content.value(.null)

  /// Makes this an object unless it is one, and adds a member.
  func member(_ key: String) -> JSONSlot {
    let slot = JSONSlot()
    if case .object(var members) = content {
      content = .value(.null)  // Keeps the dictionary unique, so that it is not copied.
      members[key] = slot
      content = .object(members)
    } else {
      content = .object([key: slot])
    }
    return slot
  }

  func element() -> JSONSlot {
    let slot = JSONSlot()
    if case .array(var elements) = content {
      content = .value(.null)
      elements.append(slot)
      content = .array(elements)
    } else {
      content = .array([slot])
    }
    return slot
  }

  var count: Int {
    if case .array(let elements) = content { elements.count } else { 0 }
  }

  var node: JSONNode {
    switch content {
    case .value(let value): JSONNode(value)
    case .array(let elements): JSONNode(.array(elements.map(\.node)))
    case .object(let members): JSONNode(.object(members.mapValues(\.node)))
    }
  }
}

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
    guard value.isFinite else { throw DocumentError.notFinite(keyPath: keyPathText(codingPath)) }
    slot.content = .value(.real(value))
  }

  func encode<Value: Encodable>(_ value: Value) throws {
    // Scalars take the short way: a list of numbers then costs no encoder for each.
    switch value {
    case let real as Double: try encode(real)
    case let integer as Int: encode(integer)
    case let text as String: encode(text)
    default: try value.encode(to: self)
    }
  }
}

private struct KeyedJSONEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: JSONSlot
  let codingPath: [any CodingKey]

  private func encoder(_ key: any CodingKey) -> JSONTreeEncoder {
    JSONTreeEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
  }

  func encodeNil(forKey key: Key) { encoder(key).encodeNil() }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try encoder(key).encode(value)
  }

  // An absent value stands as null, so that every key of a schema is always there.

  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
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
    return JSONTreeEncoder(slot: slot.element(), codingPath: codingPath + [key])
  }

  func encodeNil() { encoder().encodeNil() }
  func encode<Value: Encodable>(_ value: Value) throws { try encoder().encode(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> { encoder().container(keyedBy: type) }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder() }
}
