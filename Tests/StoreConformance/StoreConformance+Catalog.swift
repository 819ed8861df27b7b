import Accounts
import Testing

extension StoreConformance {
    static let catalog: [ConformanceCase] = [
        ConformanceCase("a catalog shows what is published there, by name, with the private ones for who may see them") { bench in
            for (name, visibility) in [("pay", Visibility.private), ("Accounts", .public), ("billing", .public)] {
                let api = bench.api(name)
                try await bench.store.create(api)
                try await bench.store.publish(api.id, to: bench.portal.id, visibility: visibility, at: bench.now)
            }
            let everything = try await bench.store.catalog(of: bench.portal.id, visibleAs: .private)
            #expect(everything.map(\.api.name) == ["Accounts", "billing", "pay"])
            #expect(everything.map(\.visibility) == [.public, .public, .private])
            let open = try await bench.store.catalog(of: bench.portal.id, visibleAs: .public)
            #expect(open.map(\.api.name) == ["Accounts", "billing"])
        },
        ConformanceCase("an API comes back with every field as it was written") { bench in
            let api = bench.api("Zahlungen 支払い", version: "2.1", description: "für alle")
            try await bench.store.create(api)
            try await bench.store.publish(api.id, to: bench.portal.id, visibility: .private, at: bench.now)
            let entries = try await bench.store.catalog(of: bench.portal.id, visibleAs: .private)
            #expect(entries == [CatalogEntry(api: api, visibility: .private)])
        },
        ConformanceCase("what is not published to a portal is not in its catalog") { bench in
            let (api, other) = (bench.api("pay"), try await bench.otherPortal())
            try await bench.store.create(api)
            try await bench.store.publish(api.id, to: other.id, visibility: .public, at: bench.now)
            #expect(try await bench.store.catalog(of: bench.portal.id, visibleAs: .private).isEmpty)
            #expect(try await bench.store.catalog(of: other.id, visibleAs: .public).map(\.api) == [api])
        },
        ConformanceCase("publishing again changes who sees the API") { bench in
            let api = bench.api("pay")
            try await bench.store.create(api)
            for visibility in [Visibility.public, .private] {
                try await bench.store.publish(api.id, to: bench.portal.id, visibility: visibility, at: bench.now)
                let entries = try await bench.store.catalog(of: bench.portal.id, visibleAs: .private)
                #expect(entries.map(\.visibility) == [visibility])
            }
            #expect(try await bench.store.catalog(of: bench.portal.id, visibleAs: .public).isEmpty)
        },
        ConformanceCase("an API with the name and version of another, or with its slug, is a conflict") { bench in
            try await bench.store.create(bench.api("pay", version: nil, slug: "pay"))
            try await bench.store.create(bench.api("pay", version: "1", slug: "pay-1"))
            await expectConflict { try await bench.store.create(bench.api("pay", version: nil, slug: "new")) }
            await expectConflict { try await bench.store.create(bench.api("pay", version: "1", slug: "new")) }
            await expectConflict { try await bench.store.create(bench.api("new", version: nil, slug: "pay")) }
            try await bench.store.create(bench.api("pay", version: "2", slug: "new"))
        },
        ConformanceCase("a step sees the API, the portal and the publication of one moment, and writes all or nothing") { bench in
            let api = bench.api("pay")
            try await bench.store.create(api)
            try await bench.store.publish(api.id, to: bench.portal.id, visibility: .public, at: bench.now)
            try await bench.store.create(bench.api("other", slug: "taken"))
            let snapshot = try await bench.store.step(on: api.id, at: bench.portal.id) { CatalogDecision($0) }
            #expect(snapshot.api == api)
            #expect(snapshot.portal == bench.portal)
            #expect(snapshot.publication?.visibility == .public)
            let absent = try await bench.store.step(on: bench.mint.id(), at: bench.mint.id()) { CatalogDecision($0) }
            #expect(absent.api == nil && absent.portal == nil && absent.publication == nil)
            await expectConflict {
                try await bench.store.step(on: api.id, at: bench.portal.id) { _ in
                    var change = CatalogChange()
                    var changed = api
                    changed.slug = "taken"
                    change.api = .put(changed)
                    change.publication = .remove
                    return CatalogDecision((), change)
                }
            }
            #expect(try await bench.store.api(api.id) == api)
            #expect(try await bench.store.catalog(of: bench.portal.id, visibleAs: .public).map(\.api) == [api])
        },
        ConformanceCase("a document comes back byte for byte, is replaced as a whole, and goes with its API") { bench in
            var api = bench.api("pay")
            try await bench.store.create(api)
            for title in ["first", "second"] {
                let new = bench.document(title, paths: ["/\(title)"])
                api = try await bench.give(api, new)
                #expect(try await bench.store.document(of: api.id) == new.document)
                #expect(try await bench.store.api(api.id) == api)
            }
            try await bench.store.publish(api.id, to: bench.portal.id, visibility: .public, at: bench.now)
            #expect(try await bench.found("second") == ["pay"])
            #expect(try await bench.found("first").isEmpty)
            try await bench.change(api.id) { $0.api = .remove }
            #expect(try await bench.store.document(of: api.id) == nil)
            #expect(try await bench.store.api(api.id) == nil)
            #expect(try await bench.store.catalog(of: bench.portal.id, visibleAs: .private).isEmpty)
            #expect(try await bench.found("second").isEmpty)
            let findings = try await bench.store.findings(
                of: nil, in: bench.portal.id, visibleAs: .private, after: nil, limit: 10)
            #expect(findings.findings.isEmpty)
        },
        ConformanceCase("a catalog is read page by page with a total of what is visible, also when it changes") { bench in
            var apis: [PublishedAPI] = []
            for number in 0..<7 {
                let api = bench.api("api \(number)", slug: "api-\(number)")
                try await bench.store.create(api)
                try await bench.store.publish(
                    api.id, to: bench.portal.id, visibility: number < 3 ? .public : .private, at: bench.now)
                apis.append(api)
            }
            let last = try await bench.page(number: 3, size: 3, .private)
            #expect(last.elements.map(\.api.name) == ["api 6"])
            #expect(last.total == 7)
            let open = try await bench.page(number: 2, size: 2, .public)
            #expect(open.elements.map(\.api.name) == ["api 2"])
            #expect(open.total == 3)
            try await bench.store.publish(apis[0].id, to: bench.portal.id, visibility: .private, at: bench.now)
            try await bench.change(apis[1].id, at: bench.portal.id) { $0.publication = .remove }
            try await bench.change(apis[6].id) { $0.api = .remove }
            #expect(try await bench.page(number: 1, size: 10, .public).total == 1)
            #expect(try await bench.page(number: 1, size: 10, .private).total == 5)
            var renamed = apis[5]
            renamed.name = "A first one"
            try await bench.change(renamed.id) { [renamed] in $0.api = .put(renamed) }
            #expect(try await bench.page(number: 1, size: 1, .private).elements.map(\.api.name) == ["A first one"])
            #expect(try await bench.page(number: Int.max, size: 100, .private).elements.isEmpty)
        },
        ConformanceCase("several APIs are found at once by their ids, those that are there") { bench in
            let (pay, bill, gone) = (bench.api("pay"), bench.api("bill", slug: "bill"), bench.api("gone", slug: "gone"))
            for api in [pay, bill] { try await bench.store.create(api) }
            let found = try await bench.store.apis([pay.id, bill.id, gone.id])
            #expect(found.sorted { $0.name < $1.name } == [bill, pay])
            #expect(try await bench.store.apis([]).isEmpty)
        },
        ConformanceCase("lists of APIs are filtered and sorted as the rules say") { bench in
            for (name, version) in [("Pay", nil), ("pay", "2"), ("Bay 100%", "10"), ("支払い", "1")] {
                let api = bench.api(
                    name, version: version, description: name == "Pay" ? nil : "about \(name)",
                    slug: "s\(bench.mint.id(of: PublishedAPI.self).description.suffix(8))")
                try await bench.store.create(api)
                try await bench.store.publish(api.id, to: bench.portal.id, visibility: .public, at: bench.now)
            }
            let page = PageRequest(size: 100)
            let all = try await bench.store.apis(selectedBy: APISelection(), page: page).elements
            var selections: [APISelection] = []
            for text in ["pay", "ay", "支払", "支払い", "0%", "100%", "a_", "\"", "nothing"] {
                for match in [TextMatch.equals([text, "2"]), .differs(text), .contains([text, "zzz"])] {
                    for path in [\APISelection.name, \.version, \.description, \.slug] {
                        var selection = APISelection()
                        selection[keyPath: path] = match
                        selections.append(selection)
                    }
                }
            }
            for match in [TextMatch.equals([all[0].id.description, "x"]), .differs(all[0].id.description), .differs("x")] {
                var selection = APISelection()
                selection.id = match
                selections.append(selection)
            }
            for range in [MomentRange(from: bench.now), MomentRange(through: bench.now.adding(.seconds(-1)))] {
                var selection = APISelection()
                (selection.createdAt, selection.updatedAt) = (range, range)
                selections.append(selection)
            }
            for selection in selections {
                let expected = all.filter(selection.takes)
                let found = try await bench.store.apis(selectedBy: selection, page: page)
                #expect(found.elements == expected, "\(selection)")
                #expect(found.total == expected.count, "\(selection)")
                let entries = try await bench.store.catalog(
                    of: bench.portal.id, visibleAs: .public, selectedBy: selection, page: page)
                #expect(entries.elements.map(\.api) == expected, "\(selection)")
                #expect(entries.total == expected.count, "\(selection)")
            }
            for order in APISelection.Order.allCases {
                var selection = APISelection()
                selection.order = order
                let ascending = try await bench.store.apis(selectedBy: selection, page: page).elements
                selection.isDescending = true
                #expect(try await bench.store.apis(selectedBy: selection, page: page).elements == ascending.reversed())
                let entries = try await bench.store.catalog(
                    of: bench.portal.id, visibleAs: .private, selectedBy: selection, page: page)
                #expect(entries.elements.map(\.api) == ascending.reversed())
                if order == .version { #expect(ascending.map(\.version) == [nil, "1", "10", "2"]) }
            }
        },
        ConformanceCase("a search ranks names that begin so, then names with the words, then the rest") { bench in
            for (name, description, title) in [
                ("Orders", "about payments", ""), ("Money Payments", "x", ""), ("payments", "y", ""), ("Payments Plus", "z", ""),
                ("Ships", "sail", "Payments at sea"), ("Weather", "rain", ""),
            ] {
                var api = bench.api(name, description: description, slug: "s-\(name.count)-\(name.first ?? "x")".lowercased())
                try await bench.store.create(api)
                if !title.isEmpty { api = try await bench.give(api, bench.document(title, paths: ["/ships/{id}"])) }
                try await bench.store.publish(api.id, to: bench.portal.id, visibility: .public, at: bench.now)
            }
            #expect(
                try await bench.found("PAYMENTS") == ["payments", "Payments Plus", "Money Payments", "Orders", "Ships"])
            #expect(try await bench.found("payments about") == ["Orders"])
            #expect(try await bench.found("plus payments") == ["Payments Plus"])
            #expect(try await bench.found("/ships/{id}") == ["Ships"])
            #expect(try await bench.found("pa") == ["payments", "Payments Plus", "Money Payments", "Orders"])
            #expect(try await bench.found("payments z") == ["Payments Plus"])
            #expect(try await bench.found("\" OR name:*").isEmpty)
            let page = try await bench.store.search(
                #require(CatalogSearch("payments")), in: bench.portal.id, visibleAs: .public,
                page: PageRequest(number: 2, size: 2))
            #expect(page.elements.map(\.api.name) == ["Money Payments", "Orders"])
            #expect(page.total == 5)
        },
        ConformanceCase("a search finds any script, also by one or two characters, and full-width letters by usual ones") {
            bench in
            for (number, name) in ["支払いAPI", "注文", "ＡＢＣ", "Größe", "الدفع"].enumerated() {
                // A slug is searched, too; one of chance could hold what is looked for.
                let api = bench.api(name, description: "説明: \(name)", slug: "s\(number)")
                try await bench.store.create(api)
                try await bench.store.publish(api.id, to: bench.portal.id, visibility: .public, at: bench.now)
            }
            #expect(try await bench.found("支") == ["支払いAPI"])
            #expect(try await bench.found("払い") == ["支払いAPI"])
            #expect(try await bench.found("支払い") == ["支払いAPI"])
            #expect(try await bench.found("注文") == ["注文"])
            #expect(try await bench.found("abc") == ["ＡＢＣ"])
            #expect(try await bench.found("GRÖSSE").isEmpty)
            #expect(try await bench.found("GRÖßE") == ["Größe"])
            #expect(try await bench.found("الدفع") == ["الدفع"])
            #expect(try await bench.found("説明").count == 5)
        },
        ConformanceCase("what somebody may not see is found by no list, no name and no search") { bench in
            var api = bench.api("Secrets", slug: "secrets")
            try await bench.store.create(api)
            api = try await bench.give(api, bench.document("Secrets", paths: ["/secrets"]))
            try await bench.store.publish(api.id, to: bench.portal.id, visibility: .private, at: bench.now)
            let other = try await bench.otherPortal()
            for name in [CatalogEntryName.id(api.id), .slug("secrets")] {
                #expect(try await bench.store.entry(name, of: bench.portal.id, visibleAs: .public) == nil)
                #expect(try await bench.store.entry(name, of: bench.portal.id, visibleAs: .private)?.api == api)
                #expect(try await bench.store.entry(name, of: other.id, visibleAs: .private) == nil)
            }
            for text in ["secrets", "se", "/secrets"] {
                let search = try #require(CatalogSearch(text))
                let found = try await bench.store.search(
                    search, in: bench.portal.id, visibleAs: .public, page: PageRequest())
                #expect(found.elements.isEmpty && found.total == 0)
                for search in [search, nil] {
                    let findings = try await bench.store.findings(
                        of: search, in: bench.portal.id, visibleAs: .public, after: nil, limit: 10)
                    #expect(findings.findings.isEmpty && findings.next == nil)
                }
            }
            #expect(try await bench.found("secrets", .private) == ["Secrets"])
        },
        ConformanceCase("findings come part by part, each once, APIs before operations") { bench in
            for name in ["Ships", "Ports"] {
                let api = bench.api(name)
                try await bench.store.create(api)
                _ = try await bench.give(api, bench.document(name, paths: ["/ships", "/ports", "/ships/{id}"]))
                try await bench.store.publish(api.id, to: bench.portal.id, visibility: .public, at: bench.now)
            }
            for (text, expected) in [
                ("ships", ["Ships", "Ships GET /ships", "Ships GET /ships/{id}", "Ports GET /ships", "Ports GET /ships/{id}"]),
                ("get {id}", ["Ships GET /ships/{id}", "Ports GET /ships/{id}"]), ("sh", ["Ships"]),
                (
                    "",
                    [
                        "Ships", "Ports", "Ships GET /ships", "Ships GET /ports", "Ships GET /ships/{id}", "Ports GET /ships",
                        "Ports GET /ports", "Ports GET /ships/{id}",
                    ]
                ),
            ] {
                for limit in 1...9 {
                    var (found, place): ([String], CatalogFinding.Place?) = ([], nil)
                    repeat {
                        let part = try await bench.store.findings(
                            of: CatalogSearch(text), in: bench.portal.id, visibleAs: .public, after: place, limit: limit)
                        #expect(part.findings.count <= limit)
                        found += part.findings.map { finding in
                            let operation = finding.operation.map { " \($0.method) \($0.path)" } ?? ""
                            return finding.entry.api.name + operation
                        }
                        place = part.next
                    } while place != nil
                    #expect(found == expected, "\(text), \(limit)")
                }
            }
        },
        ConformanceCase("publications are listed by API and by portal, and go with their portal") { bench in
            let (api, other) = (bench.api("pay"), try await bench.otherPortal())
            try await bench.store.create(api)
            for portal in [bench.portal.id, other.id] {
                try await bench.store.publish(api.id, to: portal, visibility: .public, at: bench.now)
            }
            let all = try await bench.store.publications(of: api.id, at: nil, page: PageRequest(size: 1))
            #expect(all.elements.count == 1 && all.total == 2)
            let one = try await bench.store.publications(of: nil, at: other.id, page: PageRequest())
            #expect(one.elements.map(\.portal) == [other.id])
            try await bench.store.delete(
                other.id, evenPublishing: true, recording: AuditEvent(.portalDeleted, by: .operator, portal: other.id))
            let left = try await bench.store.publications(of: api.id, at: nil, page: PageRequest())
            #expect(left.elements.map(\.portal) == [bench.portal.id])
        },
    ]
}

extension StoreBench {
    fileprivate func api(
        _ name: String, version: String? = nil, description: String? = nil, slug: String? = nil
    ) -> PublishedAPI {
        PublishedAPI(
            id: mint.id(), name: name, version: version, description: description, slug: slug ?? name.lowercased(),
            createdAt: now, updatedAt: now)
    }

    fileprivate func document(_ title: String, paths: [String]) -> CatalogChange.NewDocument {
        let content = Array("{\"title\": \"\(title)\"}\n\u{0}".utf8)
        let specification = Specification(
            id: mint.id(), format: .json, openAPI: "3.1.0", title: title, version: "1",
            digest: String(repeating: "0a", count: 32), size: content.count, createdAt: now, updatedAt: now)
        let operations = paths.map { path in
            SpecificationOperation(
                method: "GET", path: path, operationID: nil, summary: nil, tags: ["one tag", "two"], anchor: "get")
        }
        let reading = SpecificationReading(
            format: .json, openAPI: "3.1.0", title: title, version: "1", operations: operations,
            searchText: paths.map { "GET \($0)" })
        return CatalogChange.NewDocument(SpecificationDocument(specification: specification, content: content), reading: reading)
    }

    /// The API as it is with the document.
    fileprivate func give(_ api: PublishedAPI, _ new: CatalogChange.NewDocument) async throws -> PublishedAPI {
        var changed = api
        changed.specification = new.document.specification
        try await change(api.id) { [changed] change in
            change.api = .put(changed)
            change.document = .put(new)
        }
        return changed
    }

    fileprivate func change(
        _ api: APIID, at portal: PortalID? = nil, _ edit: @escaping @Sendable (inout CatalogChange) -> Void
    ) async throws {
        try await store.step(on: api, at: portal) { _ in
            var change = CatalogChange()
            edit(&change)
            return CatalogDecision((), change)
        }
    }

    fileprivate func page(number: Int, size: Int, _ visibility: Visibility) async throws -> Page<CatalogEntry> {
        try await store.catalog(
            of: portal.id, visibleAs: visibility, selectedBy: APISelection(), page: PageRequest(number: number, size: size))
    }

    /// The names of the APIs that a search finds.
    fileprivate func found(_ text: String, _ visibility: Visibility = .public) async throws -> [String] {
        let search = try #require(CatalogSearch(text))
        return try await store.search(search, in: portal.id, visibleAs: visibility, page: PageRequest(size: 100))
            .elements.map(\.api.name)
    }
}
