/// What the form of a portal's look can ask for.
enum LookStep: String {
    case save
    case removeLogo = "remove-logo"
    case removeFavicon = "remove-favicon"
}
