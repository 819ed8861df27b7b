/// One way of a navigation.
struct NavigationEntry {
    let path: String
    let label: String
    let isCurrent: Bool
}
