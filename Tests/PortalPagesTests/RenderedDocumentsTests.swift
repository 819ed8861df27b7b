import Accounts
import AccountsTesting
import HTTPConventions
import Languages
import Testing

@testable import PortalPages

@Suite("Rendered documents")
struct RenderedDocumentsTests {
    private static let english = Phrasebook.of(.english)

    @Test("a document is rendered once, and again for each language and after each change")
    func kept() async throws {
        let site = try await TestSite()
        let api = try await site.publish("Harbour", document: SampleDocuments.harbour)
        let documents = RenderedDocuments()
        for _ in 0..<3 { _ = try await documents.document(of: api, from: site, in: Self.english) }
        #expect(await documents.renderingCount == 1)
        _ = try await documents.document(of: api, from: site, in: Phrasebook.of(.german))
        #expect(await documents.renderingCount == 2)

        let size = await documents.bytes
        let changed = try await site.flows.catalog.setDocument(
            Array(SampleDocuments.large(operations: 2).utf8), of: api.id, by: .operator)
        let rendered = try await documents.document(of: changed, from: site, in: Self.english)
        #expect(rendered?.operations["read1"] != nil)
        #expect(await documents.renderingCount == 3)
        #expect(await documents.bytes < size, "older revisions are forgotten")
    }

    @Test("those who ask for one document at the same time wait for one rendering")
    func together() async throws {
        let site = try await TestSite()
        let api = try await site.publish("Harbour", document: SampleDocuments.harbour)
        let documents = RenderedDocuments()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask { try await documents.document(of: api, from: site, in: Self.english) != nil }
            }
            for try await isThere in group { #expect(isThere) }
        }
        #expect(await documents.renderingCount == 1)
    }

    @Test("what is kept stays below its limit; whoever was looked at last stays longest")
    func limit() async throws {
        let site = try await TestSite()
        var apis: [PublishedAPI] = []
        for number in 0..<3 {
            apis.append(try await site.publish("Api \(number)", document: SampleDocuments.large(operations: 50)))
        }
        let measuring = RenderedDocuments()
        _ = try await measuring.document(of: apis[0], from: site, in: Self.english)
        let one = await measuring.bytes

        let documents = RenderedDocuments(mostBytes: one * 5 / 2)
        for number in [0, 1, 0, 2, 0] {
            _ = try await documents.document(of: apis[number], from: site, in: Self.english)
            #expect(await documents.bytes <= one * 5 / 2)
        }
        #expect(await documents.renderingCount == 3, "0 was used after 1, so 2 took the place of 1")
        _ = try await documents.document(of: apis[1], from: site, in: Self.english)
        #expect(await documents.renderingCount == 4)
    }

    @Test("a document above the limit is kept as the only one")
    func tooLarge() async throws {
        let site = try await TestSite()
        let api = try await site.publish("Harbour", document: SampleDocuments.harbour)
        let documents = RenderedDocuments(mostBytes: 1)
        for _ in 0..<2 { _ = try await documents.document(of: api, from: site, in: Self.english) }
        #expect(await documents.renderingCount == 1)
    }

    @Test("a document that came between two looks is shown and not kept under the older revision")
    func between() async throws {
        let site = try await TestSite()
        let old = try await site.publish("Harbour", document: SampleDocuments.harbour)
        try await site.flows.catalog.setDocument(Array(SampleDocuments.large(operations: 2).utf8), of: old.id, by: .operator)
        let documents = RenderedDocuments()
        for _ in 0..<2 {
            #expect(try await documents.document(of: old, from: site, in: Self.english)?.operations["read1"] != nil)
        }
        #expect(await documents.renderingCount == 2)
        #expect(await documents.bytes == 0)
    }

    @Test("two are rendered at a time, thirty wait, and one more is told to come again; afterwards all is well")
    func crowd() async throws {
        let site = try await TestSite()
        let most = RenderedDocuments.mostAtOnce + RenderedDocuments.mostWaiting
        var apis: [PublishedAPI] = []
        for number in 0...most { apis.append(try await site.publish("Api \(number)", document: SampleDocuments.harbour)) }
        let (documents, gate, last) = (RenderedDocuments(), Gate(), apis.removeLast())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for api in apis {
                group.addTask {
                    _ = try await documents.document(of: api, in: Self.english) {
                        await gate.pass()
                        return try await site.flows.catalog.document(of: api.id)
                    }
                }
            }
            while await documents.inProgress < most { await Task.yield() }
            while await gate.mostInside < RenderedDocuments.mostAtOnce { await Task.yield() }
            let refusal = await #expect(throws: Problem.self) {
                _ = try await documents.document(of: last, from: site, in: Self.english)
            }
            #expect(refusal?.status == .serviceUnavailable && refusal?.headers[.retryAfter] == "5")
            await gate.open()
            try await group.waitForAll()
        }
        #expect(await gate.mostInside == RenderedDocuments.mostAtOnce)
        #expect(try await documents.document(of: last, from: site, in: Self.english) != nil)
        #expect(await documents.inProgress == 0)
    }

    @Test("an error is nobody's answer but that of those who waited")
    func errors() async throws {
        let site = try await TestSite()
        let api = try await site.publish("Harbour", document: SampleDocuments.harbour)
        let documents = RenderedDocuments()
        await #expect(throws: StoreError.self) {
            _ = try await documents.document(of: api, in: Self.english) { throw StoreError.unavailable("disk") }
        }
        #expect(try await documents.document(of: api, from: site, in: Self.english) != nil)
    }
}

/// Holds those who come back until it is opened, and knows how many it held.
private actor Gate {
    private var isOpen = false
    private var held: [CheckedContinuation<Void, Never>] = []
    private(set) var mostInside = 0

    func pass() async {
        guard !isOpen else { return }
        await withCheckedContinuation {
            held.append($0)
            mostInside = max(mostInside, held.count)
        }
    }

    func open() {
        isOpen = true
        for one in held { one.resume() }
        held = []
    }
}

extension RenderedDocuments {
    fileprivate func document(
        of api: PublishedAPI, from site: TestSite, in book: Phrasebook
    ) async throws -> RenderedDocument? {
        let catalog = site.flows.catalog
        return try await document(of: api, in: book) { try await catalog.document(of: api.id) }
    }
}
