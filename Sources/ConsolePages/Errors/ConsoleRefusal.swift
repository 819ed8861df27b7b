import HTTPConventions

/// What the console itself refuses.
enum ConsoleRefusal: Error, Equatable {
    /// The form was not shown by the console to this admin in this browser, or too long ago.
    case staleForm
    /// The form asks for something that no form of the console offers.
    case unknownStep
}

extension Problem {
    init(_ refusal: ConsoleRefusal) {
        self.init(.forbidden, detail: "The form was too old or not made by this page. Open the page again and use its form.")
    }
}
