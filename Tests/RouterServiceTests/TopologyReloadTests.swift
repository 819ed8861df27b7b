import ConfigurationFiles
import Geography
import RouterService
import Testing

@Suite("A router takes over another topology while it serves", .timeLimit(.minutes(5)))
struct TopologyReloadTests {
    static let eu = "acme.eu.portal.example.com"
    static let us = "acme.us.portal.example.com"

    private func request(_ target: String = "/", host: String = eu) -> String {
        "GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n"
    }

    @Test("a request in flight ends at its node, and the next on its connection goes to the new one")
    func swap() async throws {
        let old = try await RecordingNode.start(answer: { _ in .silence })
        let new = try await RecordingNode.start(answer: { _ in .ok("new") })
        let topology = SwappedTopology()
        try await RunningRouter.serve([("eu", [old.endpoint])], topology: topology.source) { router in
            let client = try await router.connect()
            try await client.send(request())
            let inFlight = try await old.request()
            try await topology.put([("eu", [new.endpoint])], in: router)
            try await inFlight.connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold")
            #expect(try await client.answer().text == "old")
            try await eventually { !inFlight.connection.isOpen }
            try await client.send(request())
            #expect(try await client.answer().text == "new")
            #expect(try await router.metric("portolan_router_topology_loads_total{outcome=\"loaded\"}") == 2)
        }
        await old.stop()
        await new.stop()
    }

    @Test("a node that stays keeps its connections and its condition; idle connections to one that is no more close")
    func kept() async throws {
        let stays = try await RecordingNode.start()
        let goes = try await RecordingNode.start()
        let topology = SwappedTopology()
        try await RunningRouter.serve([("eu", [stays.endpoint]), ("us", [goes.endpoint])], topology: topology.source) { router in
            try await router.becomeHealthy("eu")
            for host in [Self.eu, Self.us] { #expect(try await router.get(host: host).status == 200) }
            try await topology.put([("eu", [stays.endpoint])], in: router)
            let connection = try await goes.request().connection
            try await eventually { !connection.isOpen }
            #expect(try await router.healthy("eu") == 1)
            #expect(try await router.get(host: Self.eu).status == 200)
            #expect(
                stays.requests.map(\.connection.number) == [
                    stays.requests[0].connection.number, stays.requests[0].connection.number,
                ])
        }
        await stays.stop()
        await goes.stop()
    }

    @Test("a new geo is served, and the hosts of one that is no more are unknown")
    func geos() async throws {
        let eu = try await RecordingNode.start(answer: { _ in .ok("eu") })
        let us = try await RecordingNode.start(answer: { _ in .ok("us") })
        let topology = SwappedTopology()
        try await RunningRouter.serve([("eu", [eu.endpoint])], topology: topology.source) { router in
            #expect(try await router.get(host: Self.us).status == 421)
            try await topology.put([("us", [us.endpoint])], in: router)
            #expect(try await router.get(host: Self.us).text == "us")
            #expect(try await router.get(host: Self.eu).status == 421)
        }
        await eu.stop()
        await us.stop()
    }

    @Test("swapped again and again under load, no request fails and no connection is dropped")
    func load() async throws {
        let one = try await RecordingNode.start()
        let two = try await RecordingNode.start()
        let topology = SwappedTopology()
        try await RunningRouter.serve([("eu", [one.endpoint])], threads: 2, topology: topology.source) { router in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<4 {
                    tasks.addTask {
                        let client = try await router.connect()
                        for _ in 0..<100 {
                            try await client.send(request())
                            #expect(try await client.answer().status == 200)
                        }
                    }
                }
                for turn in 0..<20 {
                    let nodes = [[one.endpoint], [one.endpoint, two.endpoint], [two.endpoint]][turn % 3]
                    try await topology.put([("eu", nodes)], in: router)
                }
                try await tasks.waitForAll()
            }
            #expect(one.requests.count + two.requests.count == 400)
        }
        await one.stop()
        await two.stop()
    }

    @Test("a file that is wrong changes nothing, and the log says what is wrong with it and where")
    func invalid() async throws {
        let node = try await RecordingNode.start()
        let topology = SwappedTopology()
        try await RunningRouter.serve([("eu", [node.endpoint])], topology: topology.source) { router in
            let wrong = Result {
                try Topology(yaml: "domain: example.com\ngeos:\n  - {id: EU!, number: 1}\n", named: "topology.yaml")
            }
            try await topology.put(wrong, in: router)
            let line = try await router.log.line(containing: "topology not loaded")
            #expect(line.contains("topology.yaml:3"))
            #expect(line.contains("id"))
            #expect(try await router.get(host: Self.eu).status == 200)
            #expect(try await router.metric("portolan_router_topology_loads_total{outcome=\"refused\"}") == 1)
        }
        await node.stop()
    }

    @Test(
        "a geo's number and the domain do not change while it runs",
        arguments: [
            "domain: example.com\ngeos:\n  - {id: eu, number: 7, nodes: [{address: \"127.0.0.1:1\"}]}\n",
            "domain: example.com\ngeos:\n  - {id: au, number: 1, nodes: [{address: \"127.0.0.1:1\"}]}\n",
            "domain: example.net\ngeos:\n  - {id: eu, number: 1, nodes: [{address: \"127.0.0.1:1\"}]}\n",
        ])
    func fixed(yaml: String) async throws {
        let node = try await RecordingNode.start()
        let topology = SwappedTopology()
        try await RunningRouter.serve([("eu", [node.endpoint])], topology: topology.source) { router in
            try await topology.put(Result { try Topology(yaml: yaml, named: "topology.yaml") }, in: router)
            let line = try await router.log.line(containing: "topology not loaded")
            #expect(line.contains(yaml.contains("example.net") ? "domain: example.net" : "geos[].number"))
            #expect(try await router.get(host: Self.eu).status == 200)
        }
        await node.stop()
    }
}
