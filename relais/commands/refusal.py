"""What a command cannot do until whoever holds the machine mends something."""


class CannotRun(Exception):
    """The message is one line that says what to do; it is told in English, like the command line."""
