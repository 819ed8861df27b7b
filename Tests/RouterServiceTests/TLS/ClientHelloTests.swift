import Geography
import NIOCore
import Testing

@testable import RouterService

@Suite("A ClientHello is read strictly, over any number of records and segments")
struct ClientHelloTests {
    private func read(_ bytes: [UInt8], limit: Int = 16 * 1024, piece: Int = .max) throws(TLSRefusal) -> ClientHello? {
        var reader = ClientHelloReader(limit: limit)
        var rest = bytes[...]
        while !rest.isEmpty {
            reader.append(ByteBuffer(bytes: rest.prefix(piece)))
            rest = rest.dropFirst(piece)
            if let hello = try reader.next() { return hello }
        }
        return nil
    }

    @Test("name and protocols are found, byte by byte too", arguments: [1, 2, 7, 100, Int.max])
    func pieces(_ size: Int) throws {
        let hello = try read(
            HelloBytes(names: ["ACME.eu.portal.example.com"], protocols: ["h2", "http/1.1"]).records(), piece: size)
        #expect(hello?.serverName == (try Hostname("acme.eu.portal.example.com")))
        #expect(hello?.applicationProtocols == ["h2", "http/1.1"])
    }

    @Test("a message may be split over records of any size", arguments: [1, 3, 4, 5, 64])
    func records(_ fragment: Int) throws {
        let bytes = HelloBytes(names: ["eu.api.example.com"]).records(fragment: fragment)
        #expect(try read(bytes)?.serverName == (try Hostname("eu.api.example.com")))
        #expect(try read(bytes, piece: 1)?.serverName == (try Hostname("eu.api.example.com")))
    }

    @Test("every byte is kept, also those behind the message")
    func kept() throws {
        let bytes = HelloBytes(names: ["eu.api.example.com"]).records() + [20, 3, 3, 0, 1, 1]
        var reader = ClientHelloReader(limit: 16 * 1024)
        reader.append(ByteBuffer(bytes: bytes))
        #expect(try reader.next() != nil)
        #expect(Array(reader.bytes.readableBytesView) == bytes)
    }

    @Test("records up to the limit are read, one byte more is refused")
    func limit() throws {
        let base = HelloBytes(names: ["eu.api.example.com"]).records().count
        let room = 16 * 1024 - base - 4
        #expect(try read(HelloBytes(names: ["eu.api.example.com"], padding: room).records()) != nil)
        let tooLong = HelloBytes(names: ["eu.api.example.com"], padding: room + 1).records()
        #expect(throws: TLSRefusal.helloTooLarge) { try read(tooLong) }
        #expect(throws: TLSRefusal.helloTooLarge) { try read(Array(tooLong.prefix(9))) }
    }

    @Test("a message without a name has none")
    func nameless() throws {
        #expect(try read(HelloBytes(names: nil).records())?.serverName == nil)
        #expect(try read(HelloBytes(names: nil).records()) != nil)
    }

    @Test(
        "what is no single host name is refused",
        arguments: [
            [], [""], ["eu.api.example.com", "us.api.example.com"], ["192.0.2.1"], ["::1"], ["eu.api.example.com."],
            ["eu api.example.com"], ["eu.api.example.com\0"], ["-eu.example.com"], ["a..b"],
        ])
    func names(_ names: [String]) {
        #expect(throws: TLSRefusal.malformedHello) { try read(HelloBytes(names: names).records()) }
    }

    @Test("what is no handshake is refused at its first bytes")
    func strangers() {
        for bytes: [UInt8] in [
            Array("GET / HTTP/1.1\r\n".utf8), [0x80, 0x2E, 1, 0, 2], [21, 3, 1, 0, 2], [22, 2, 0], [22, 3, 1, 0, 9, 2],
        ] {
            #expect(throws: TLSRefusal.notTLS) { try read(bytes) }
        }
        #expect(throws: TLSRefusal.malformedHello) { try read([22, 3, 1, 0, 0]) }
    }

    @Test("a wrong length anywhere is refused, never read past, and never waited for beyond the limit")
    func lengths() throws {
        let message = HelloBytes(names: ["eu.api.example.com"], protocols: ["h2"]).message()
        let right = try read(HelloBytes.records(message))
        // Each byte behind type and length is set to other values; whatever still parses must be whole and have one name at most.
        for index in 4..<message.count {
            for value: UInt8 in [0, 1, 0x7F, 0xFF, message[index] &+ 1, message[index] &- 1] where value != message[index] {
                var altered = message
                altered[index] = value
                do {
                    let hello = try read(HelloBytes.records(altered))
                    #expect(hello != nil)
                } catch {
                    #expect(error == .malformedHello)
                }
            }
        }
        for length in 4..<message.count {
            var short = Array(message.prefix(length))
            (short[2], short[3]) = (UInt8((length - 4) >> 8), UInt8((length - 4) & 0xFF))
            let hello = try? read(HelloBytes.records(short))
            #expect(hello == nil || hello?.serverName == nil)
        }
        #expect(right?.applicationProtocols == ["h2"])
        #expect(throws: TLSRefusal.malformedHello) { try read(HelloBytes.records(message + message)) }
    }

    @Test("an extension that stands twice is refused; unknown ones and many of them are not")
    func extensions() throws {
        let many = (0..<500).map { HelloBytes.fragment(UInt16(0x4000 + $0), [1, 2]) }.flatMap { $0 }
        #expect(try read(HelloBytes(names: ["eu.api.example.com"], extra: many).records()) != nil)
        let grease = HelloBytes.fragment(0x0A0A, []) + HelloBytes.fragment(0x33, Array(repeating: 7, count: 1216))
        #expect(try read(HelloBytes(names: ["eu.api.example.com"], extra: grease).records()) != nil)
        let twice = HelloBytes.fragment(0x4000, []) + HelloBytes.fragment(0x4000, [])
        #expect(throws: TLSRefusal.malformedHello) { try read(HelloBytes(names: ["eu.api.example.com"], extra: twice).records()) }
    }
}

/// A ClientHello as bytes, right or wrong as a test wants it.
struct HelloBytes {
    /// nil for no `server_name`.
    var names: [String]?
    var protocols: [String]?
    /// The content of a padding extension; 0 for none.
    var padding = 0
    var extra: [UInt8] = []

    static func fragment(_ type: UInt16, _ content: [UInt8]) -> [UInt8] { two(type) + two(content.count) + content }

    private static func two(_ number: some BinaryInteger) -> [UInt8] { [UInt8(Int(number) >> 8), UInt8(Int(number) & 0xFF)] }

    func message() -> [UInt8] {
        var extensions = extra
        if let names {
            let list = names.flatMap { (name: String) -> [UInt8] in [0] + Self.two(name.utf8.count) + Array(name.utf8) }
            extensions += Self.fragment(0, Self.two(list.count) + list)
        }
        if let protocols {
            let list = protocols.flatMap { (name: String) -> [UInt8] in [UInt8(name.utf8.count)] + Array(name.utf8) }
            extensions += Self.fragment(16, Self.two(list.count) + list)
        }
        if padding > 0 { extensions += Self.fragment(21, Array(repeating: 0, count: padding)) }
        let body: [UInt8] =
            [3, 3] + Array(repeating: 9, count: 32) + [0] + Self.two(4) + [0x13, 0x01, 0xC0, 0x2F] + [1, 0]
            + Self.two(extensions.count) + extensions
        return [1, 0] + Self.two(body.count) + body
    }

    func records(fragment: Int = 1 << 14) -> [UInt8] { Self.records(message(), fragment: fragment) }

    static func records(_ message: [UInt8], fragment: Int = 1 << 14) -> [UInt8] {
        stride(from: 0, to: message.count, by: fragment).flatMap { start in
            let piece = message[start..<min(start + fragment, message.count)]
            return [22, 3, 1] + two(piece.count) + piece
        }
    }
}
