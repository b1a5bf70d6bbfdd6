"""Contact data at rest: sealed with the first key, opened with any; found again by a keyed digest."""

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Seal:
    def __init__(self, keys: str) -> None:
        """`keys`: one Fernet key, or several by commas while one is being replaced. Raises ValueError on a bad key."""
        parts = [key.strip() for key in keys.split(",") if key.strip()]
        self._fernet = MultiFernet([Fernet(key) for key in parts])
        self._digest_keys = [hashlib.sha256(b"digest" + key.encode()).digest() for key in parts]

    def close(self, phone: str) -> bytes:
        return self._fernet.encrypt(phone.encode())

    def open(self, sealed: bytes) -> str:
        return self._fernet.decrypt(sealed).decode()

    def opens(self, sealed: bytes) -> bool:
        try:
            self.open(sealed)
        except InvalidToken:
            return False
        return True

    def digest(self, phone: str) -> str:
        return self.digests(phone)[0]

    def digests(self, phone: str) -> list[str]:
        """By each key: until all is sealed anew, a number may stand under an older one."""
        return [hmac.new(key, phone.encode(), "sha256").hexdigest() for key in self._digest_keys]


def new_key() -> str:
    return Fernet.generate_key().decode()
