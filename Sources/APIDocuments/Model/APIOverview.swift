/// What a document says of itself in `openapi`, `info` and `externalDocs`.
struct APIOverview {
    let specification: String
    let title: String
    let version: String
    let summary: String?
    let description: Markdown?
    let termsOfService: WebAddress?
    let contact: APIContact?
    let licence: APILicence?
    let externalDocumentation: APILink?
}
