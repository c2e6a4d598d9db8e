"""Following from outside: by letter, without an account, with consent, and with a way out in every letter."""
