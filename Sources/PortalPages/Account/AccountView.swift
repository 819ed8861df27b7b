import WebPages

/// What the template of an account shows.
struct AccountView {
    let name: String
    let email: String
    let since: String
    let sinceDate: String
    let notice: NoticeView?
    let naming: FormView
    let newPassword: FormView
    /// Whether there is one to change; who came through an identity provider has none.
    let hasPassword: Bool
    let sessions: [SessionView]
    /// A session's form that could not be taken.
    let refusedEnding: FormView?
    let logOut: FormView
}
