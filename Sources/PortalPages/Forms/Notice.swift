/// Something that went well.
struct Notice {
    let title: String
    let text: String
}
