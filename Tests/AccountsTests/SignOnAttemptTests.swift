import Accounts
import AccountsTesting
import Geography
import Testing

@Suite("What a browser brings back from an identity provider")
struct SignOnAttemptTests {
    @Test("state and nonce name the geo, and all three secrets are new each time")
    func secrets() async throws {
        let office = try await SignOnOffice(geo: "us")
        let portal = try await office.portal()
        for _ in 0..<2 { _ = try await office.flows.signOn.begin(to: nil, from: nil, at: portal) }
        let requests = office.providers.requests
        for request in requests {
            #expect(GeoUUID(request.state)?.geo.value == 2 && GeoUUID(request.nonce)?.geo.value == 2)
            #expect(request.codeVerifier.utf8.count == 43)
            #expect(request.redirectAddress == "https://acme.us.portal.example.com/login")
        }
        #expect(Set(requests.flatMap { [$0.state, $0.nonce, $0.codeVerifier] }).count == 6)
    }

    @Test("of many uses of one state at once exactly one gets in")
    func race() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        let departure = try await office.flows.signOn.begin(to: nil, from: nil, at: portal)
        office.providers.answer("code", with: .success(SignOnOffice.person()))
        let arrival = try office.arrival(departure)
        let flows = office.flows
        let winners = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 { group.addTask { (try? await flows.signOn.complete(arrival, at: portal)) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        await #expect(throws: SignOnError.unknownAttempt) { try await flows.signOn.complete(arrival, at: portal) }
    }

    @Test("another browser cannot finish it, nor does it take it from the one that began")
    func otherBrowser() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        let departure = try await office.flows.signOn.begin(to: nil, from: nil, at: portal)
        office.providers.answer("code", with: .success(SignOnOffice.person()))
        var arrival = try office.arrival(departure)
        let other = try await office.flows.signOn.begin(to: nil, from: nil, at: portal).browser
        for browser in [nil, "", "nonsense", other] {
            arrival.browser = browser
            await #expect(throws: SignOnError.unknownAttempt) { try await office.flows.signOn.complete(arrival, at: portal) }
        }
        arrival.browser = departure.browser
        _ = try await office.flows.signOn.complete(arrival, at: portal)
    }

    @Test("two tabs of one browser both get in")
    func tabs() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        let first = try await office.flows.signOn.begin(to: nil, from: nil, at: portal)
        var arrival = try office.arrival(first)
        let second = try await office.flows.signOn.begin(to: nil, from: first.browser, at: portal)
        arrival.browser = second.browser
        office.providers.answer("code", with: .success(SignOnOffice.person()))
        _ = try await office.flows.signOn.complete(arrival, at: portal)
        arrival = try office.arrival(second)
        _ = try await office.flows.signOn.complete(arrival, at: portal)
    }

    @Test("a browser keeps its newest attempts, in a cookie that browsers keep, wherever they lead")
    func manyTabs() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        office.providers.answer("code", with: .success(SignOnOffice.person()))
        for length in [0, 1900] {
            var kept: String?
            var arrivals: [SignOn.Arrival] = []
            for _ in 0..<12 {
                let destination = "https://acme.eu.portal.example.com/" + String(repeating: "x", count: length)
                let departure = try await office.flows.signOn.begin(to: destination, from: kept, at: portal)
                #expect(departure.browser.utf8.count < 3900)
                #expect(kept == nil || departure.browser.prefix(36) == kept?.prefix(36))
                kept = departure.browser
                arrivals.append(try office.arrival(departure))
            }
            var isIn: [Bool] = []
            for var arrival in arrivals {
                arrival.browser = kept
                isIn.append((try? await office.flows.signOn.complete(arrival, at: portal)) != nil)
            }
            let newest = length == 0 ? SignOnAttemptTests.tabs : 1
            #expect(isIn == Array(repeating: false, count: 12 - newest) + Array(repeating: true, count: newest))
        }
    }

    private static let tabs = 8

    @Test("however many begin and never come back, nobody who does is pushed out, and the store keeps nothing of them")
    func flood() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        let departure = try await office.flows.signOn.begin(to: nil, from: nil, at: portal)
        let arrival = try office.arrival(departure)
        for _ in 0..<10_001 { _ = try await office.flows.signOn.begin(to: nil, from: nil, at: portal) }
        #expect(await office.office.store.spentAttempts.isEmpty)
        office.providers.answer("code", with: .success(SignOnOffice.person()))
        _ = try await office.flows.signOn.complete(arrival, at: portal)
    }

    @Test("what a browser keeps for one portal is nothing at another, and a single changed letter spoils it")
    func sealed() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        let departure = try await office.flows.signOn.begin(to: nil, from: nil, at: portal)
        office.providers.answer("code", with: .success(SignOnOffice.person()))
        var arrival = try office.arrival(departure)
        var letters = Array(departure.browser)
        letters[60] = letters[60] == "A" ? "B" : "A"
        arrival.browser = String(letters)
        let changed = arrival
        await #expect(throws: SignOnError.unknownAttempt) { try await office.flows.signOn.complete(changed, at: portal) }
        let other = try await office.flows.portals.create(PortalDraft(name: "Other"), by: .operator)
        var draft = IdentityProviderDraft()
        (draft.issuer, draft.clientID, draft.isEnabled) = (SignOnOffice.issuer, "portal", true)
        _ = try await office.flows.identityProviders.create(draft, of: other, by: .operator)
        arrival.browser = departure.browser
        let elsewhere = arrival
        let there = try await office.flows.portals.portal(other.id)
        await #expect(throws: SignOnError.unknownAttempt) { try await office.flows.signOn.complete(elsewhere, at: there) }
        _ = try await office.flows.signOn.complete(elsewhere, at: portal)
    }

    @Test("it is good for ten minutes, and not a millisecond longer")
    func lifetime() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        office.providers.answer("code", with: .success(SignOnOffice.person()))
        var departure = try await office.flows.signOn.begin(to: nil, from: nil, at: portal)
        office.office.clock.advance(by: .seconds(600))
        await #expect(throws: SignOnError.unknownAttempt) {
            try await office.flows.signOn.complete(office.arrival(departure), at: portal)
        }
        departure = try await office.flows.signOn.begin(to: nil, from: nil, at: portal)
        office.office.clock.advance(by: .milliseconds(599_999))
        _ = try await office.flows.signOn.complete(office.arrival(departure), at: portal)
    }

    @Test("without a state, or with one of another geo or of nobody, nothing happens", arguments: ["missing", "us", "random"])
    func foreignState(kind: String) async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        let departure = try await office.flows.signOn.begin(to: nil, from: nil, at: portal)
        var arrival = try office.arrival(departure)
        var random = SystemRandomNumberGenerator()
        switch kind {
        case "missing": arrival.state = nil
        case "us": arrival.state = GeoUUID.oneTimeToken(geo: try GeoNumber(2), using: &random).description
        default: arrival.state = GeoUUID.oneTimeToken(geo: try GeoNumber(1), using: &random).description
        }
        let strange = arrival
        await #expect(throws: SignOnError.unknownAttempt) { try await office.flows.signOn.complete(strange, at: portal) }
    }

    @Test("an error of the provider is told by its word, words that nobody knows as other, and the attempt is over")
    func providersError() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        for (sent, told) in [("access_denied", "access_denied"), ("<script>", "other")] {
            let departure = try await office.flows.signOn.begin(to: nil, from: nil, at: portal)
            let arrival = try office.arrival(departure, code: nil, error: sent)
            await #expect(throws: SignOnError.refusedByProvider(told)) {
                try await office.flows.signOn.complete(arrival, at: portal)
            }
            await #expect(throws: SignOnError.unknownAttempt) { try await office.flows.signOn.complete(arrival, at: portal) }
        }
    }

    @Test("a provider that was switched off meanwhile lets nobody in")
    func switchedOff() async throws {
        let office = try await SignOnOffice()
        let departure = try await office.flows.signOn.begin(to: nil, from: nil, at: try await office.portal())
        office.providers.answer("code", with: .success(SignOnOffice.person()))
        _ = try await office.flows.identityProviders.switchMethods(
            passwords: nil, singleSignOn: false, of: office.portal(), by: .operator)
        await #expect(throws: SignOnError.notOffered) {
            try await office.flows.signOn.complete(office.arrival(departure), at: office.portal())
        }
        await #expect(throws: SignOnError.notOffered) {
            try await office.flows.signOn.begin(to: nil, from: nil, at: office.portal())
        }
    }

    @Test(
        "it leads to the portal's own hosts only",
        arguments: [
            "https://evil.example/", "//evil.example", "/account", "http://acme.eu.portal.example.com/",
            "https://acme.us.portal.example.com/", "https://acme.eu.portal.example.com.evil.example/",
            "https://acme.eu.portal.example.com@evil.example/", "https://acme.eu.portal.example.com\\@evil.example/",
            "https://acme.eu.portal.example.com:8443/", "https://acme.eu.portal.example.com/\r\nX: y", "javascript:alert(1)",
        ])
    func destinations(address: String) async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        await #expect(throws: SignOnError.foreignDestination) {
            try await office.flows.signOn.begin(to: address, from: nil, at: portal)
        }
    }

    @Test("an own address is where the person ends; the catalog where nothing was asked for")
    func ownDestination() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        office.providers.answer("code", with: .success(SignOnOffice.person()))
        for (asked, reached) in [
            (nil, "https://acme.eu.portal.example.com/"),
            ("https://acme.eu.portal.example.com/apis/x?y=1", "https://acme.eu.portal.example.com/apis/x?y=1"),
        ] {
            let departure = try await office.flows.signOn.begin(to: asked, from: nil, at: portal)
            #expect(try await office.flows.signOn.complete(office.arrival(departure), at: portal).destination == reached)
        }
    }
}
