"""Django settings. What differs between machines comes from the environment: docs/operations.md."""

from django.utils.csp import CSP

from zhengyou.site import environment as env

ROOT = env.ROOT
VAR = env.var_folder()
TESTING = False  # tests/settings.py turns it on

# --- safety -----------------------------------------------------------------------------------
SECRET_KEY = env.secret("session", VAR)
DEBUG = env.switch("DEBUG")
HTTPS = env.switch("HTTPS")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("HOSTS")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.words("HOSTS")] if HTTPS else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Whose word about the visitor's address counts: the sign-in limits go by it.
PROXIES = env.words("PROXIES") or (["127.0.0.1", "::1"] if HTTPS else [])
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # Tabler draws the arrow of a select as data:
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# --- the house --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks_db",
    "django_htmx",
    "allauth",
    "allauth.account",
    "zhengyou.kernel",
    "zhengyou.ui",
    "zhengyou.ledger",
    "zhengyou.files",
    "zhengyou.search",
    "zhengyou.people",
    "zhengyou.climb",
    "zhengyou.remarks",
    "zhengyou.campaigns",
    "zhengyou.work",
    "zhengyou.problems",
    "zhengyou.pledges",
    "zhengyou.voices",
    "zhengyou.disclosure",
    "zhengyou.labour",
    "zhengyou.inspections",
    "zhengyou.papers",
    "zhengyou.desk",
    "zhengyou.portal",
    "zhengyou.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "zhengyou.site.middleware.ApartMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhengyou.people.middleware.ActorMiddleware",
    "zhengyou.desk.middleware.BurdenMiddleware",
    "zhengyou.site.middleware.AnswersMiddleware",
]
ROOT_URLCONF = "zhengyou.site.urls"
WSGI_APPLICATION = "zhengyou.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhengyou.people.context.frame",
            ],
            "builtins": ["zhengyou.ui.templatetags.zy"],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- data -------------------------------------------------------------------------------------
DATABASES = {"default": env.database(VAR)}
CACHES = {
    "default": {  # shared by all workers of one machine, or of a cluster on PostgreSQL
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "zhengyou_cache",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
FILES_FOLDER = VAR / "files"
PROGRESS_FOLDER = VAR / "progress"
FILE_SIZE_LIMIT = 20 * 1024 * 1024  # bytes
CLAMD_ADDRESS = env.text("CLAMD")  # "host:port" or a socket's path; empty: no virus scan
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
IDENTITY_KEY = env.secret("identity", VAR)  # encrypts ID and phone numbers
LOOKUP_KEY = env.secret("lookup", VAR)  # keyed hash for exact match of the same

# --- sign-in ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "zhengyou.people.sign_in.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,6/10m/key",
    "invitation": "30/10m/ip",  # wrong codes only: a whole school shares one address
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # whose X-Forwarded-For counts as the address

# --- language, time, static -------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [("lib", ROOT / "build" / "lib")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
(ROOT / "build" / "lib").mkdir(parents=True, exist_ok=True)

# --- the product ------------------------------------------------------------------------------
SITE_NAME = env.text("SITE_NAME", "争优")
BLUEPRINT_FOLDER = ROOT / "blueprints"
SAMPLE_FOLDER = ROOT / "samples"
DEMO = env.switch("DEMO")
REMARK_ANSWER_WORKDAYS = 15  # from the day a remark is made public
BURDEN_ANSWER_WORKDAYS = 10  # from the end of the week in which a complaint came in
REMARK_LIMITS = {  # how many in how many minutes; a whole school shares one address
    "address": (env.number("REMARKS_PER_ADDRESS", 120), 60),
    "all": (env.number("REMARKS_IN_ALL", 2000), 60),
    "look_up": (30, 10),  # wrong codes only
    "box": (env.number("VOICES_PER_BOX", 300), 60),  # from the net, without the code of a door
    "door": (env.number("VOICES_PER_DOOR", 300), 60),
}

# --- letters ----------------------------------------------------------------------------------
SITE_URL = env.text("SITE_URL", "http://localhost:8000")  # what letters and calendars link to
MAILERS = {
    "default": env.mailer(
        env.text("MAIL_HOST"),
        env.number("MAIL_PORT", 25),
        username=env.text("MAIL_USER"),
        password=env.text("MAIL_PASSWORD"),
        use_tls=env.switch("MAIL_STARTTLS"),
        use_ssl=env.switch("MAIL_TLS"),
    )
}
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "zhengyou@localhost")

LOGGING_CONFIG = "zhengyou.site.logs.configure"
LOGGING = {"level": env.text("LOG_LEVEL", "INFO")}
