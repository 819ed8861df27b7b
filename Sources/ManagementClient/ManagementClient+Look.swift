import Foundation

/// How a portal looks.
extension ManagementClient {
    public func look(of portal: String) async throws -> RemoteLook { try await get("/v3/portals/\(portal)/customization") }

    /// Changes what is given and leaves the rest; an empty text brings the default back.
    public func setLook(
        of portal: String, accent: String? = nil, welcomeTitle: String? = nil, welcomeText: String? = nil
    ) async throws -> RemoteLook {
        let body = LookBody(
            theme: accent.map { .init(colors: .init(primary: Clearable($0))) },
            welcome: welcomeTitle == nil && welcomeText == nil
                ? nil : .init(title: welcomeTitle.map(Clearable.init), text: welcomeText.map(Clearable.init)))
        return try await send(.PATCH, "/v3/portals/\(portal)/customization", body)
    }

    public func setDisplayName(_ name: String, of portal: String) async throws -> RemotePortal {
        struct Body: Encodable { let displayName: String }
        return try await send(.PATCH, "/v3/portals/\(portal)", Body(displayName: name))
    }

    /// - Parameters:
    ///   - kind: `logo` or `favicon`.
    ///   - mediaType: what the file's name says that it is; the geo looks for itself.
    public func setImage(_ kind: String, of portal: String, to bytes: Data, mediaType: String) async throws {
        struct Body: Codable { let data: String }
        let body = Body(data: "data:\(mediaType);base64,\(bytes.base64EncodedString())")
        let _: Body = try await send(.PUT, "/v3/portals/\(portal)/assets/\(kind)", body)
    }

    public func removeImage(_ kind: String, of portal: String) async throws {
        _ = try await answer(.DELETE, "/v3/portals/\(portal)/assets/\(kind)")
    }
}

/// A portal's look as the management API tells of it.
public struct RemoteLook: Decodable, Hashable, Sendable {
    public struct Theme: Decodable, Hashable, Sendable {
        public struct Colors: Decodable, Hashable, Sendable { public let primary: String? }

        public let colors: Colors
    }

    public struct Welcome: Decodable, Hashable, Sendable {
        public let title: String?
        public let text: String?
    }

    public let theme: Theme
    public let welcome: Welcome
}

private struct LookBody: Encodable {
    struct Theme: Encodable {
        struct Colors: Encodable { let primary: Clearable }

        let colors: Colors
    }

    struct Welcome: Encodable {
        let title: Clearable?
        let text: Clearable?
    }

    let theme: Theme?
    let welcome: Welcome?
}

/// A text that is null where it is empty.
private struct Clearable: Encodable {
    let text: String

    init(_ text: String) { self.text = text }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if text.isEmpty { try container.encodeNil() } else { try container.encode(text) }
    }
}
