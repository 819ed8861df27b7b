import Geography

/// For which hosts a connection was opened: its requests may ask for no others (RFC 9110, section 7.4).
enum ServedHosts: Equatable {
    /// Plain HTTP: nothing but the requests tells.
    case all
    /// The certificate was that of a geo.
    case geo(GeoID)
    /// The certificate was that of the chooser's page.
    case chooser
    /// Plain HTTP, where every host is led to https.
    case redirected

    func permits(_ target: Route.Target) -> Bool {
        switch (self, target) {
        case (.all, _), (.redirected, _), (.chooser, .chooser): true
        case (.geo(let served), .geo(let asked)): served == asked.id
        case (.geo, .chooser), (.chooser, .geo): false
        }
    }
}
