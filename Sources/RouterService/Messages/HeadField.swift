/// One header field of a message's head, as ranges of the head's bytes.
struct HeadField {
    let kind: FieldKind
    let name: Range<Int>
    /// Without the blanks around it.
    let value: Range<Int>
    /// The whole line with its line end.
    let line: Range<Int>
}
