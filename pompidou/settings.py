"""The one settings file; everything that differs between machines comes from the environment (docs/settings.md)."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext  # gives QuerySet[Model] and friends a meaning at run time
from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

from pompidou import env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", default=str(BASE_DIR / "var")))

# Who we are and how we are reached
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
SECRET_KEY = env.required("SECRET_KEY", why="it signs sessions and links.")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
FIELD_KEYS = env.field_keys("FIELD_KEYS")
BASE_URL = env.web_address("BASE_URL", default="http://127.0.0.1:8000" if DEBUG else "", why="links in mails start with it.")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [urlsplit(BASE_URL).hostname or ""]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ORGANISER_EN = env.text("ORGANISER_EN", default="Council of Europe – Pompidou Group")
ORGANISER_FR = env.text("ORGANISER_FR", default="Conseil de l’Europe – Groupe Pompidou")
REFERENCE_SERIES = env.text("REFERENCE_SERIES", default="P-PG/Cyber")  # of letters and papers, where a meeting names no other

INSTALLED_APPS = [
    "pompidou.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_countries",
    "simple_history",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "accounts",
    "correspondence",
    "meetings",
    "delegations",
    "participants",
    "attendance",
    "reports",
    "privacy",
    "pompidou.demo",
]

MIDDLEWARE = [
    # What adds headers stands outside what answers by itself, so that static files, redirects and refusals have them too.
    "pompidou.middleware.response_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "pompidou.middleware.body_limit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pompidou.doors.guard",
    "accounts.timeouts.end_in_time",
    "accounts.second_factor.demand_second_factor",
]

ROOT_URLCONF = "pompidou.urls"
WSGI_APPLICATION = "pompidou.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pompidou.context.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# Data
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'pompidou.sqlite3'}")}
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

# Background work: rows in the database, run by `manage.py worker`
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SWEEPS = [  # run about every half minute by each worker; each must be safe to run twice at once
    "correspondence.delivery.sweep",
    "correspondence.campaigns.sweep",
    "correspondence.tasks.forget_old_tasks",
    "accounts.limits.sweep",
    "accounts.sessions.sweep",
    "participants.services.delete_stale_unconfirmed",
    "participants.services.settle_offers",
    "participants.services.tell_left_without_place",
    "participants.services.end_hand_overs",
    "attendance.services.queues.settle_queues",
    "participants.importing.applying.sweep",
    "delegations.services.remind_silent",
    "participants.services.reminders.remind_due",
    "privacy.services.purging.nightly",
]

# Languages and time: English at the plain address, French under /fr/
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["pompidou.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"  # Strasbourg; pages about a meeting use the venue's own clock

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's pages use our files

# Mail leaves only through the outbox (correspondence.outbox); the demo writes it to files instead
DEMO_MAIL_DIR = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", default="Pompidou Group <meetings@secretariat.example>")
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]
CONTACT_EMAIL = env.sender("CONTACT_EMAIL", default=SERVER_EMAIL)  # in the foot of every page
SECURITY_CONTACT = env.contacts("SECURITY_CONTACT")  # in /.well-known/security.txt, which is there only with a contact
SECURITY_EXPIRES = (
    env.day("SECURITY_EXPIRES", why="a contact in SECURITY_CONTACT needs a day to be looked at again.") if SECURITY_CONTACT else None
)
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", default=10, least=1)  # seconds without an answer from the mail server
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DEMO_MAIL_DIR
    # Its past meetings are older than any clock allows: their people would be emptied in the first night.
    SWEEPS.remove("privacy.services.purging.nightly")
else:
    vars().update(env.mail_server("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25"))

# In the session, which is sealed: a cookie of their own would carry names in plain text, and without the host's mark
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Signing in: a code by e-mail for experts, a password for staff
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my"
ACCOUNT_ADAPTER = "correspondence.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = False  # the library counts in each process; pompidou.doors counts for all of them
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 1  # once for each code asked for, so that nobody is flooded with mail
# The library's own writes rows for a known address and none for an unknown one, which takes a different time.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  a class, not a password
ACCOUNT_LOGOUT_REDIRECT_URL = "account_signed_out"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "request_login_code": "accounts.forms.RequestCodeForm",
    "confirm_login_code": "accounts.forms.ConfirmCodeForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.FirstPasswordForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondStepForm",
    "reauthenticate": "accounts.forms.ConfirmSecondStepForm",
    "activate_totp": "accounts.forms.SetUpAppForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
    "edit_webauthn": "accounts.forms.RenameKeyForm",
}
MFA_ADAPTER = "accounts.mfa.MFAAdapter"
MFA_TOTP_ISSUER = "Pompidou Group meetings"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute wrong
MFA_PASSKEY_LOGIN_ENABLED = True
# Required of every member of staff; only the demo in debug mode may do without (accounts.checks), and says so on its pages.
SECOND_FACTOR_REQUIRED = not (DEBUG and DEMO) or env.flag("DEMO_SECOND_FACTOR")
FRESH_SIGN_IN_SECONDS = ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # how long a proof counts before exports, erasure, revealing

# Transport and headers
SECURE_SSL_REDIRECT = not DEBUG and BASE_URL.startswith("https")
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if DEBUG else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading binds every host of the domain: its owner decides, not this program
# Not "no-referrer": browsers would then send "Origin: null" with forms, and Django's CSRF check refuses that.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing of a device is ours to use; the page of the check-in desk alone asks for the camera.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_NAME = "sessionid" if DEBUG else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if DEBUG else "__Host-csrftoken"
DESK_COOKIE_NAME = "desk" if DEBUG else "__Secure-desk"  # of a check-in device, for its own pages alone (attendance.access)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "accounts.sealed.Sealed"
SESSION_COOKIE_AGE = 12 * 60 * 60  # from signing in, whatever happens (accounts.timeouts)
STAFF_IDLE_SECONDS = 30 * 60
CSRF_FAILURE_VIEW = "pompidou.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

MESSAGE_TAGS = {message_levels.ERROR: "danger", message_levels.DEBUG: "info"}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LARGEST_REQUEST = 12_000_000  # with its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a bulk action on every row of a page

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "pompidou.logs.ReadableLines" if DEBUG else "pompidou.logs.JsonLines"}},
    "filters": {"discreet": {"()": "pompidou.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "loggers": {
        # Django's own handlers off: each line comes once, from the root, and passes the filter.
        "django": {"handlers": []},
        "django.server": {"handlers": [], "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # every scanner on the net tries foreign host names
        "fido2": {"level": "WARNING"},  # it would write down which key somebody used
        "pompidou.security": {"level": "INFO"},  # whatever LOG_LEVEL says
    },
    "root": {"handlers": ["console"], "level": env.log_level("LOG_LEVEL", default="INFO")},
}
