"""What schemathesis cannot read in a document: who is logged in, and which values go together.

Loaded into schemathesis's process. CONTRACT_CLUSTER names the file with the cluster's description, CONTRACT_TALLY the one into
which the answers are counted.
"""

import atexit
import functools
import itertools
import json
import os
import random
import re
import uuid
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

import jsonschema_rs
import schemathesis
import urllib3.connection
from people import GEO, PASSWORD, Portal, Refused

PORTAL = Portal(json.loads(Path(os.environ["CONTRACT_CLUSTER"]).read_text()), GEO)

# What anybody calls, so that no session goes with it.
OPEN = {
    "get-portal-api-document", "get-management-api-document", "get-portal-context", "register", "verify-email", "reset-password",
    "forgot-password", "authenticate", "authenticate-sso", "authenticate-oidc-callback", "oidc-backchannel-logout",
}
# What ends or uses up the session with which it is called.
USING_UP = {
    "refresh", "logout", "delete-developer-sessions", "delete-developer-session", "delete-developer-me",
    "change-developer-password",
}
# What asks for a password that is right: after a call with it, the developer is not the one that later calls may log in.
WITH_PASSWORD = {"delete-developer-me": "password", "change-developer-password": "current_password"}
# How often an operation is called, in each phase, with what no generator finds: a token from a mail, a password that is right.
REAL_CALLS = 3
# How often a developer may be asked for a password, fewer times than after which the next call would have to wait.
TRIES_EACH = 8


def name_of(operation):
    return operation.definition.raw["operationId"]


def is_well_formed(case):
    return case.meta is not None and case.meta.generation.mode.is_positive


class RealCalls:
    """The first few well-formed calls of each operation in each phase."""

    def __init__(self):
        self.made = Counter()

    def includes(self, case):
        key = (name_of(case.operation), case.meta and case.meta.phase.name)
        if not is_well_formed(case) or self.made[key] == REAL_CALLS:
            return False
        self.made[key] += 1
        return True


class Sessions:
    """Sessions of developers who signed up as people do. A log-in takes a while, so that a session is kept while it is open."""

    def __init__(self):
        self.lasting_one = self.spare_one = self.person = None
        self.tries = 0

    def lasting(self):
        """The session of all calls that leave it as it is."""
        if not self._is_open(self.lasting_one):
            self.lasting_one = self.last()
        return self.lasting_one

    def spare(self, operation):
        """A session that may end, of somebody else."""
        if self.person is None or self.tries == TRIES_EACH:
            self.person, self.spare_one, self.tries = PORTAL.sign_up(), None, 0
        if operation in WITH_PASSWORD:
            self.tries += 1
        # A refresh token that was used is no longer one, although its session is open.
        if operation == "refresh" or not self._is_open(self.spare_one):
            self.spare_one = PORTAL.log_in(self.person)
        return self.spare_one

    def last(self):
        """A new session of somebody who is not asked for again."""
        return PORTAL.log_in(PORTAL.sign_up())

    @staticmethod
    def _is_open(cookies):
        try:
            return cookies is not None and PORTAL.call("GET", "/api/v3/developer/me", cookies=cookies, expecting=200) is not None
        except Refused:
            return False


REAL, SESSIONS = RealCalls(), Sessions()


@schemathesis.auth(refresh_interval=None)
class Credentials:
    """An admin's token at the management API, a session at the portal."""

    def get(self, case, context):
        operation = name_of(context.operation)
        if operation in OPEN:
            return None
        if context.operation.path.startswith("/v3/"):
            return {"headers": {"Authorization": f"Bearer {PORTAL.admin_token}"}}
        if operation in WITH_PASSWORD and isinstance(case.body, dict) and REAL.includes(case):
            return {"cookies": SESSIONS.last(), "body": {WITH_PASSWORD[operation]: PASSWORD}}
        if operation == "delete-developer-session" and REAL.includes(case):
            cookies = SESSIONS.spare(operation)
            return {"cookies": cookies, "path": {"sessionId": PORTAL.session_of(cookies)}}
        return {"cookies": SESSIONS.spare(operation) if operation in USING_UP else SESSIONS.lasting()}

    def set(self, case, data, context):
        case.headers.update(data.get("headers", {}))
        case.cookies.update(data.get("cookies", {}))
        case.path_parameters.update(data.get("path", {}))
        if "body" in data:
            case.body = {**case.body, **data["body"]}


@schemathesis.hook
def before_call(context, case, kwargs):
    operation = name_of(case.operation)
    if operation == "authenticate":
        # The next call comes from another address, so that what throttles a client leaves clients enough.
        case.headers["Connection"] = "close"
    if operation in UNIQUE:
        UNIQUE[operation](case)
    if operation in TOGETHER and is_well_formed(case):
        TOGETHER[operation](case)
    spare(case)


def verify_registered(case):
    if REAL.includes(case):
        case.body = {"token": PORTAL.register()[1]}


def set_first_password(case):
    if REAL.includes(case):
        case.body = {"token": PORTAL.verify()[1], "password": PASSWORD}


def log_in(case):
    if REAL.includes(case):
        person = PORTAL.sign_up()
        case.body = {"username": person.address, "password": person.password}


def choose_one_filter_a_field(case):
    """A query may hold one filter of each field, which a list of parameters cannot say."""
    fields = set()
    for name in list(case.query):
        if name.startswith("filter["):
            field = name.split("]")[0]
            if field in fields:
                del case.query[name]
            fields.add(field)


DOCUMENT = json.dumps({
    "openapi": "3.1.0", "info": {"title": "Ships", "version": "1"},
    "paths": {"/ships": {"get": {"operationId": "listShips", "responses": {"200": {"description": "Fine"}}}}},
})


@functools.cache
def published_api():
    """An API with a document that everybody sees."""
    api = PORTAL.manage("POST", "/v3/apis", {"name": "Ships", "slug": "ships", "spec_content": DOCUMENT}, expecting=201)
    PORTAL.manage("PUT", f"/v3/apis/{api['id']}/publications/{PORTAL.portal_id}", {"visibility": "public"})
    return api


def name_published_api(case):
    if REAL.includes(case):
        api = published_api()
        version = api["api_spec_ids"][0]
        names = {"apiIdOrSlug": random.choice([api["id"], api["slug"]]), "specId": version, "versionId": version}
        # A name that the operation does not have would make the call one that breaks the document.
        case.path_parameters.update({name: names[name] for name in names if name in case.path_parameters})


def name_version(case):
    """One of an API of its own, because it may be deleted; with a document, which no generator writes."""
    if REAL.includes(case):
        api = PORTAL.manage("POST", "/v3/apis", {"name": f"Ships {uuid.uuid4()}", "spec_content": DOCUMENT}, expecting=201)
        case.path_parameters.update(apiId=api["id"], versionId=api["api_spec_ids"][0])
        write_document(case)


def publish_unpublish(case):
    """A publication that is there, and may be deleted."""
    if REAL.includes(case):
        api = PORTAL.manage("POST", "/v3/apis", {"name": f"Ships {uuid.uuid4()}"}, expecting=201)
        PORTAL.manage("PUT", f"/v3/apis/{api['id']}/publications/{PORTAL.portal_id}", {})
        case.path_parameters.update(apiId=api["id"], portalId=PORTAL.portal_id)


def write_document(case):
    if isinstance(case.body, dict) and isinstance(case.body.get("spec"), dict) and "content" in case.body["spec"]:
        case.body = {**case.body, "spec": {**case.body["spec"], "content": DOCUMENT}}


def give_document(case):
    if not REAL.includes(case):
        return
    api = PORTAL.manage("POST", "/v3/apis", {"name": f"Ships {uuid.uuid4()}"}, expecting=201)
    case.path_parameters.update(apiId=api["id"])
    write_document(case)


# The smallest image of one pixel, which no generator draws.
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def name_portal(case):
    if REAL.includes(case):
        case.path_parameters.update(portalId=PORTAL.portal_id)


def draw_image(case):
    if REAL.includes(case):
        case.path_parameters.update(portalId=PORTAL.portal_id)
        case.body = {"data": PIXEL}


def name_image(case):
    """An image that is there, and may be deleted."""
    if REAL.includes(case):
        kind = "logo" if "logo" in name_of(case.operation) else "favicon"
        PORTAL.manage("PUT", f"/v3/portals/{PORTAL.portal_id}/assets/{kind}", {"data": PIXEL})
        case.path_parameters.update(portalId=PORTAL.portal_id)


PROVIDER = {"type": "oidc", "config": {"issuer_url": "https://id.invalid", "client_id": "portal"}}


def new_provider():
    """The portal's only one, so that no pair of a team and a group is taken already; its id."""
    path = f"/v3/portals/{PORTAL.portal_id}/identity-providers"
    for old in PORTAL.manage("GET", path):
        PORTAL.manage("DELETE", f"{path}/{old['id']}", expecting=204)
    return PORTAL.manage("POST", path, PROVIDER, expecting=201)["id"]


def name_provider(case):
    """A provider that is there, and may be deleted. None is ever on, so that developers go on logging in with passwords."""
    if REAL.includes(case):
        case.path_parameters.update(portalId=PORTAL.portal_id)
        provider = new_provider()
        if "id" in case.path_parameters:
            case.path_parameters.update(id=provider)
        if isinstance(case.body, dict):
            case.body = {**case.body, "enabled": False}


TEAM = "6801e673-cc10-498a-94cd-4271de07a0d3"


def name_mapping(case):
    """A mapping that is there, and may be removed."""
    if REAL.includes(case):
        case.path_parameters.update(portalId=PORTAL.portal_id, id=new_provider())
        if "mappingId" in case.path_parameters:
            path = f"/v3/portals/{PORTAL.portal_id}/identity-providers/{case.path_parameters['id']}/team-group-mappings"
            made = PORTAL.manage("POST", path, {"team_id": TEAM, "group": "developers"}, expecting=201)
            case.path_parameters.update(mappingId=made["id"])


def name_portal_with_provider(case):
    if REAL.includes(case):
        new_provider()
        case.path_parameters.update(portalId=PORTAL.portal_id)


TEMPLATE = "account-access-approved"


def name_template(case):
    """A kind of mail for which the portal chose something, which may be brought back."""
    if REAL.includes(case):
        language = (case.query or {}).get("language", "en")
        PORTAL.manage(
            "PATCH", f"/v3/portals/{PORTAL.portal_id}/email-templates/{TEMPLATE}?language={language}",
            {"content": {"subject": "Welcome"}})
        case.path_parameters.update(portalId=PORTAL.portal_id, templateName=TEMPLATE)


def name_mail(case):
    """A dead letter, which may be tried again or discarded."""
    if REAL.includes(case):
        case.path_parameters.update(mailId=PORTAL.dead_letter())


def name_sender(case):
    """A sender that is there, or not yet where it is made; addresses in the domain that the operator permits."""
    if not REAL.includes(case):
        return
    path = f"/v3/portals/{PORTAL.portal_id}/email-config"
    try:
        PORTAL.manage("DELETE", path, expecting=204)
    except Refused:
        pass
    if name_of(case.operation) != "create-portal-email-config":
        PORTAL.manage("POST", path, {"from_name": "Acme"}, expecting=201)
    case.path_parameters.update(portalId=PORTAL.portal_id)
    if isinstance(case.body, dict):
        case.body = {"from_name": "Acme Developers", "reply_to_email": None}


def name_developer(case):
    """One of those who signed up at the portal."""
    if REAL.includes(case):
        developer = PORTAL.manage("GET", f"/v3/portals/{PORTAL.portal_id}/developers")["data"][0]
        case.path_parameters.update(portalId=PORTAL.portal_id, developerId=developer["id"])


def expire_in_future(case):
    """A token expires in the future, which a format cannot say."""
    if isinstance(case.body, dict) and "expires_at" in case.body:
        case.body = {**case.body, "expires_at": (datetime.now(timezone.utc) + timedelta(days=1)).isoformat(timespec="seconds")}


def ask_for_minted_ids(case):
    """An id that no geo minted is refused, which a format cannot say."""
    for name in case.query:
        if name.endswith(("_id][eq]", "_id]")):
            case.query[name] = PORTAL.portal_id


def choose_minted_ids(case):
    choose_one_filter_a_field(case)
    ask_for_minted_ids(case)


# The operations of the portal on one API; the management API has one by the name of the first.
READING_AN_API = [
    "get-api-actions", "list-api-documents", "list-api-specs", "fetch-api-spec", "fetch-api-spec-raw", "list-api-version-specs",
    "fetch-api-version-spec", "fetch-api-version-spec-raw",
]

TOGETHER = {
    "fetch-api": lambda case: "apiIdOrSlug" in (case.path_parameters or {}) and name_published_api(case),
    "verify-email": verify_registered, "reset-password": set_first_password, "authenticate": log_in,
    "list-portals": choose_one_filter_a_field, "list-portal-developers": choose_one_filter_a_field,
    "create-admin-token": expire_in_future, "export-audit-log": ask_for_minted_ids,
    "list-apis": choose_one_filter_a_field, "get-paginated-api-attributes": choose_one_filter_a_field,
    "list-api-publications": choose_minted_ids, "create-api-version": give_document,
    "fetch-api-version": name_version, "update-api-version": name_version, "delete-api-version": name_version,
    "fetch-publication": publish_unpublish, "delete-publication": publish_unpublish,
    **dict.fromkeys(READING_AN_API, name_published_api),
    **dict.fromkeys(
        ["get-portal-customization", "replace-portal-customization", "update-portal-customization"], name_portal),
    **dict.fromkeys(["replace-portal-asset-logo", "replace-portal-asset-favicon"], draw_image),
    **dict.fromkeys(
        [f"{verb}-portal-asset-{kind}" for verb in ("get", "delete") for kind in ("logo", "favicon")]
        + ["get-portal-asset-logo-raw", "get-portal-asset-favicon-raw"], name_image),
    **dict.fromkeys(
        [f"{verb}-portal-identity-provider" for verb in ("create", "get", "update", "delete", "examine")]
        + ["get-portal-identity-providers"], name_provider),
    **dict.fromkeys(
        ["list-portal-idp-team-group-mappings"]
        + [f"{verb}-portal-idp-team-group-mapping" for verb in ("create", "get", "delete")], name_mapping),
    "list-portal-team-group-mappings": name_portal_with_provider,
    "update-portal-team-group-mappings": name_portal_with_provider,
    "list-portal-custom-email-templates": name_portal,
    **dict.fromkeys(
        ["get-portal-custom-email-template", "update-portal-custom-email-template", "delete-portal-custom-email-template",
         "post-portal-custom-email-test-send", "preview-portal-email-template"], name_template),
    "list-mails": ask_for_minted_ids, "retry-dead-letters": ask_for_minted_ids,
    **dict.fromkeys(["get-mail", "retry-mail", "discard-mail"], name_mail),
    "get-email-config": name_sender,
    **dict.fromkeys([f"{verb}-portal-email-config" for verb in ("create", "update", "delete")], name_sender),
    "get-developer": name_developer, "update-developer": name_developer, "delete-developer": name_developer,
}


# What is taken already is 409, which would hide what else is right or wrong with a case. A name that is itself at fault stays.

PLAIN_NAME = re.compile(r"[A-Za-z0-9 ]{1,255}")
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.]{1,64}@([A-Za-z0-9.-]{1,200})")
NUMBERS = itertools.count()


def name_uniquely(case):
    name = case.body.get("name") if isinstance(case.body, dict) else None
    if isinstance(name, str) and (is_well_formed(case) or PLAIN_NAME.fullmatch(name)):
        prefix = f"p{next(NUMBERS):06}"
        # The longest name stays the longest.
        case.body = {**case.body, "name": prefix + name[len(prefix):]}


def address_uniquely(case):
    address = case.body.get("email") if isinstance(case.body, dict) else None
    plain = isinstance(address, str) and PLAIN_ADDRESS.fullmatch(address)
    if plain:
        case.body = {**case.body, "email": f"p{next(NUMBERS):06}@{plain[1]}"}


UNIQUE = {
    "create-portal": name_uniquely, "create-api": name_uniquely, "create-developer": address_uniquely,
    "create-admin": address_uniquely,
}


def spare(case):
    """The admin of all these calls stays an owner and keeps the token, and the portal of the developers stays."""
    ids = case.path_parameters or {}
    if ids.get("adminId") and case.method.upper() not in ("GET", "POST") and ids["adminId"] == own_admin():
        ids["adminId"] = str(uuid.uuid4())
    if name_of(case.operation) == "delete-portal" and ids.get("portalId") == PORTAL.portal_id:
        ids["portalId"] = str(uuid.uuid4())


@functools.cache
def own_admin():
    return PORTAL.manage("GET", "/v3/admins/me")["id"]


@schemathesis.check
def audit_lines_conformance(context, response, case):
    """Every line of the audit log is an entry of it; schemathesis reads no JSON lines."""
    if name_of(case.operation) != "export-audit-log" or response.status_code != 200:
        return
    document = case.operation.schema.raw_schema
    entry = jsonschema_rs.Draft202012Validator(
        {"$ref": "#/components/schemas/AuditEntry", "components": document["components"]}, validate_formats=True)
    for line in response.content.decode().splitlines():
        entry.validate(json.loads(line))


TALLY = defaultdict(Counter)


@schemathesis.hook
def after_call(context, case, response):
    # A probe of a method that the path does not take is no call of the operation.
    if response.request.method == case.operation.method.upper():
        TALLY[name_of(case.operation)][response.status_code] += 1


@atexit.register
def write_tally():
    Path(os.environ["CONTRACT_TALLY"]).write_text(json.dumps(TALLY))


def connect_as_another(connect):
    """Connections come from one loopback address after another: many clients, and not one."""
    numbers = itertools.count()

    def connection(address, *arguments, **options):
        number = next(numbers)
        options["source_address"] = (f"127.1.{number // 250 % 250}.{number % 250 + 1}", 0)
        return connect(address, *arguments, **options)

    return connection


urllib3.connection.connection.create_connection = connect_as_another(urllib3.connection.connection.create_connection)
