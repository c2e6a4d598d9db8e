"""The words somebody agrees to who follows by letter. Other words are another version: what each agreed to stays known."""

from relais.i18n import N_

VERSION = "2026-11"

WORDS = N_(
    "I want these letters. Relais keeps my address, what I follow, and when and from which network I agreed, for nothing but sending them. "
    "I can stop, or have all of it erased, from every letter."
)
