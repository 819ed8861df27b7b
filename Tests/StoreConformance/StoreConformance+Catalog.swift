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
        ConformanceCase("publishing an API or to a portal that is not there is refused") { bench in
            let api = bench.api("pay")
            try await bench.store.create(api)
            await #expect(throws: AccountError.notFound("API")) {
                try await bench.store.publish(bench.mint.id(), to: bench.portal.id, visibility: .public, at: bench.now)
            }
            await #expect(throws: AccountError.notFound("portal")) {
                try await bench.store.publish(api.id, to: bench.mint.id(), visibility: .public, at: bench.now)
            }
        },
        ConformanceCase("an API with the name and version of another, or with its slug, is a conflict") { bench in
            try await bench.store.create(bench.api("pay", version: nil, slug: "pay"))
            try await bench.store.create(bench.api("pay", version: "1", slug: "pay-1"))
            await expectConflict { try await bench.store.create(bench.api("pay", version: nil, slug: "new")) }
            await expectConflict { try await bench.store.create(bench.api("pay", version: "1", slug: "new")) }
            await expectConflict { try await bench.store.create(bench.api("new", version: nil, slug: "pay")) }
            try await bench.store.create(bench.api("pay", version: "2", slug: "new"))
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
}
