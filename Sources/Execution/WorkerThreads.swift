import Glibc

/// Runs `work` on the calling thread and on up to `count - 1` more, and returns when all are done.
///
/// Where the system gives no further thread (a limit on processes or memory is reached), the ones
/// there are do the work, so `work` must take its share from a common store until that is empty.
/// Plain threads, because a dispatch queue waits for ever in that case, and traps where it gets no
/// file descriptor.
func runTogether(_ count: Int, _ work: @Sendable () -> Void) {
  withoutActuallyEscaping(work) { work in
    var threads: [pthread_t] = []
    while threads.count < count - 1, let thread = startThread(work) { threads.append(thread) }
    work()
    // Joining a thread of one's own that nobody else joins does not fail.
    for thread in threads { _ = pthread_join(thread, nil) }
  }
}

/// What a thread is to do, behind the pointer that it is started with.
private final class ThreadWork {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Bytes: as much as the main thread usually has, whatever limit this process was started with.
private let stackSize = 8 << 20

/// Starts a thread; nil when the system gives none.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
  var attributes = pthread_attr_t()
  guard pthread_attr_init(&attributes) == 0 else { return nil }
  defer { pthread_attr_destroy(&attributes) }
  guard pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return nil }
  let work = Unmanaged.passRetained(ThreadWork(body))
  var thread = pthread_t()
  let code = pthread_create(
    &thread, &attributes,
    { pointer in
      guard let pointer else { return nil }
      Unmanaged<ThreadWork>.fromOpaque(pointer).takeRetainedValue().body()
      return nil
    }, work.toOpaque())
  guard code == 0 else {
    work.release()
    return nil
  }
  return thread
}
