import APIDocuments
import Accounts
import HTTPConventions
import Languages
import NIOPosix

/// The documents that were rendered lately, by API, revision and language.
///
/// Reading and rendering a large document takes seconds; looking at it again takes nothing. A revision rises with each change of an
/// API or its document, in whatever process, so what is kept here is never shown when it is not true any more. Whoever asks for a
/// document that is being rendered waits for that one rendering.
actor RenderedDocuments {
    /// How many are rendered at the same time, on threads of their own.
    static let mostAtOnce = 2
    /// How many may wait besides; one more is told to come again.
    static let mostWaiting = 30
    static let retryAfterSeconds = 5

    private struct Key: Hashable {
        let api: APIID
        let revision: Int
        let language: Language
    }

    private struct Kept {
        /// Nil where the document cannot be read.
        let document: RenderedDocument?
        let size: Int
        var lastUse: Int
    }

    private let mostBytes: Int
    private var kept: [Key: Kept] = [:]
    private var renderings: [Key: Task<RenderedDocument?, any Error>] = [:]
    private var turns: [CheckedContinuation<Void, Never>] = []
    private var running = 0
    private var uses = 0
    /// How many bytes the documents that are kept take, about.
    private(set) var bytes = 0
    /// How often a document was rendered.
    private(set) var renderingCount = 0

    /// How many documents are being rendered, or wait for it.
    var inProgress: Int { renderings.count }

    /// - Parameter mostBytes: what may be kept; the newest document is kept whatever its size.
    init(mostBytes: Int = PortalPages.standardRenderedDocumentBytes) { self.mostBytes = mostBytes }

    /// - Parameter read: gives the document's bytes.
    /// - Returns: nil where the document cannot be read by these pages.
    /// - Throws: 503 where too many wait; what reading throws.
    func document(
        of api: PublishedAPI, in book: Phrasebook, read: @escaping @Sendable () async throws -> SpecificationDocument
    ) async throws -> RenderedDocument? {
        let key = Key(api: api.id, revision: api.revision, language: book.language)
        uses += 1
        if let found = kept[key] {
            kept[key]?.lastUse = uses
            return found.document
        }
        if let rendering = renderings[key] { return try await rendering.value }
        guard renderings.count < Self.mostAtOnce + Self.mostWaiting else {
            throw Problem(
                .serviceUnavailable, detail: "Too many documents are being rendered",
                headers: [.retryAfter: String(Self.retryAfterSeconds)])
        }
        let rendering = Task {
            await takeTurn()
            defer { endTurn() }
            return try await render(api, book, key, read)
        }
        renderings[key] = rendering
        defer { renderings[key] = nil }
        return try await rendering.value
    }

    private func render(
        _ api: PublishedAPI, _ book: Phrasebook, _ key: Key, _ read: @Sendable () async throws -> SpecificationDocument
    ) async throws -> RenderedDocument? {
        let source = try await read()
        renderingCount += 1
        let rendered = try await NIOThreadPool.singleton.runIfActive { () -> RenderedDocument? in
            // It was taken when it was published; a limit that is lower today is no reason to hide it.
            let limits = DocumentLimits(bytes: max(DocumentLimits.standard.bytes, source.content.count))
            guard let document = try? APIDocument(reading: source.content, limits: limits) else { return nil }
            return DocumentRendering(of: document, for: api, in: book).rendered()
        }
        // Between the look at the API and the look at its document another one may have come, whose revision is another.
        if source.specification.digest == api.specification?.digest { keep(rendered, as: key) }
        return rendered
    }

    private func keep(_ document: RenderedDocument?, as key: Key) {
        for old in kept.keys where old.api == key.api && old.revision < key.revision { drop(old) }
        let size = (document?.size ?? 0) + Self.overhead
        while bytes + size > mostBytes, let oldest = kept.min(by: { $0.value.lastUse < $1.value.lastUse })?.key { drop(oldest) }
        kept[key] = Kept(document: document, size: size, lastUse: uses)
        bytes += size
    }

    private func drop(_ key: Key) { bytes -= kept.removeValue(forKey: key)?.size ?? 0 }

    private func takeTurn() async {
        guard running >= Self.mostAtOnce else {
            running += 1
            return
        }
        await withCheckedContinuation { turns.append($0) }
    }

    /// Hands the turn to whoever waits longest.
    private func endTurn() {
        guard !turns.isEmpty else {
            running -= 1
            return
        }
        turns.removeFirst().resume()
    }

    /// What an entry takes besides its document.
    private static let overhead = 1024
}
