/// Where a conversation with a server stands, by the command that it waits for.
enum SMTPStep: String, Sendable {
    case greeting = "the greeting"
    case hello = "EHLO"
    case startTLS = "STARTTLS"
    case authenticate = "AUTH"
    case sender = "MAIL"
    case recipient = "RCPT"
    case data = "DATA"
    case content = "the message"
    case reset = "RSET"
    case quit = "QUIT"
}
