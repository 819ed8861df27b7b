/// What a call shows to be let in, as variables of the shell that the caller sets.
///
/// The variables stand between double quotes, the document's names between single quotes, so that no name is ever expanded.
struct CurlCredentials {
    private(set) var options: [String] = []
    /// The last pair of the query, whose value follows the quoted address.
    private(set) var queryKey: String?

    init(_ alternative: APISecurityAlternative?) {
        for requirement in alternative?.requirements ?? [] { add(requirement.scheme.kind) }
    }

    /// What follows the quoted address without a space.
    var queryEnd: String { queryKey == nil ? "" : #""$API_KEY""# }

    private mutating func add(_ kind: APISecurityScheme.Kind) {
        switch kind {
        case .apiKey(let name, .query): queryKey = PercentEncoding.component(name) + "="
        case .apiKey(let name, .cookie):
            if HTTPToken.isToken(name) { options.append("--cookie \(ShellWord.quoted("\(name)="))\"$API_KEY\"") }
        case .apiKey(let name, _):
            if HTTPToken.isToken(name) { options.append("--header \(ShellWord.quoted("\(name): "))\"$API_KEY\"") }
        case .http("basic", _): options.append(#"--user "$USERNAME:$PASSWORD""#)
        case .http("bearer", _), .oauth2, .openIDConnect: options.append(#"--header "Authorization: Bearer $TOKEN""#)
        case .http(let scheme, _):
            if HTTPToken.isToken(scheme) {
                options.append("--header \(ShellWord.quoted("Authorization: \(scheme) "))\"$CREDENTIALS\"")
            }
        case .mutualTLS: options.append("--cert client.pem --key client-key.pem")
        }
    }
}
