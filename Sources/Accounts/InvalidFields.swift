/// Reads several fields of a form and names all that are wrong, not only the first.
enum InvalidFields {
    static func collect<First, Second>(
        _ first: () throws -> First, _ second: () throws -> Second
    ) throws -> (First, Second) {
        var errors: [FieldError] = []
        let firstValue = try attempt(first, &errors)
        let secondValue = try attempt(second, &errors)
        guard let firstValue, let secondValue else { throw AccountError.invalidFields(errors) }
        return (firstValue, secondValue)
    }

    /// Reads one field.
    static func require<Value>(_ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let error as FieldError {
            throw AccountError.invalidFields([error])
        }
    }

    private static func attempt<Value>(_ read: () throws -> Value, _ errors: inout [FieldError]) throws -> Value? {
        do {
            return try read()
        } catch let error as FieldError {
            errors.append(error)
            return nil
        }
    }
}
