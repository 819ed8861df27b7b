import Accounts
import AccountsTesting
import Foundation
import Testing

@Suite("Groups that mean teams")
struct TeamMappingTests {
    private let one = UUID(uuid: (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))
    private let two = UUID(uuid: (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2))

    @Test("a mapping is made once, read, and removed, and the audit log tells of it")
    func single() async throws {
        let office = try await SignOnOffice()
        let (mappings, portal, provider) = (office.flows.teamMappings, try await office.portal(), office.provider.id)
        let made = try await mappings.create(team: one, group: "Developers", of: provider, at: portal, by: .operator)
        #expect(try await mappings.mappings(of: provider, at: portal) == [made])
        #expect(try await mappings.mapping(made.id, of: provider, at: portal).group == "Developers")
        let again = await #expect(throws: AccountError.self) {
            try await mappings.create(team: one, group: "Developers", of: provider, at: portal, by: .operator)
        }
        guard case .conflict = again else {
            Issue.record("\(String(describing: again))")
            return
        }
        _ = try await mappings.create(team: two, group: "Developers", of: provider, at: portal, by: .operator)
        try await mappings.delete(made.id, of: provider, at: portal, by: .operator)
        await #expect(throws: AccountError.notFound("team group mapping")) {
            try await mappings.delete(made.id, of: provider, at: portal, by: .operator)
        }
        #expect(await office.office.store.auditActions.filter { $0 == .teamMappingsChanged }.count == 3)
    }

    @Test("each team that is named gets exactly the groups that are named, and the others stay")
    func replacing() async throws {
        let office = try await SignOnOffice()
        let (mappings, portal) = (office.flows.teamMappings, try await office.portal())
        _ = try await mappings.replace(
            [.init(team: one, groups: ["b", "a", "b"]), .init(team: two, groups: ["c"])], at: portal, by: .operator)
        #expect(
            try await mappings.groups(at: portal) == [.init(team: one, groups: ["a", "b"]), .init(team: two, groups: ["c"])])
        let changed = try await mappings.replace([.init(team: one, groups: ["b", "d"])], at: portal, by: .operator)
        #expect(changed.map(\.team) == [one, two] && changed[0].groups == ["b", "d"] && changed[1].groups == ["c"])
        #expect(try await mappings.groups(at: portal) == changed)
        #expect(try await mappings.replace([.init(team: two, groups: [])], at: portal, by: .operator).map(\.team) == [one])
        let before = await office.office.store.auditActions.count
        _ = try await mappings.replace([.init(team: one, groups: ["d", "b"])], at: portal, by: .operator)
        #expect(await office.office.store.auditActions.count == before)
    }

    @Test("what is wrong changes nothing")
    func wrong() async throws {
        let office = try await SignOnOffice()
        let (mappings, portal) = (office.flows.teamMappings, try await office.portal())
        for group in ["", "a\nb", String(repeating: "x", count: 256)] {
            await #expect(throws: AccountError.self) {
                try await mappings.create(team: one, group: group, of: office.provider.id, at: portal, by: .operator)
            }
            await #expect(throws: AccountError.self) {
                try await mappings.replace([.init(team: one, groups: ["ok", group])], at: portal, by: .operator)
            }
        }
        await #expect(throws: AccountError.self) {
            try await mappings.replace(
                [.init(team: one, groups: []), .init(team: one, groups: ["a"])], at: portal, by: .operator)
        }
        let many = (0...TeamMappingAdministration.mostMappings).map(String.init)
        await #expect(throws: AccountError.self) {
            try await mappings.replace([.init(team: one, groups: many)], at: portal, by: .operator)
        }
        #expect(try await mappings.groups(at: portal).isEmpty)
        let plain = try await Office()
        await #expect(throws: AccountError.self) { try await plain.flows.teamMappings.groups(at: plain.portal) }
    }
}
