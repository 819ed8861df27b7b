/// The id of one request, minted by the router: 32 hexadecimal digits, of which a client can choose none.
struct RequestID: Hashable, CustomStringConvertible {
    let high: UInt64
    let low: UInt64

    static let digits = 32

    /// Writes the digits to the start of some memory of at least 32 bytes.
    func write(to memory: UnsafeMutableRawBufferPointer) {
        Self.write(high, to: memory, at: 0)
        Self.write(low, to: memory, at: 16)
    }

    var description: String {
        String(unsafeUninitializedCapacity: Self.digits) { bytes in
            write(to: UnsafeMutableRawBufferPointer(bytes))
            return Self.digits
        }
    }

    private static func write(_ half: UInt64, to bytes: UnsafeMutableRawBufferPointer, at offset: Int) {
        for index in 0..<16 {
            let nibble = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * index)) & 0xF
            bytes[offset + index] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
        }
    }
}

/// Mints request ids on one event loop: 64 random bits of the loop, then a counter with a random start.
struct RequestIDMint {
    private let high: UInt64
    private var next: UInt64

    init(using random: inout some RandomNumberGenerator) {
        high = random.next()
        next = random.next()
    }

    mutating func mint() -> RequestID {
        next &+= 1
        return RequestID(high: high, low: next)
    }
}
