"""Contact data at rest: sealed with the first key, opened with any; found again by a keyed digest."""

import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet


class Seal:
    def __init__(self, keys: str) -> None:
        """`keys`: one Fernet key, or several by commas while one is being replaced. Raises ValueError on a bad key."""
        parts = [key.strip() for key in keys.split(",") if key.strip()]
        self._fernet = MultiFernet([Fernet(key) for key in parts])
        # the digest must survive a rotation, so it hangs on the oldest key: the last
        self._digest_key = hashlib.sha256(b"digest" + parts[-1].encode()).digest()

    def close(self, phone: str) -> bytes:
        return self._fernet.encrypt(phone.encode())

    def open(self, sealed: bytes) -> str:
        return self._fernet.decrypt(sealed).decode()

    def digest(self, phone: str) -> str:
        return hmac.new(self._digest_key, phone.encode(), "sha256").hexdigest()


def new_key() -> str:
    return Fernet.generate_key().decode()
