import Glibc

/// Calls `body` until it is not interrupted by a signal; throws its errno when it returns -1.
///
/// The one place where a C result becomes an error, and the one EINTR loop.
@discardableResult
package func systemCall<Result: FixedWidthInteger & SignedInteger>(
  _ name: String, _ path: String, _ body: () -> Result
) throws(FileError) -> Result {
  while true {
    let result = body()
    if result != -1 { return result }
    let code = errno
    if code != EINTR { throw .system(call: name, path: path, code: code) }
  }
}
