import HTTPConventions
import Hummingbird

extension ManagementAPI {
    /// What this API says of itself.
    public static let document = OpenAPIDocument(yaml: PackageResources.management_api_yaml)

    /// `get-management-api-document`: for everybody.
    @Sendable func document(_ request: Request, context: NodeRequestContext) async throws -> Response { Self.document.response }
}
