/// What the console itself refuses.
enum ConsoleRefusal: Error, Equatable {
    /// The form was not shown by the console to this admin in this browser, or too long ago.
    case staleForm
    /// The form asks for something that no form of the console offers.
    case unknownStep
}
