/// What the catalog of a new local portal shows: one API for everybody, one for developers who are logged in.
struct SampleAPI {
    let name: String
    let version: String
    let description: String
    let visibility: String

    static let all = [
        SampleAPI(
            name: "Port Calls", version: "v1", description: "Arrivals and departures of ships, by harbour and by day.",
            visibility: "public"),
        SampleAPI(
            name: "Berth Bookings", version: "v2", description: "Reserve a berth, change it, give it back.",
            visibility: "private"),
    ]
}
