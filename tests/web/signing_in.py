"""What the pages to sign in stand on: links to follow, rows to look at, and the address of the site."""

from sqlmodel import select

from relais import settings as house_settings
from relais import sign_in
from relais.db import reading, writing
from relais.settings import settings


def rows(kind):
    with reading() as session:
        return session.exec(select(kind)).all()


def a_link(person, back="/en/proposals/guichet-unique", now=None):
    with writing() as session:
        return sign_in.link_for(session, person, back, now or house_settings.now())


def set_base_url(house, address):
    house.setenv("RELAIS_BASE_URL", address)
    settings.cache_clear()
