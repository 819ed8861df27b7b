import Geography
import NIOCore

/// What a TLS client says of itself before anything is encrypted: whom it wants to reach, and in which protocols.
///
/// Read strictly after RFC 8446, section 4.1.2, RFC 6066, section 3, and RFC 7301: each length must come out, no extension
/// stands twice, and there is at most one name. What is read here decides which geo's key is used, so nothing is guessed.
struct ClientHello: Equatable {
    /// nil without the extension `server_name`.
    let serverName: Hostname?
    /// In the client's order; nil without the extension.
    let applicationProtocols: [String]?

    private static let serverNameExtension: UInt16 = 0
    private static let applicationProtocolsExtension: UInt16 = 16
    private static let hostNameType: UInt8 = 0

    /// - Parameter body: the handshake message behind its type and length.
    /// - Throws: ``TLSRefusal/malformedHello``.
    init(body: ByteBuffer) throws(TLSRefusal) {
        var body = body
        guard let version = body.readInteger(as: UInt16.self), version >> 8 == 3, body.readSlice(length: 32) != nil,
            let session = body.readVector(lengthAs: UInt8.self), session.readableBytes <= 32,
            let suites = body.readVector(lengthAs: UInt16.self), suites.readableBytes >= 2,
            suites.readableBytes.isMultiple(of: 2),
            let compressions = body.readVector(lengthAs: UInt8.self), compressions.readableBytes >= 1
        else { throw .malformedHello }
        guard body.readableBytes > 0 else {
            (serverName, applicationProtocols) = (nil, nil)
            return
        }
        guard let extensions = body.readVector(lengthAs: UInt16.self), body.readableBytes == 0 else { throw .malformedHello }
        (serverName, applicationProtocols) = try Self.read(extensions)
    }

    private static func read(_ list: ByteBuffer) throws(TLSRefusal) -> (Hostname?, [String]?) {
        var list = list
        var seen: Set<UInt16> = []
        var name: Hostname?
        var protocols: [String]?
        while list.readableBytes > 0 {
            guard let type = list.readInteger(as: UInt16.self), let content = list.readVector(lengthAs: UInt16.self),
                seen.insert(type).inserted
            else { throw .malformedHello }
            switch type {
            case serverNameExtension: name = try readName(content)
            case applicationProtocolsExtension: protocols = try readProtocols(content)
            default: break
            }
        }
        return (name, protocols)
    }

    /// Exactly one name, and one that can be a host's: no address, no trailing dot.
    private static func readName(_ content: ByteBuffer) throws(TLSRefusal) -> Hostname {
        var content = content
        guard var names = content.readVector(lengthAs: UInt16.self), content.readableBytes == 0,
            names.readInteger(as: UInt8.self) == hostNameType,
            let bytes = names.readVector(lengthAs: UInt16.self), names.readableBytes == 0,
            bytes.readableBytesView.last != UInt8(ascii: "."),
            let name = try? Hostname(String(buffer: bytes))
        else { throw .malformedHello }
        return name
    }

    private static func readProtocols(_ content: ByteBuffer) throws(TLSRefusal) -> [String] {
        var content = content
        guard var names = content.readVector(lengthAs: UInt16.self), content.readableBytes == 0, names.readableBytes > 0 else {
            throw .malformedHello
        }
        var protocols: [String] = []
        while names.readableBytes > 0 {
            guard let name = names.readVector(lengthAs: UInt8.self), name.readableBytes > 0 else { throw .malformedHello }
            protocols.append(String(buffer: name))
        }
        return protocols
    }
}

extension ByteBuffer {
    /// A vector of TLS: its length, then so many bytes (RFC 8446, section 3.4); nil where bytes are missing.
    fileprivate mutating func readVector<Length: FixedWidthInteger>(lengthAs: Length.Type) -> ByteBuffer? {
        readLengthPrefixedSlice(as: Length.self)
    }
}
