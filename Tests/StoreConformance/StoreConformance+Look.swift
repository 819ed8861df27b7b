import Accounts
import Testing

extension StoreConformance {
    static let look: [ConformanceCase] = [
        ConformanceCase("a portal's look comes back as it was written, and no look as none") { bench in
            let changed = try await bench.store.update(bench.portal.id) { portal in
                portal.look.accent = AccentColor("#0b5f7a")
                portal.look.welcomeTitle = "Zoë \"山田\""
                portal.look.welcomeText = "one\n\ntwo"
            }
            var store = try await bench.host.open()
            #expect(try await store.portal(bench.portal.id)?.look == changed.look)
            _ = try await store.update(bench.portal.id) { $0.look = PortalLook() }
            store = try await bench.host.open()
            #expect(try await store.portal(bench.portal.id)?.look == PortalLook())
        },
        ConformanceCase("an image comes back byte for byte, and the portal's look names it") { bench in
            let image = Self.image(1)
            let portal = try await bench.set(image, as: .logo)
            #expect(portal.look.logo == image.reference && portal.updatedAt == bench.now.adding(.seconds(1)))
            let store = try await bench.host.open()
            #expect(try await store.image(.logo, of: bench.portal.id) == image)
            #expect(try await store.image(.favicon, of: bench.portal.id) == nil)
            #expect(try await store.portal(bench.portal.id) == portal)
        },
        ConformanceCase("a portal found by its host has the newest look at once") { bench in
            #expect(try await bench.store.portal(with: bench.portal.slug)?.look.logo == nil)
            _ = try await bench.set(Self.image(1), as: .logo)
            #expect(try await bench.store.portal(with: bench.portal.slug)?.look.logo == Self.image(1).reference)
            _ = try await bench.set(Self.image(2), as: .logo)
            #expect(try await bench.store.portal(with: bench.portal.slug)?.look.logo == Self.image(2).reference)
            #expect(try await bench.store.image(.logo, of: bench.portal.id) == Self.image(2))
        },
        ConformanceCase("an image that is taken away is gone from the look too; the other one stays") { bench in
            _ = try await bench.set(Self.image(1), as: .logo)
            _ = try await bench.set(Self.image(2), as: .favicon)
            let portal = try await bench.set(nil, as: .logo)
            #expect(portal.look.logo == nil && portal.look.favicon == Self.image(2).reference)
            #expect(try await bench.store.image(.logo, of: bench.portal.id) == nil)
        },
        ConformanceCase("an image for a portal that is not there is refused, and the log tells nothing of it") { bench in
            let before = try await bench.store.auditHead()
            let absent: PortalID = bench.mint.id()
            await #expect(throws: AccountError.notFound("portal")) {
                try await bench.store.setImage(
                    Self.image(1), as: .logo, of: absent, at: bench.now,
                    recording: AuditEvent(.portalLookChanged, by: .operator, portal: absent))
            }
            #expect(try await bench.store.auditHead() == before)
        },
        ConformanceCase("the images of two portals are apart, and go with their portal") { bench in
            let other = try await bench.otherPortal()
            _ = try await bench.set(Self.image(1), as: .logo)
            #expect(try await bench.store.image(.logo, of: other.id) == nil)
            try await bench.store.delete(
                bench.portal.id, evenPublishing: true,
                recording: AuditEvent(.portalDeleted, by: .operator, portal: bench.portal.id))
            #expect(try await bench.store.image(.logo, of: bench.portal.id) == nil)
        },
    ]

    private static func image(_ number: UInt8) -> PortalImage {
        PortalImage(stored: [UInt8](0...255) + [number], format: .webp)
    }
}

extension StoreBench {
    fileprivate func set(_ image: PortalImage?, as kind: PortalImage.Kind) async throws -> Portal {
        try await store.setImage(
            image, as: kind, of: portal.id, at: now.adding(.seconds(1)),
            recording: AuditEvent(.portalLookChanged, by: .operator, portal: portal.id, subject: kind.rawValue))
    }
}
