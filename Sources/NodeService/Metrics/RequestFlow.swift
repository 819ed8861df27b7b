import HTTPTypes

/// What a request is part of, for counting: by its method, its path, and whether it is for the console.
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
    case consoleLogIn = "console_log_in"
    case consolePage = "console_page"

    private static let forms: [String: RequestFlow] = [
        "/register": .registration, "/verify-email": .verification, "/reset-password": .password, "/forgot-password": .recovery,
        "/login": .logIn, "/logout": .logOut,
    ]

    private static let consoleForms: [String: RequestFlow] = ["/login": .consoleLogIn, "/second-factor": .consoleLogIn]

    private static let operations: [String: RequestFlow] = [
        "": .registration, "/verify-email": .verification, "/reset-password": .password, "/forgot-password": .recovery,
        "/authenticate": .logIn, "/refresh": .renewal, "/logout": .logOut,
    ]

    /// - Parameter target: path and query. Of the query counts only whether an identity provider sent the browser back.
    init(_ method: HTTPRequest.Method, target: Substring, isConsole: Bool = false) {
        let path = target.prefix { $0 != "?" }
        if isConsole {
            self = method == .post ? Self.consoleForms[String(path)] ?? .consolePage : .consolePage
            return
        }
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
        } else if path.hasPrefix("/login/sso") || path == "/login" && Self.isFromProvider(target.dropFirst(path.count)) {
            self = .signOn
        } else {
            self = method == .post ? Self.forms[String(path)] ?? .page : .page
        }
    }

    /// OpenID Connect Core 1.0, section 3.1.2: with a code, or with an error.
    private static func isFromProvider(_ query: Substring) -> Bool {
        query.dropFirst().split(separator: "&").contains { $0.hasPrefix("code=") || $0.hasPrefix("error=") }
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
