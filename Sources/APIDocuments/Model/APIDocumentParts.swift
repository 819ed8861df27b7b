/// What a document is put together from, besides its overview.
struct APIDocumentParts {
    let servers: [APIServer]
    let securitySchemes: [APISecurityScheme]
    let groups: [APIOperationGroup]
    let webhooks: [APIOperation]
    let schemas: [APINamedSchema]
    let searchText: [String]
}
