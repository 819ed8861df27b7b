import NIOCore

/// Writes the pieces of a head one behind the other into memory that was reserved once.
///
/// A head is made of some twenty short pieces; a buffer that is asked for each of them costs more than the copying.
struct HeadCursor {
    private let memory: UnsafeMutableRawBufferPointer
    /// Bytes written.
    private(set) var count = 0

    fileprivate init(_ memory: UnsafeMutableRawBufferPointer) { self.memory = memory }

    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= memory.count - count, "a head is longer than what was reserved for it")
        UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: bytes)
        count += bytes.count
    }

    mutating func write(_ text: StaticString) {
        write(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    /// Writes a number that is not negative.
    mutating func write(decimal number: Int) {
        var power = 1
        while number / power > 9 { power *= 10 }
        while power > 0 {
            var digit = UInt8(ascii: "0") + UInt8(number / power % 10)
            withUnsafeBytes(of: &digit) { write($0) }
            power /= 10
        }
    }

    mutating func write(_ id: RequestID) {
        precondition(RequestID.digits <= memory.count - count, "a head is longer than what was reserved for it")
        id.write(to: UnsafeMutableRawBufferPointer(rebasing: memory[count..<(count + RequestID.digits)]))
        count += RequestID.digits
    }

    /// Copies the lines of the fields that pass; lines that stand together are copied together.
    mutating func writeLines(of fields: [HeadField], in bytes: UnsafeRawBufferPointer, where passes: (HeadField) -> Bool) {
        var run = 0..<0
        for field in fields where passes(field) {
            if run.upperBound == field.line.lowerBound {
                run = run.lowerBound..<field.line.upperBound
            } else {
                write(UnsafeRawBufferPointer(rebasing: bytes[run]))
                run = field.line
            }
        }
        write(UnsafeRawBufferPointer(rebasing: bytes[run]))
    }
}

extension ByteBuffer {
    /// Reserves memory for a head, and has it written.
    mutating func writeHead(atMost length: Int, _ write: (inout HeadCursor) -> Void) {
        writeWithUnsafeMutableBytes(minimumWritableBytes: length) { memory in
            var cursor = HeadCursor(memory)
            write(&cursor)
            return cursor.count
        }
    }
}
