/// What the form of a mail's texts can ask for.
enum MailTextStep: String {
    case save, preview, test, reset
}
