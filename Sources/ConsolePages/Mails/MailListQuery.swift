import Accounts
import WebPages

/// Which mails of the queue a page asks for; everything that the form can say is in the page's address.
struct MailListQuery {
    let stage: MailStage?
    let portal: PortalID?
    let kind: MailKind?
    let page: Int

    /// What the query does not say, or says in words that no form has, is everything.
    init(_ query: FormFields) {
        stage = MailStage(rawValue: query["state"])
        portal = PortalID(query["portal"])
        kind = MailKind(rawValue: query["kind"])
        page = Pager.number(in: query)
    }

    var filter: MailFilter { MailFilter(stage: stage, portal: portal, kind: kind) }

    /// Whether the list is not simply everything.
    var isNarrow: Bool { stage != nil || portal != nil || kind != nil }

    /// What stands in the addresses of other pages of the list.
    var pairs: [(name: String, value: String)] {
        [("state", stage?.rawValue), ("portal", portal?.description), ("kind", kind?.rawValue)].compactMap { name, value in
            value.map { (name: name, value: $0) }
        }
    }
}
