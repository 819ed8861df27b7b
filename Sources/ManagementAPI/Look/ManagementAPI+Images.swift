import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

/// A portal's logo and favicon.
extension ManagementAPI {
    /// `get-portal-asset-logo`, `get-portal-asset-favicon`.
    func getImage(_ kind: PortalImage.Kind) -> Operation {
        { _, context in
            let portal = try await portal(in: context)
            return try .json(WireImage(try await flows.looks.image(kind, of: portal.id)))
        }
    }

    /// `replace-portal-asset-logo`, `replace-portal-asset-favicon`.
    func replaceImage(_ kind: PortalImage.Kind) -> Operation {
        { request, context in
            let portal = try await portal(in: context)
            let image = try await Self.image(kind, in: request, context: context)
            try await flows.looks.set(image, as: kind, of: portal.id, by: context.actor)
            return try .json(WireImage(image))
        }
    }

    /// `delete-portal-asset-logo`, `delete-portal-asset-favicon`.
    func deleteImage(_ kind: PortalImage.Kind) -> Operation {
        { _, context in
            try await flows.looks.remove(kind, of: try await portal(in: context).id, by: context.actor)
            return .empty(.noContent)
        }
    }

    /// `get-portal-asset-logo-raw`, `get-portal-asset-favicon-raw`: as harmless as on the portal's pages.
    func getRawImage(_ kind: PortalImage.Kind) -> Operation {
        { _, context in
            let portal = try await portal(in: context)
            return Response(try await flows.looks.image(kind, of: portal.id), cacheControl: "no-store")
        }
    }

    /// The image of the contract's `ReplacePortalImageAsset`.
    private static func image(
        _ kind: PortalImage.Kind, in request: Request, context: NodeRequestContext
    ) async throws -> PortalImage {
        // Four characters for three bytes, and room for slashes that a client escapes.
        var body = try await JSONBody(
            request, context: context, limit: 2 * kind.maximumBytes + NodeRequestContext.maximumBodyBytes)
        let text = body.requiredString("data")
        try body.finish()
        guard let data = DataURL(text) else {
            throw FieldError.invalid("data", "must be a data URL such as data:image/png;base64,…")
        }
        return try PortalImage(data.bytes, as: kind, declared: data.format, field: "data")
    }
}

private struct WireImage: Encodable {
    let data: String

    init(_ image: PortalImage) { data = DataURL(image).text }
}
