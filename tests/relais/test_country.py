"""States in a sentence, in French and in English."""

import pytest

from relais import country


@pytest.mark.parametrize(
    ("code", "french", "english", "out_of"),
    [
        ("IE", "Irlande", "Ireland", ("de l’Irlande", "from Ireland")),
        ("LT", "Lituanie", "Lithuania", ("de la Lituanie", "from Lithuania")),
        ("DK", "Danemark", "Denmark", ("du Danemark", "from Denmark")),
        ("NL", "Pays-Bas", "Netherlands", ("des Pays-Bas", "from the Netherlands")),
        ("CY", "Chypre", "Cyprus", ("de Chypre", "from Cyprus")),
    ],
)
def test_out_of_a_state(code, french, english, out_of):
    assert (country.out_of(code, french, "fr"), country.out_of(code, english, "en")) == out_of
