import Testing

@testable import Reports

/// RFC 4648, section 10.
@Test(arguments: [
  ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
  ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
])
func base64IsThatOfTheStandard(_ bytes: String, _ text: String) {
  #expect(Base64.text(Array(bytes.utf8)) == text)
}

@Test func base64OfTheHighestBytes() { #expect(Base64.text([0xFB, 0xFF, 0xFE]) == "+//+") }
