/// Something that is on or off as a template shows it.
struct SwitchView {
    let id: String
    let label: String
    let hint: String?
    let isOn: Bool

    init(_ id: String, label: String, hint: String? = nil, isOn: Bool) {
        self.id = id
        self.label = label
        self.hint = hint
        self.isOn = isOn
    }
}
