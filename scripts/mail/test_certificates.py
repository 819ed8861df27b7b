"""Makes a certificate authority and a server certificate for localhost or another address, for one run of the tests."""

import datetime
import ipaddress
import os

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.now(datetime.timezone.utc)
DAY = datetime.timedelta(days=1)


def name(common):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def certificate(subject, key, issuer, issuer_key, names, is_authority, end):
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 3 * DAY)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def write(folder, file, data):
    path = os.path.join(folder, file)
    with open(path, "wb") as target:
        target.write(data)
    return path


def make(folder, kind, address="127.0.0.1"):
    """kind: trusted, other_name, expired or untrusted; returns the paths of the authority, the certificate and the key."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    signing_key = ec.generate_private_key(ec.SECP256R1()) if kind == "untrusted" else authority_key
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(address))]
    if kind == "other_name":
        names = [x509.DNSName("mail.example.org")]
    end = NOW - DAY if kind == "expired" else NOW + DAY
    authority = certificate("Test authority", authority_key, "Test authority", authority_key, [], True, NOW + DAY)
    server = certificate("Test server", key, "Test authority", signing_key, names, False, end)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return (
        write(folder, "authority.pem", authority.public_bytes(pem)),
        write(folder, "server.pem", server.public_bytes(pem)),
        write(folder, "server.key", private),
    )
