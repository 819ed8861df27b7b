import HTTPConventions
import Hummingbird

extension PortalAPI {
    /// What this API says of itself.
    public static let document = OpenAPIDocument(yaml: PackageResources.portal_api_yaml)

    /// `get-portal-api-document`: for everybody.
    @Sendable func document(_ request: Request, context: NodeRequestContext) async throws -> Response { Self.document.response }
}
