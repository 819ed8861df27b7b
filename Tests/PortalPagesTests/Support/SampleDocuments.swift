/// OpenAPI documents for tests.
enum SampleDocuments {
    /// Everything that a usual document has.
    static let harbour = """
        openapi: 3.1.0
        info:
          title: Harbour
          version: "2.1"
          description: Ships **come** and go.
          contact: {name: Harbour desk, email: desk@harbour.example}
          license: {name: MIT, identifier: MIT}
          termsOfService: https://harbour.example/terms
        servers: [{url: 'https://{region}.harbour.example/v2', variables: {region: {default: eu, enum: [eu, us]}}}]
        tags: [{name: Ships, description: What *floats*}]
        security: [{key: []}]
        paths:
          /ping: {get: {operationId: ping, summary: Is anybody there, security: [], responses: {'204': {description: Yes}}}}
          /ships/{id}:
            get:
              tags: [Ships]
              operationId: getShip
              summary: Read a ship
              parameters:
                - {name: id, in: path, required: true, description: Its number, schema: {type: integer, minimum: 1}}
                - {name: fields, in: query, schema: {type: string, enum: [name, crew], default: name}}
              responses:
                '200':
                  description: The ship
                  headers: {ETag: {schema: {type: string}}}
                  content: {application/json: {schema: {$ref: '#/components/schemas/Ship'}}}
                '404': {description: No such ship}
            delete:
              tags: [Ships]
              deprecated: true
              summary: Sink a ship
              parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
              responses: {'204': {description: Gone}}
          /ships:
            post:
              tags: [Ships]
              summary: Add a ship
              requestBody:
                required: true
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/Ship'}
                    examples: {small: {summary: A boat, value: {name: Dinghy}}}
              responses: {'201': {description: Added}}
        components:
          securitySchemes: {key: {type: apiKey, name: X-Harbour-Key, in: header, description: Ask the desk}}
          schemas:
            Ship:
              type: object
              required: [name]
              properties:
                name: {type: string, minLength: 1, maxLength: 40, description: As painted on the *hull*}
                escort: {$ref: '#/components/schemas/Ship'}
                crew: {type: array, items: {$ref: '#/components/schemas/Sailor'}}
            Sailor: {type: object, properties: {rank: {type: string, enum: [mate, master]}}}

        """

    static let longSummary = String(repeating: "Makes a ship fast. ", count: 10).dropLast()

    /// What few documents have.
    static let pier = """
        openapi: 3.1.0
        info: {title: Pier, version: '1'}
        paths:
          /berths/{berth}:
            delete: {operationId: leave, summary: Leave, responses: {'204': {description: Left}}}
            put:
              operationId: moor
              summary: \(longSummary)
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Vessel'}}}}
              callbacks: {moored: {'{$request.body#/url}': {post: {responses: {'204': {description: Heard}}}}}}
              responses:
                '200':
                  description: Fast
                  headers: {x-request-id: {schema: {type: string}}}
                  links: {leave: {operationId: leave, parameters: {berth: $response.body#/berth}}}
        components:
          schemas:
            Tug: {type: object, properties: {power: {type: integer}}}
            Vessel:
              oneOf: [{$ref: '#/components/schemas/Tug'}]
              discriminator: {propertyName: kind, mapping: {t: '#/components/schemas/Tug'}}
              if: {required: [name]}
              then: {minProperties: 2}
              else: {maxProperties: 1}
              dependentSchemas: {flag: {required: [name]}}
              dependentRequired: {crew: [captain]}
              propertyNames: {pattern: '^[a-z]+$'}
              properties:
                place: {type: array, prefixItems: [{type: number}, {type: number}], items: false}
                marks: {type: array, contains: {const: red}}
                papers: {type: string, contentMediaType: application/json, contentSchema: {type: object}}
                note: {anyOf: [{type: string}, {type: 'null'}]}

        """

    /// A document with so many operations.
    static func large(operations: Int) -> String {
        let paths = (0..<operations).map { number in
            """
              /things/\(number): {get: {operationId: read\(number), tags: [Tag \(number / 50)], summary: Read thing \(number), \
            description: '\(String(repeating: "A long text. ", count: 20))', responses: {'200': {description: It}}}}
            """
        }
        return "openapi: 3.0.3\ninfo: {title: Large, version: '1'}\npaths:\n" + paths.joined(separator: "\n") + "\n"
    }

    /// A document that has something to break out of a page wherever a document may have a text.
    static func hostile(_ text: String) -> String {
        let quoted = "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        return """
            {"openapi": "3.0.3",
             "info": {"title": \(quoted), "version": \(quoted), "description": \(quoted), "contact": {"name": \(quoted), "email": \(quoted)},
              "license": {"name": \(quoted)}},
             "servers": [{"url": "https://{a}.example", "description": \(quoted),
              "variables": {"a": {"default": \(quoted), "enum": [\(quoted)], "description": \(quoted)}}}],
             "tags": [{"name": \(quoted), "description": \(quoted)}],
             "security": [{\(quoted): []}],
             "paths": {"/a": {"post": {"operationId": \(quoted), "summary": \(quoted), "description": \(quoted), "tags": [\(quoted)],
              "parameters": [{"name": \(quoted), "in": "query", "description": \(quoted), "example": \(quoted),
               "schema": {"type": "string", "enum": [\(quoted)], "default": \(quoted), "format": \(quoted), "pattern": \(quoted)}}],
              "requestBody": {"description": \(quoted), "content": {"application/json": {
               "schema": {"$ref": "#/components/schemas/A"},
               "examples": {\(quoted): {"summary": \(quoted), "description": \(quoted), "value": {\(quoted): \(quoted)}}}}}},
              "responses": {"200": {"description": \(quoted), "headers": {"X-A": {"description": \(quoted), "schema": {"type": "string"}}},
               "content": {"text/plain": {"example": \(quoted), "schema": {"type": "string", "example": \(quoted)}}}}},
              "callbacks": {\(quoted): {}}}}},
             "components": {"securitySchemes": {\(quoted): {"type": "apiKey", "name": \(quoted), "in": "header",
               "description": \(quoted)}},
              "schemas": {"A": {"title": \(quoted), "description": \(quoted), "properties": {\(quoted): {"type": "string",
               "description": \(quoted)}}}}}}
            """
    }
}
