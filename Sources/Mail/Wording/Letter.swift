/// What one mail says, in words: the subject and the two forms of the text.
struct Letter {
    let subject: String
    /// Lines of at most 76 columns, except for links and other long words.
    let text: String
    let html: String

    init(_ wording: MailWording) throws(RenderingError) {
        subject = wording.subject
        let templates = try MailTemplates.embedded.get()
        text = TextWrapping.wrap(try templates.render(wording.values, with: "layout.txt"))
        html = try templates.render(wording.values, with: "layout.html")
    }
}
