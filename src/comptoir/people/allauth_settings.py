"""Settings of allauth's sign-in for staff; config/settings.py imports them all. Nothing is imported here."""

ACCOUNT_ADAPTER = "comptoir.people.adapters.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 1800
ACCOUNT_RATE_LIMITS = {
    "change_password": "5/15m/user",
    "manage_email": "5/15m/user",
    "reset_password": "20/15m/ip,5/15m/key",
    "reset_password_from_key": "20/15m/ip",
    "reauthenticate": "5/15m/user",
    "login": "60/15m/ip",
}
"""Bad sign-ins are counted by ``people.limits``, as at the API."""

MFA_ADAPTER = "comptoir.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Comptoir"
MFA_TOTP_TOLERANCE = 1
