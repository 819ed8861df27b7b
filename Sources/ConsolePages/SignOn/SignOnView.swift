import Accounts
import Languages
import WebPages

/// What the template of a portal's ways to log in shows.
struct SignOnView {
    struct Row {
        let issuer: String
        let client: String
        let path: String
        let state: String
        let isOn: Bool
    }

    let title: String
    let action: String
    let switches: [SwitchView]
    let rows: [Row]
    let hasRows: Bool
    let newPath: String
    let addresses: [ProviderSideAddress]
    /// Whether whoever looks may change anything.
    let mayChange: Bool
    let notice: NoticeView?
    let problem: ProblemView?

    init(
        _ methods: LogInMethods, providers: [IdentityProvider], at portal: Portal, links: PortalLinks, notice: String?,
        refused message: PageMessage?, in context: ConsoleRequestContext
    ) {
        let book = context.book
        title = book["console.signOn.title"]
        action = PortalArea.logIn.path(at: portal)
        newPath = "\(action)/new"
        switches = [
            SwitchView(
                "passwords", label: book["console.signOn.passwords"], hint: book["console.signOn.passwordsHint"],
                isOn: methods.passwords),
            SwitchView(
                "single_sign_on", label: book["console.signOn.provider"], hint: book["console.signOn.providerHint"],
                isOn: methods.singleSignOn),
        ]
        rows = providers.map { provider in
            let isOn = portal.settings.identityProvider == provider.id
            return Row(
                issuer: provider.issuer, client: provider.clientID, path: PortalArea.path(of: provider, at: portal),
                state: isOn ? book["console.settings.on"] : book["console.settings.off"], isOn: isOn)
        }
        hasRows = !rows.isEmpty
        addresses = ProviderSideAddress.all(of: portal, links: links, in: book)
        mayChange = context.may(.managePortals)
        self.notice = NoticeView(notice)
        problem = message.map { ProblemView($0, fields: []) }
    }
}

/// An address that has to be entered at the provider, letter by letter.
struct ProviderSideAddress {
    let id: String
    let label: String
    let value: String

    static func all(of portal: Portal, links: PortalLinks, in book: Phrasebook) -> [ProviderSideAddress] {
        [
            ProviderSideAddress(id: "redirect", label: book["console.signOn.redirect"], value: links.logIn(at: portal)),
            ProviderSideAddress(id: "log-out", label: book["console.signOn.logOut"], value: links.logIn(at: portal)),
            ProviderSideAddress(
                id: "back-channel", label: book["console.signOn.backChannel"], value: links.backChannelLogOut(at: portal)),
        ]
    }
}

extension PortalArea {
    static func path(of provider: IdentityProvider, at portal: Portal) -> String {
        "\(logIn.path(at: portal))/\(provider.id)"
    }
}
