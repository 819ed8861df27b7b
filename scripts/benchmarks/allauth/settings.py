"""The smallest django-allauth service with our sign-up: a name and an address in, a mail with a link out.

Whatever is not named here is Django's and allauth's default. Where there was a choice, it is the faster one that keeps the
promise: an acknowledged account survives a power cut, and a verification link is kept in the store and works once.
"""

import os
from pathlib import Path

FOLDER = Path(os.environ["PEER_FOLDER"])

SECRET_KEY = os.environ["PEER_SECRET"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "urls"
WSGI_APPLICATION = "wsgi.application"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "accounts",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
# The loaders are cached, which is the default where DEBUG is off.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_USER_MODEL = "accounts.User"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "peer.sqlite",
        # One commit a request, as ours is one; and the connection, with its write-ahead log, stays open between requests.
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
        },
    }
}

# One file a mail, as our node's maildir is.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = FOLDER / "mail"
DEFAULT_FROM_EMAIL = "Developer Portal <no-reply@example.com>"

HEADLESS_ONLY = True
# Programs, without cookies and so without CSRF tokens, as our API's clients are.
HEADLESS_CLIENTS = ("app",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "https://portal.example.com/login?token={key}",
    "account_reset_password": "https://portal.example.com/forgot-password",
    "account_reset_password_from_key": "https://portal.example.com/login?token={key}",
    "account_signup": "https://portal.example.com/register",
}

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# No password yet, and so no hash of one: it is chosen after the verification, as in our flow.
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A row in the store for each link, as our one-time tokens are, and not a signature that can be used again.
ACCOUNT_EMAIL_CONFIRMATION_HMAC = False
# They would refuse the load.
ACCOUNT_RATE_LIMITS = False

LOGGING_CONFIG = None
