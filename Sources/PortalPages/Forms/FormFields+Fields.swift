import Hummingbird
import WebPages

extension FormFields {
    /// What was typed into a field of ours; empty where the field is missing.
    subscript(_ field: FormField) -> String { self[field.rawValue] }

    init(bodyOf request: Request, context: PageRequestContext) async throws {
        try await self.init(bodyOf: request, limit: context.maxUploadSize)
    }
}
