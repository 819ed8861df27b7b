/// What is counted of the connections that are relayed to one geo.
final class RelayCounters: Sendable {
    let connections = Counter()
    let fromClients = Counter()
    let toClients = Counter()
}
