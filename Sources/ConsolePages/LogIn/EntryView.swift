import Accounts
import Languages
import WebPages

/// A form before the log-in as a template shows it.
struct EntryView {
    struct HiddenField {
        let name: String
        let value: String
    }

    let title: String
    let lead: String
    let action: String
    let token: String
    let hidden: [HiddenField]
    let fields: [FieldView]
    let button: String
    let notice: NoticeView?
    let problem: ProblemView?
    /// What an authenticator app has to know, where a second factor is set up.
    let offer: SecondFactorView?
    /// The way to the form that mails a link.
    let forgotten: String?
    /// The way back to the log-in.
    let back: String?

    init(
        _ form: EntryForm, token: String, typed: String = "", hidden: [(String, String)] = [], notice: String? = nil,
        refused message: PageMessage? = nil, offer: ConsoleAccess.Offer? = nil, in book: Phrasebook
    ) {
        title = offer == nil ? form.title(in: book) : book["console.factor.setUpTitle"]
        lead = offer == nil ? form.lead(in: book) : book["console.factor.setUpLead"]
        action = form.action
        self.token = token
        self.hidden = hidden.filter { !$0.1.isEmpty }.map { HiddenField(name: $0.0, value: $0.1) }
        let fields = form.fields(typed, isSettingUp: offer != nil, refused: message, in: book)
        self.fields = fields
        button = form.button(in: book)
        self.notice = NoticeView(notice)
        problem = message.map { ProblemView($0, fields: fields) }
        self.offer = offer.map(SecondFactorView.init)
        forgotten = form == .logIn ? EntryForm.forgotPassword.action : nil
        back = form == .forgotPassword ? EntryForm.logIn.action : nil
    }
}
