import Foundation
import Geography
import NIOCore

/// Why the management API did not do what was asked.
public enum ManagementError: Error, Equatable, Sendable, CustomStringConvertible {
    case wrongAddress(String)
    /// Something that is no admin token; never what it was.
    case wrongToken
    /// A token and an address of two geos.
    case otherGeo(token: GeoID, address: String)
    case unreachable(String, reason: String)
    case notUnderstood
    case noSuchPortal(String, known: [String])
    case noSuchDeveloper(String)
    case noSuchAdmin(String)
    case noSuchAPI(String)
    case refused(status: Int, title: String, detail: String)

    init(status: Int, problem: ByteBuffer) {
        struct Problem: Decodable {
            struct Field: Decodable {
                let field: String
                let reason: String
            }

            let title: String
            let detail: String
            let invalidParameters: [Field]?
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let problem = try? decoder.decode(Problem.self, from: Data(problem.readableBytesView)) else {
            self = .refused(
                status: status, title: "Error", detail: "the answer was no problem document; is this a management API?")
            return
        }
        let fields = (problem.invalidParameters ?? []).map { "\($0.field) \($0.reason)" }
        let detail = fields.isEmpty ? problem.detail : fields.joined(separator: "; ")
        self = .refused(status: status, title: problem.title, detail: detail)
    }

    public var description: String {
        switch self {
        case .wrongAddress(let found):
            "expected the address of a geo's management API such as https://eu.api.example.com, found \"\(found)\""
        case .wrongToken: "expected an admin token such as ptladm_eu_…, found something else"
        case .otherGeo(let geo, let address):
            "expected the management API of the geo \(geo), of which the token is, found \(address); nothing was sent"
        case .unreachable(let address, let reason): "\(address) cannot be reached (\(reason)); is the router running?"
        case .notUnderstood: "the answer is not that of a management API; check the address"
        case .noSuchPortal(let name, let known):
            "there is no portal \"\(name)\" in this geo; there are \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .noSuchDeveloper(let address):
            "the portal has no developer \"\(address)\"; expected an address or an id, see: portolanctl developers list"
        case .noSuchAdmin(let name):
            "the geo has no admin \"\(name)\"; expected an address or an id, see: portolanctl admins list"
        case .noSuchAPI(let name):
            "the geo has no API \"\(name)\"; expected a slug or an id, see: portolanctl apis list"
        case .refused(401, _, _):
            "the token was refused (401); take one of this geo, from: portolanctl admin token create"
        case .refused(403, "Wrong geo", _):
            "the token is one of another geo (403); give --api the address of the token's geo, or take a token of this one"
        case .refused(let status, let title, let detail): "\(title) (\(status)): \(detail)"
        }
    }
}
