import HTTPTypes

/// What a request is part of, for counting: by its method and path alone.
enum RequestFlow: String, CaseIterable, Sendable {
    case registration, verification, password, recovery
    case logIn = "log_in"
    case logOut = "log_out"
    case renewal
    case signOn = "sign_on"
    case ownAccount = "own_account"
    case portalAPI = "portal_api"
    case page
    case managementAPI = "management_api"

    private static let forms: [String: RequestFlow] = [
        "/register": .registration, "/verify-email": .verification, "/reset-password": .password, "/forgot-password": .recovery,
        "/login": .logIn, "/logout": .logOut,
        // Of the console.
        "/second-factor": .logIn, "/password": .password,
    ]

    private static let operations: [String: RequestFlow] = [
        "": .registration, "/verify-email": .verification, "/reset-password": .password, "/forgot-password": .recovery,
        "/authenticate": .logIn, "/refresh": .renewal, "/logout": .logOut,
    ]

    init(_ method: HTTPRequest.Method, path: Substring) {
        for version in ["/api/v3/developer", "/api/v2/developer"] where path.hasPrefix(version) {
            let rest = path.dropFirst(version.count)
            if rest.hasPrefix("/authenticate/") {
                self = .signOn
                return
            }
            let flow = method == .post ? Self.operations[String(rest)] : nil
            self = flow ?? (rest.hasPrefix("/me") ? .ownAccount : .portalAPI)
            return
        }
        if path.hasPrefix("/api/") {
            self = .portalAPI
        } else if path.hasPrefix("/v3/") {
            self = .managementAPI
        } else if path.hasPrefix("/login/sso") {
            self = .signOn
        } else {
            self = method == .post ? Self.forms[String(path)] ?? .page : .page
        }
    }
}

/// How a request ended, for counting.
enum RequestOutcome: String, CaseIterable, Sendable {
    case accepted
    /// What was sent is wrong, or there is no such thing.
    case invalid
    /// Who asked may not, or has not proven who it is.
    case refused
    case throttled
    /// The node or its store is too busy.
    case unavailable
    case failed

    init(_ status: HTTPResponse.Status) {
        switch status.code {
        case ..<400: self = .accepted
        case 401, 403: self = .refused
        case 429: self = .throttled
        case ..<500: self = .invalid
        case 503: self = .unavailable
        default: self = .failed
        }
    }
}
