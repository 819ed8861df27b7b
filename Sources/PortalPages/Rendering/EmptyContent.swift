/// What a template shows that shows nothing of its own.
struct EmptyContent {}
