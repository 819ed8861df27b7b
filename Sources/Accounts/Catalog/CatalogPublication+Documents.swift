import Crypto
import Geography

/// An API has at most one document.
extension CatalogPublication {
    /// How an error names the document where a caller says nothing else.
    public static let documentField = "content"

    /// Gives an API its document, or another one. The same bytes again change nothing.
    ///
    /// - Parameters:
    ///   - draft: what else of the API changes with it.
    ///   - isNew: whether an API that has a document already is a conflict.
    ///   - field: how an error names the document.
    /// - Throws: ``AccountError/invalidFields(_:)`` that names each place in the document; ``AccountError/notFound(_:)``;
    ///   ``AccountError/conflict(_:)``.
    @discardableResult
    public func setDocument(
        _ content: [UInt8], of id: APIID, with draft: APIDraft = APIDraft(), isNew: Bool = false,
        named field: String = Self.documentField, by actor: AuditActor
    ) async throws -> PublishedAPI {
        try draft.check()
        let reading = try await read(content, named: field)
        let now = clock.now
        return try await store.step(on: id, at: nil) { snapshot in
            var api = try snapshot.requireAPI()
            if isNew, api.specification != nil {
                throw AccountError.conflict("This API has a document already. Replace it, or delete it first.")
            }
            draft.apply(to: &api)
            let new = newDocument(content, reading, replacing: api.specification, at: now)
            let isSame = new.document.specification.digest == api.specification?.digest
            var change = CatalogChange()
            if !isSame {
                api.specification = new.document.specification
                change.document = .put(new)
                change.events = [AuditEvent(.apiDocumentSet, by: actor, subject: id.description)]
            } else if api != snapshot.api {
                change.events = [AuditEvent(.apiUpdated, by: actor, subject: id.description)]
            }
            guard api != snapshot.api else { return CatalogDecision(api) }
            api.noteChange(at: now)
            change.api = .put(api)
            return CatalogDecision(api, change)
        }
    }

    /// - Throws: ``AccountError/notFound(_:)`` where there is no such API, or it has no document.
    public func document(of id: APIID) async throws -> SpecificationDocument {
        guard let document = try await store.document(of: id) else { throw AccountError.notFound("document") }
        return document
    }

    /// - Throws: ``AccountError/notFound(_:)`` where there is no such API, or it has no document.
    public func deleteDocument(of id: APIID, by actor: AuditActor) async throws {
        let now = clock.now
        try await store.step(on: id, at: nil) { snapshot in
            var api = try snapshot.requireAPI()
            guard api.specification != nil else { throw AccountError.notFound("document") }
            api.specification = nil
            api.noteChange(at: now)
            var change = CatalogChange()
            change.api = .put(api)
            change.document = .remove
            change.events = [AuditEvent(.apiDocumentDeleted, by: actor, subject: id.description)]
            return CatalogDecision((), change)
        }
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` that names each place.
    func read(_ content: [UInt8], named field: String) async throws -> SpecificationReading {
        guard content.count <= maximumDocumentBytes else {
            let cause = FieldError.Cause.documentTooLarge(maximum: maximumDocumentBytes)
            throw AccountError.invalidField(
                FieldError(field: field, rule: .maximumLength(maximumDocumentBytes), reason: cause.reason, cause: cause))
        }
        do {
            return try await specifications.read(content)
        } catch let refusal as SpecificationRefusal {
            throw AccountError.invalidFields(refusal.problems.map { .invalid(field, $0.wording) })
        }
    }

    func newDocument(
        _ content: [UInt8], _ reading: SpecificationReading, replacing old: Specification?, at now: Timestamp
    ) -> CatalogChange.NewDocument {
        let digest = Hexadecimal.text(SHA256.hash(data: content))
        let specification = Specification(
            id: old?.id ?? mint.id(), format: reading.format, openAPI: reading.openAPI, title: reading.title,
            version: reading.version, digest: digest, size: content.count, createdAt: old?.createdAt ?? now, updatedAt: now)
        return CatalogChange.NewDocument(SpecificationDocument(specification: specification, content: content), reading: reading)
    }
}

extension APIDraft {
    /// Takes name and version from a document where they are not given; a text that would not do is left out, or cut.
    mutating func fill(from reading: SpecificationReading) {
        if name == nil { name = Self.line(reading.title, maximum: PublishedAPI.maximumNameLength) }
        if version == nil {
            version = Self.line(reading.version, maximum: PublishedAPI.maximumVersionLength).map(Text.text)
        }
    }

    private static func line(_ text: String, maximum: Int) -> String? {
        let scalars = text.unicodeScalars.filter(FullName.isAllowed).prefix(maximum)
        let line = String(String.UnicodeScalarView(scalars))
        return line.allSatisfy(\.isWhitespace) ? nil : line
    }
}
