import WebPages

/// One form with what stands in it.
struct FormPage {
    /// Something that is carried along unseen.
    struct HiddenField {
        let name: String
        let value: String
    }

    let purpose: FormPurpose
    /// What is typed into it; fewer than usual where there is nothing to ask.
    var fields: [FormField]
    var typed: [FormField: String] = [:]
    var hidden: [HiddenField] = []
    /// Good news above the form.
    var notice: NoticeView?
    /// What stands on the button instead of the purpose's words.
    var button: String?
    /// What the button is about, for those who do not see what stands around it.
    var buttonDetail: String?
    /// Where the log-in through an identity provider begins.
    var signOnPath = "/login/sso"
    /// The address of whose password it is, for password managers; nobody sees it.
    var username: String?

    init(_ purpose: FormPurpose, notice: NoticeView? = nil) {
        self.purpose = purpose
        fields = purpose.fields
        self.notice = notice
    }

    /// The form as it was sent, for showing it again; without what is secret.
    init(_ purpose: FormPurpose, filledWith body: FormFields) {
        self.init(purpose)
        for field in purpose.fields where !field.isSecret { typed[field] = body[field] }
    }

    mutating func carry(_ name: String, _ value: String) { hidden.append(HiddenField(name: name, value: value)) }
}
