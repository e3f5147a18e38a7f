from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id at 46 MiB and one pass, the first OWASP choice that keeps a small server responsive."""

    time_cost = 1
    memory_cost = 47104
    parallelism = 1
