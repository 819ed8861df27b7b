#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes each line to standard error in one system call, so that lines of several threads do not mix.
public struct StandardErrorSink: LogSink {
    public init() {}

    public func write(_ line: [UInt8]) {
        line.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = systemWrite(UnsafeRawBufferPointer(rebasing: rest))
                // A log that nobody can read must not stop the service: the rest of the line is given up.
                guard written > 0 else { return }
                rest = rest.dropFirst(written)
            }
        }
    }

    private func systemWrite(_ bytes: UnsafeRawBufferPointer) -> Int {
        var written: Int
        repeat {
            #if canImport(Glibc)
                written = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
            #elseif canImport(Musl)
                written = Musl.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
            #elseif canImport(Darwin)
                written = Darwin.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
            #endif
        } while written < 0 && errno == EINTR
        return written
    }
}
