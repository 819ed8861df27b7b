import Accounts
import Languages
import WebPages

/// What the template of one identity provider shows: of a new one, or of one that is there.
struct IdentityProviderView {
    let title: String
    let back: String
    let action: String
    let fields: [FieldView]
    let authentication: SelectView
    /// Where a private key goes.
    let key: FieldView
    let moreFields: [FieldView]
    /// What somebody reads who may change nothing; a secret is not told.
    let facts: [FieldView]
    let switches: [SwitchView]
    let isNew: Bool
    let mayChange: Bool
    let examination: ExaminationView?
    let notice: NoticeView?
    let problem: ProblemView?

    /// - Parameter provider: nil for a new one.
    init(
        _ form: IdentityProviderForm, provider: IdentityProvider?, at portal: Portal, examination: [ExaminedStep]? = nil,
        notice: String? = nil, refused message: PageMessage? = nil, in context: ConsoleRequestContext
    ) {
        let book = context.book
        title = provider?.issuer ?? book["console.signOn.newTitle"]
        back = PortalArea.logIn.path(at: portal)
        action = provider.map { PortalArea.path(of: $0, at: portal) } ?? "\(back)/new"
        let keepsSecret = provider?.secret != nil
        let secretHint = keepsSecret ? book["console.signOn.secretKept"] : book["console.signOn.secretNew"]
        func field(_ id: String, _ label: String, _ value: String, hint: String? = nil) -> FieldView {
            FieldView(id, label: label, value: value, hint: hint, refused: message, in: book)
        }
        let fields = [
            field(
                IdentityProviderForm.issuerField, book["console.signOn.issuer"], form.issuer,
                hint: book["console.signOn.issuerHint"]),
            field(IdentityProviderForm.clientField, book["console.signOn.client"], form.client),
            FieldView(
                IdentityProviderForm.secretField, label: book["console.signOn.secret"], type: "password",
                autocomplete: "new-password", hint: secretHint, isRequired: false, refused: message, in: book),
        ]
        authentication = SelectView(
            IdentityProviderForm.authenticationField, label: book["console.signOn.authentication"],
            options: ClientAuthentication.allCases.map { ($0.rawValue, $0.label(in: book)) },
            selected: form.authentication.rawValue)
        key = FieldView(
            IdentityProviderForm.keyField, label: book["console.signOn.key"], hint: book["console.signOn.keyHint"],
            isRequired: false, refused: nil, in: book)
        let moreFields = [
            field(
                IdentityProviderForm.scopesField, book["console.signOn.scopes"], form.scopes,
                hint: book["console.signOn.scopesHint"]),
            field(IdentityProviderForm.nameField, book["console.signOn.nameClaim"], form.claims.name),
            field(IdentityProviderForm.emailField, book["console.signOn.emailClaim"], form.claims.email),
            field(
                IdentityProviderForm.groupsField, book["console.signOn.groupsClaim"], form.claims.groups,
                hint: book["console.signOn.claimsHint"]),
        ]
        self.fields = fields
        self.moreFields = moreFields
        facts = fields.filter { $0.id != IdentityProviderForm.secretField } + moreFields
        switches = [
            SwitchView(
                IdentityProviderForm.linksField, label: book["console.signOn.links"], hint: book["console.signOn.linksHint"],
                isOn: form.linksVerifiedAddresses),
            SwitchView(
                IdentityProviderForm.enabledField, label: book["console.signOn.enabled"],
                hint: book["console.signOn.enabledHint"], isOn: form.isEnabled),
        ]
        isNew = provider == nil
        mayChange = context.may(.managePortals)
        self.examination = examination.map { ExaminationView($0, in: book) }
        self.notice = NoticeView(notice)
        problem = message.map { ProblemView($0, fields: fields + moreFields) }
    }
}

extension ClientAuthentication {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .basic: book["console.signOn.basic"]
        case .post: book["console.signOn.post"]
        case .privateKey: book["console.signOn.privateKey"]
        }
    }
}
