"""What a command printed, and the link in it."""


def the_link(said):
    return next(word for word in said.split() if "/sign-in/" in word)
