"""APIs with documents: a usual one, a long one and a hostile one; and how a person reads them."""

import json

from visit import Problem

HARBOUR = """
openapi: 3.1.0
info:
  title: Harbour
  version: "2.1"
  description: |
    Everything about **ships** and their berths.

    | colour | meaning |
    | --- | --- |
    | `green` | free |
    | `red` | taken |

    > Times are in UTC. See the [handbook](https://harbour.example.com/handbook).
  contact: {name: Harbour desk, email: desk@harbour.example.com, url: 'https://harbour.example.com'}
  license: {name: Apache 2.0, identifier: Apache-2.0}
  termsOfService: https://harbour.example.com/terms
servers:
  - url: https://{region}.harbour.example.com/v2
    description: The harbour of a region
    variables: {region: {default: eu, enum: [eu, us, au]}}
tags:
  - {name: Ships, description: 'What *comes* and goes'}
  - {name: Berths, description: Where it stays}
security: [{key: []}, {login: ['berths:write']}]
paths:
  /ping: {get: {operationId: ping, summary: Is anybody there, security: [], responses: {'204': {description: 'Yes'}}}}
  /ships:
    get:
      tags: [Ships]
      operationId: listShips
      summary: List the ships
      parameters:
        - {name: flag, in: query, description: 'Under which flag, as in ISO 3166', schema: {type: string, pattern: '^[A-Z]{2}$'}, example: DE}
        - {name: size, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
        - {name: kind, in: query, schema: {type: string, enum: [cargo, tanker, ferry, sail]}}
        - {name: X-Trace, in: header, deprecated: true, schema: {type: string, format: uuid}}
      responses:
        '200':
          description: One page of ships
          headers: {X-Next: {description: Where the next page is, schema: {type: string}}}
          content: {application/json: {schema: {type: array, maxItems: 100, items: {$ref: '#/components/schemas/Ship'}}}}
        default: {$ref: '#/components/responses/Problem'}
  /ships/{id}:
    get:
      tags: [Ships]
      operationId: getShip
      summary: Read a ship
      parameters: [{name: id, in: path, required: true, description: Its IMO number, schema: {type: integer, minimum: 1}, example: 9074729}]
      responses:
        '200': {description: The ship, content: {application/json: {schema: {$ref: '#/components/schemas/Ship'}}}}
        '404': {$ref: '#/components/responses/Problem'}
  /berths/{berth}/bookings:
    post:
      tags: [Berths]
      operationId: bookBerth
      summary: Book a berth
      description: Books a berth for **one** ship. A berth that is taken is a conflict.
      parameters: [{name: berth, in: path, required: true, schema: {type: string}, example: B-07}]
      requestBody:
        required: true
        description: What comes, and when
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Booking'}
            examples: {night: {summary: One night, value: {ship: 9074729, from: '2026-11-24T18:00:00Z', until: '2026-11-25T06:00:00Z'}}}
      responses:
        '201': {description: It is yours}
        '409': {$ref: '#/components/responses/Problem'}
    delete:
      tags: [Berths]
      deprecated: true
      summary: Give all bookings back
      parameters: [{name: berth, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Free again}}
components:
  securitySchemes:
    key: {type: apiKey, name: X-Harbour-Key, in: header, description: Ask the desk for one.}
    login:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: 'https://login.harbour.example.com/token', scopes: {'berths:write': Book and give back}}
  responses:
    Problem:
      description: What was wrong
      content: {application/problem+json: {schema: {$ref: '#/components/schemas/Problem'}}}
  schemas:
    Ship:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, readOnly: true, description: The IMO number}
        name: {type: string, minLength: 1, maxLength: 40, description: 'As painted on the *hull*'}
        kind: {type: string, enum: [cargo, tanker, ferry, sail], default: cargo}
        escort: {$ref: '#/components/schemas/Ship'}
        measures:
          type: object
          properties:
            length: {type: number, exclusiveMinimum: 0}
            draught: {type: object, properties: {fore: {type: number}, aft: {type: number}}}
    Booking:
      type: object
      required: [ship, from, until]
      properties: {ship: {type: integer}, from: {type: string, format: date-time}, until: {type: string, format: date-time}}
    Problem:
      type: object
      properties:
        status: {type: integer}
        title: {type: string}
        cause: {oneOf: [{type: string}, {$ref: '#/components/schemas/Booking'}]}
"""

SCRIPT = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
LONG_OPERATIONS = 260


def _numbered(title, operations):
    paths = {
        f"/depots/{number}/stock": {"get": {
            "tags": [f"Region {number // 60 + 1}"], "operationId": f"stock{number}", "summary": f"What is in depot {number}",
            "description": "Counts what there is. " * 12, "responses": {"200": {"description": "The stock"}}}}
        for number in range(operations)
    }
    return json.dumps({"openapi": "3.0.3", "info": {"title": title, "version": "1"}, "paths": paths})


def _hostile():
    return json.dumps({
        "openapi": "3.0.3", "info": {"title": "Hostile", "version": "1", "description": SCRIPT},
        "tags": [{"name": SCRIPT, "description": f"[x](javascript:alert(1)) {SCRIPT}"}],
        "paths": {"/a": {"get": {
            "tags": [SCRIPT], "summary": SCRIPT, "operationId": "attack", "description": SCRIPT,
            "parameters": [{"name": SCRIPT, "in": "query", "schema": {"type": "string", "enum": [SCRIPT], "default": SCRIPT}}],
            "responses": {"200": {"description": SCRIPT, "content": {"application/json": {
                "schema": {"type": "object", "properties": {SCRIPT: {"type": "string"}}}, "example": {SCRIPT: SCRIPT}}}}}}}}})


def publish_documents(cluster, geo):
    """Publishes four APIs with documents, and so many without that the catalog has a second page."""
    apis = [("Harbour", HARBOUR), ("Depots", _numbered("Depots", LONG_OPERATIONS)), ("Sheds", _numbered("Sheds", 30)),
            ("Hostile", _hostile())] + [(f"Quay {n:02}", None) for n in range(1, 26)]
    for name, document in apis:
        body = {"name": name, "slug": name.lower().replace(" ", "-"), "description": f"What there is to know of {name.lower()}."}
        if document:
            body["spec_content"] = document
        api = cluster.manage(geo, "POST", "/v3/apis", body)
        cluster.manage(
            geo, "PUT", f"/v3/apis/{api['id']}/publications/{cluster.geo(geo)['portal_id']}", {"visibility": "public"})


def read_documents(visit, cluster):
    portal = cluster.geo("eu")["portal_url"]
    visit.open(portal)
    visit.see("catalog-in-parts", "Page 1 of 2", "Harbour")
    visit.press("a[rel='next']")
    visit.see("catalog-second-part", "Page 2 of 2", "Quay 25")
    visit.type("q", "berth")
    visit.press("form.search button")
    visit.see("catalog-search", "Harbour")
    visit.type("q", "no such thing")
    visit.press("form.search button")
    visit.see("catalog-search-nothing", "Nothing matches")

    visit.open(f"{portal}/apis/harbour")
    visit.see("api-document", "List the ships", "curl", "Book a berth", "in the path", "It begins again here", "Copy")
    visit.print("api-document-printed")
    visit.press("main .names a[href$='/ship']")
    visit.see("schema", "As painted on the hull")
    visit.open(f"{portal}/apis/harbour/operations/bookberth")
    visit.see("operation", "Books a berth for one ship", "X-Harbour-Key")
    _copy(visit)

    visit.open(f"{portal}/apis/depots")
    visit.see("long-document", "260 operations", "Page 1 of 3")
    visit.type("find", "depot 25")
    visit.press("form.search button")
    visit.see("long-document-search", "What is in depot 250", "of 260 operations")
    visit.press("main .operations a")
    visit.see("long-document-operation", "Counts what there is")

    visit.open(f"{portal}/apis/sheds")
    visit.type("find", "depot 7")
    visit.see("live-filter", "What is in depot 7")
    if visit.page.locator(".operations li:visible").count() != 3:
        raise Problem("what is typed does not filter the list")
    if visit.page.locator(".count").inner_text() != "3 of 30 operations":
        raise Problem("the count does not follow what is typed")

    visit.open(f"{portal}/apis/hostile")
    visit.see("hostile-document", "document.title = 'taken'")
    if "taken" in visit.page.title():
        raise Problem("a script of a document was run")
    _download(visit)


def _copy(visit):
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.tab_to("button.copy")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function("() => document.querySelector('button.copy').textContent === 'Copied'")
    copied = visit.page.evaluate("() => navigator.clipboard.readText()")
    shown = visit.page.evaluate("() => document.querySelector('pre.curl code').textContent")
    if copied != shown or not copied.startswith("curl "):
        raise Problem(f"the button copied {copied!r}")


def _download(visit):
    visit.tab_to("a[download]")
    with visit.page.expect_download() as download:
        visit.page.keyboard.press("Enter")
    if download.value.path().read_text() != _hostile():
        raise Problem("the downloaded document is not the one that was published")
