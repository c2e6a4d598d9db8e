"""How somebody comes to a page: with script and without, at a desk and on a phone. Scenes that play each way take `script` and `size`."""

import pytest

from tests.browser.browsing import DESK, PHONE

EVERY_WAY = pytest.mark.parametrize(
    ("script", "size"), [(True, DESK), (True, PHONE), (False, DESK), (False, PHONE)], ids=["script", "script-phone", "plain", "plain-phone"]
)
WAYS = pytest.mark.parametrize(("script", "size"), [(True, DESK), (True, PHONE), (False, DESK)], ids=["script", "script-phone", "plain"])
