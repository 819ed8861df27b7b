import NIOCore

/// The header of the PROXY protocol, version 2: who a connection really is from.
///
/// Source: "The PROXY protocol", Willy Tarreau, 2020, section 2.2.
struct ProxyHeader {
    enum Malformed: Error { case header }

    static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
    static let fixedLength = 16
    /// The most bytes of addresses and TLVs that are taken; the specification asks for 536 at least.
    static let longestRest = 2048

    private static let version: UInt8 = 2

    private enum Command: UInt8 {
        case local, proxy
    }

    private enum Transport: UInt8 {
        case unspecified = 0x00
        case tcp4 = 0x11
        case tcp6 = 0x21
    }

    /// nil where the header tells none: a health check of the sender, or a connection of unknown ends.
    let ends: ConnectionEnds?

    init(_ ends: ConnectionEnds?) { self.ends = ends }

    // MARK: Reading

    /// Takes a header off the front of a buffer; nil until it is complete.
    ///
    /// Refuses what can become no header at its first wrong byte.
    static func take(from buffer: inout ByteBuffer) throws(Malformed) -> ProxyHeader? {
        guard signature.starts(with: buffer.readableBytesView.prefix(signature.count)) else { throw .header }
        let start = buffer.readerIndex + signature.count
        guard let commandByte = buffer.getInteger(at: start, as: UInt8.self) else { return nil }
        guard commandByte >> 4 == version, let command = Command(rawValue: commandByte & 0x0F) else { throw .header }
        guard let transportByte = buffer.getInteger(at: start + 1, as: UInt8.self),
            let length = buffer.getInteger(at: start + 2, as: UInt16.self).map(Int.init)
        else { return nil }
        guard length <= longestRest else { throw .header }
        guard buffer.readableBytes >= fixedLength + length else { return nil }
        buffer.moveReaderIndex(forwardBy: fixedLength)
        guard var rest = buffer.readSlice(length: length) else { throw .header }
        // The receiver of LOCAL must ignore what follows, whatever it is.
        guard command == .proxy else { return ProxyHeader(nil) }
        guard let transport = Transport(rawValue: transportByte) else { throw .header }
        switch transport {
        case .unspecified: return ProxyHeader(nil)
        case .tcp4: return ProxyHeader(try readEnds(from: &rest, addressLength: 4))
        case .tcp6: return ProxyHeader(try readEnds(from: &rest, addressLength: 16))
        }
    }

    private static func readEnds(from rest: inout ByteBuffer, addressLength: Int) throws(Malformed) -> ConnectionEnds {
        guard let source = rest.readSlice(length: addressLength), let destination = rest.readSlice(length: addressLength),
            let sourcePort = rest.readInteger(as: UInt16.self), let destinationPort = rest.readInteger(as: UInt16.self)
        else { throw .header }
        return ConnectionEnds(
            source: try? SocketAddress(packedIPAddress: source, port: Int(sourcePort)),
            destination: try? SocketAddress(packedIPAddress: destination, port: Int(destinationPort)))
    }

    // MARK: Writing

    /// The header as bytes, without TLVs. Ends of two families, or unknown ones, are told as unspecified.
    var bytes: ByteBuffer {
        var buffer = ByteBuffer(bytes: Self.signature)
        buffer.writeInteger(Self.version << 4 | Command.proxy.rawValue)
        guard let source = Self.packed(ends?.source), let destination = Self.packed(ends?.destination),
            source.address.count == destination.address.count
        else {
            buffer.writeMultipleIntegers(Transport.unspecified.rawValue, UInt16(0))
            return buffer
        }
        let transport = source.address.count == 4 ? Transport.tcp4 : .tcp6
        buffer.writeMultipleIntegers(transport.rawValue, UInt16(2 * source.address.count + 4))
        buffer.writeBytes(source.address)
        buffer.writeBytes(destination.address)
        buffer.writeMultipleIntegers(source.port, destination.port)
        return buffer
    }

    private static func packed(_ address: SocketAddress?) -> (address: [UInt8], port: UInt16)? {
        switch address {
        case .v4(let address):
            (withUnsafeBytes(of: address.address.sin_addr) { Array($0) }, UInt16(bigEndian: address.address.sin_port))
        case .v6(let address):
            (withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }, UInt16(bigEndian: address.address.sin6_port))
        case .unixDomainSocket, nil: nil
        }
    }
}
