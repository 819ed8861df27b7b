/// A choice of one among some as a template shows it.
struct SelectView {
    struct Option {
        let value: String
        let label: String
        let isSelected: Bool
    }

    let id: String
    let label: String
    let options: [Option]

    init(_ id: String, label: String, options: [(value: String, label: String)], selected: String) {
        self.id = id
        self.label = label
        self.options = options.map { Option(value: $0.value, label: $0.label, isSelected: $0.value == selected) }
    }
}
