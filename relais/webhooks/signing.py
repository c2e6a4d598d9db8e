"""What a message is signed with, as Standard Webhooks says: HMAC-SHA256 over `name.seconds.body`, one signature for each key in use."""

import hmac
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from relais.settings import settings

PREFIX = "whsec_"


def secret(salt: str) -> str:
    """The secret of a key, as its receiver keeps it: 32 bytes in Base64 after `whsec_`. Made from the key of the house, kept nowhere."""
    return PREFIX + b64encode(_bytes(salt)).decode()


def headers(salts: Sequence[str], name: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of one call: the name stays over every try, the moment does not. The newest key signs first."""
    seconds = str(int(now.timestamp()))
    signed = b".".join((name.encode(), seconds.encode(), body))
    signatures = (b64encode(hmac.digest(_bytes(salt), signed, "sha256")).decode() for salt in salts)
    return {"webhook-id": name, "webhook-timestamp": seconds, "webhook-signature": " ".join(f"v1,{one}" for one in signatures)}


def _bytes(salt: str) -> bytes:
    return hmac.digest(settings().key().encode(), f"webhook:{salt}".encode(), "sha256")
