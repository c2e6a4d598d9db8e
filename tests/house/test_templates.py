import pytest

from tests.house.checkout import files, read

SHELVES = {"web/templates": ("web/*.py", "web/templates/**"), "relais/letters": ("relais/*.py", "relais/letters/**")}


def templates() -> list[tuple[str, str]]:
    return [(shelf, path.relative_to(shelf).as_posix()) for shelf in SHELVES for path in files(f"{shelf}/**")]


@pytest.mark.parametrize(("shelf", "name"), templates())
def test_a_template_is_rendered_or_included_somewhere(shelf, name):
    """A letter is sent by its name, without the ending that tells HTML from plain text."""
    asked_for = {name} if shelf == "web/templates" else {name, f'"{name.rsplit(".", 1)[0]}"'}
    others = [read(path) for path in files(*SHELVES[shelf]) if path.as_posix() != f"{shelf}/{name}"]

    assert any(asked in other for asked in asked_for for other in others), f"nothing shows {shelf}/{name}"
