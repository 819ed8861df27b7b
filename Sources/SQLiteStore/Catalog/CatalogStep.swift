import Accounts
import GRDB

/// One step on one API, inside a transaction: what is known, and what changes.
struct CatalogStep {
    let database: Database
    let api: APIID
    let portal: PortalID?
    let now: Timestamp

    func snapshot() throws -> CatalogSnapshot {
        CatalogSnapshot(
            api: try database.api(api), portal: try portal.flatMap { try database.portal($0) },
            publication: try portal.flatMap { try database.publication(of: api, at: $0) })
    }

    func apply(_ change: CatalogChange, to known: PublishedAPI?) throws {
        switch change.api {
        case .keep: break
        case .put(let changed):
            guard changed.id == api else { throw StoreError.corrupt("a step on one API that changes another") }
            try database.save(changed, over: known)
        case .remove: try database.delete(api)
        }
        switch change.document {
        case .keep: break
        case .put(let new): try database.save(new, of: api)
        case .remove: try database.deleteDocument(of: api)
        }
        switch change.publication {
        case .keep: break
        case .put(let publication):
            guard publication.api == api, publication.portal == portal else {
                throw StoreError.corrupt("a step at one portal that publishes to another")
            }
            try database.save(publication)
        case .remove: if let portal { try database.deletePublication(of: api, at: portal) }
        }
        try database.append(change.events, at: now)
    }
}
