"""A real SMTP server (aiosmtpd) for the tests of the mail module.

The one argument is a JSON object:

  folder       where certificates are made
  security     starttls, tls or none
  certificate  trusted, other_name, expired or untrusted
  user, password, mechanisms   who may log in, and how; left out: nobody has to
  answers      {"RCPT": ["451 4.7.1 later", null]}: what to answer instead, in turn; null answers as usual
  hang         a command that is never answered
  smtputf8, size   what EHLO offers
  port         where to listen; left out: anywhere

Standard output has one JSON object a line: {"port", "ca_file"} first, then {"connection"} for each connection and {"mail"} for
each mail. The server ends when its standard input does.
"""

import asyncio
import base64
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

import test_certificates


def tell(**line):
    print(json.dumps(line), flush=True)


class Handler:
    def __init__(self, options):
        self.answers = {command: list(list_) for command, list_ in options.get("answers", {}).items()}
        self.hang = options.get("hang")
        self.connections = 0

    async def answer(self, command):
        if self.hang == command:
            await asyncio.Event().wait()
        answers = self.answers.get(command)
        return answers.pop(0) if answers else None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        scripted = await self.answer("EHLO")
        return [scripted] if scripted else responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        scripted = await self.answer("MAIL")
        if scripted:
            return scripted
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        scripted = await self.answer("RCPT")
        if scripted:
            # As servers do: the words repeat the address.
            return f"{scripted} <{address}>"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        scripted = await self.answer("DATA")
        if scripted:
            return scripted
        tell(
            mail={
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "options": envelope.mail_options,
                "content": base64.b64encode(envelope.original_content).decode(),
                "encrypted": server.transport.get_extra_info("sslcontext") is not None,
                "mechanism": getattr(session, "mechanism", None),
                "client": session.host_name,
                "connection": server.number,
            }
        )
        return "250 2.0.0 OK"


class Server(SMTP):
    """One connection; STARTTLS makes it anew but keeps its number."""

    number = None

    def connection_made(self, transport):
        if self.number is None:
            self.event_handler.connections += 1
            self.number = self.event_handler.connections
            tell(connection=self.number)
        super().connection_made(transport)


def server_of(handler, options, context):
    def authenticate(server, session, envelope, mechanism, data):
        expected = (options["user"].encode(), options["password"].encode())
        session.mechanism = mechanism
        return AuthResult(success=(data.login, data.password) == expected, handled=False)

    arguments = {
        "hostname": "test.example",
        "enable_SMTPUTF8": options.get("smtputf8", True),
        "data_size_limit": options.get("size", 33554432),
        "auth_require_tls": options.get("security") == "starttls",
    }
    if options.get("security") == "starttls":
        arguments |= {"tls_context": context}
    if "user" in options:
        excluded = [name for name in ("PLAIN", "LOGIN") if name not in options.get("mechanisms", ["PLAIN", "LOGIN"])]
        arguments |= {"authenticator": authenticate, "auth_required": True, "auth_exclude_mechanism": excluded}
    return lambda: Server(handler, **arguments)


async def main(options):
    loop = asyncio.get_running_loop()
    authority, certificate, key = test_certificates.make(options["folder"], options.get("certificate", "trusted"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    implicit = context if options.get("security") == "tls" else None
    server = await loop.create_server(server_of(Handler(options), options, context), "127.0.0.1", options.get("port", 0), ssl=implicit)
    tell(port=server.sockets[0].getsockname()[1], ca_file=authority)
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()


try:
    asyncio.run(main(json.loads(sys.argv[1])))
finally:
    # Connections that hang must not keep the process.
    sys.stdout.flush()
    os._exit(0)
