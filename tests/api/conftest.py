import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api.app import app


@pytest.fixture
def api(engine: Engine) -> TestClient:
    """A reader of the API, where the gate mounts it. What fails there is answered, not raised here."""
    mounted = Starlette(routes=[Mount("/api/v1", app)])
    return TestClient(mounted, base_url="http://testserver/api/v1/", raise_server_exceptions=False, follow_redirects=False)
