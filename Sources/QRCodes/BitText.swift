/// Bits written one behind the other, the highest first.
struct BitText {
    /// The last byte is filled up with zeros.
    private(set) var bytes: [UInt8] = []
    private var count = 0

    mutating func append(_ value: Int, count newBits: Int) {
        for bit in (0..<newBits).reversed() {
            if count.isMultiple(of: 8) { bytes.append(0) }
            if value >> bit & 1 == 1 { bytes[count / 8] |= 0x80 >> UInt8(count % 8) }
            count += 1
        }
    }
}
