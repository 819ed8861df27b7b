/// What the catalog of a new local portal shows: one API for everybody, one for developers who are logged in.
struct SampleAPI {
    let name: String
    let version: String
    let description: String
    let visibility: String
    /// OpenAPI.
    let document: String

    static let all = [
        SampleAPI(
            name: "Port Calls", version: "v1", description: "Arrivals and departures of ships, by harbour and by day.",
            visibility: "public", document: portCalls),
        SampleAPI(
            name: "Berth Bookings", version: "v2", description: "Reserve a berth, change it, give it back.",
            visibility: "private", document: berthBookings),
    ]

    private static let portCalls = """
        openapi: 3.1.0
        info: {title: Port Calls, version: v1, description: 'Which ships come and go, **by harbour and by day**.'}
        servers: [{url: 'https://port-calls.example.com/v1'}]
        tags: [{name: Calls, description: What happens in a harbour}]
        paths:
          /harbours/{harbour}/calls:
            parameters:
              - {name: harbour, in: path, required: true, description: A UN/LOCODE, schema: {type: string, examples: [DEHAM]}}
            get:
              operationId: listCalls
              tags: [Calls]
              summary: List the calls of a day
              parameters: [{name: day, in: query, schema: {type: string, format: date}}]
              responses:
                '200':
                  description: The calls, in the order of arrival
                  content:
                    application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Call'}}}
          /calls/{call}:
            get:
              operationId: getCall
              tags: [Calls]
              summary: Read a call
              parameters: [{name: call, in: path, required: true, schema: {type: string, format: uuid}}]
              responses:
                '200': {description: The call, content: {application/json: {schema: {$ref: '#/components/schemas/Call'}}}}
                '404': {description: There is no such call}
        components:
          schemas:
            Call:
              type: object
              required: [id, ship, arrival]
              properties:
                id: {type: string, format: uuid}
                ship: {type: string, examples: [Ever Onward]}
                arrival: {type: string, format: date-time}
                departure: {type: [string, 'null'], format: date-time, description: Null while the ship is there}

        """

    private static let berthBookings = """
        openapi: 3.0.3
        info: {title: Berth Bookings, version: v2}
        servers: [{url: 'https://berths.example.com/v2'}]
        security: [{token: []}]
        paths:
          /bookings:
            post:
              operationId: bookBerth
              tags: [Bookings]
              summary: Book a berth
              requestBody:
                required: true
                content: {application/json: {schema: {$ref: '#/components/schemas/Booking'}}}
              responses:
                '201': {description: It is yours}
                '409': {description: Somebody else has it}
          /bookings/{booking}:
            delete:
              operationId: cancelBooking
              tags: [Bookings]
              summary: Give a berth back
              parameters: [{name: booking, in: path, required: true, schema: {type: string}}]
              responses:
                '204': {description: It is free again}
        components:
          securitySchemes: {token: {type: http, scheme: bearer}}
          schemas:
            Booking:
              type: object
              required: [berth, from, until]
              properties:
                berth: {type: string, example: B-07}
                from: {type: string, format: date-time}
                until: {type: string, format: date-time}

        """
}
