"""Settings from the environment, each documented here; a secret may come from the file named by `NAME_FILE`."""

import os
from datetime import UTC, date, datetime
from email.utils import parseaddr
from functools import cached_property, lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BRUSSELS = ZoneInfo("Europe/Brussels")
Network = IPv4Network | IPv6Network
FROM_FILE = ("RELAIS_SECRET", "RELAIS_DATABASE_URL", "RELAIS_SMTP_URL")


class WrongSetting(Exception):
    """A setting that cannot be used; the message is one line that names it."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="RELAIS_", extra="ignore")

    var: Path = Field(default=Path("var"), description="Folder for the SQLite database, letters and the generated secret.")
    database_url: str = Field(default="", description="postgresql://… or sqlite:///…; empty means one SQLite file in RELAIS_VAR.")
    base_url: str = Field(
        default="http://127.0.0.1:8000", description="Address readers use; every link and the origin check are built from it."
    )
    secret: str = Field(
        default="",
        description="Key for hashing client addresses and signing the links of subscribers; generated and kept in RELAIS_VAR when empty.",
    )
    smtp_url: str = Field(
        default="", description="smtp://user:password@host:port, smtps:// for TLS; empty writes letters under RELAIS_VAR/mail."
    )
    mail_from: str = Field(default="Relais <relais@localhost>", description="Sender of every letter.")
    letter_every: int = Field(default=60, ge=0, le=1440, description="Minutes between two letters of news to one address, at least.")
    webhook_networks: str = Field(
        default="", description="Networks that are not public but may be called by webhooks, with commas between: 10.20.0.0/16, ::1/128."
    )
    metrics_networks: str = Field(
        default="", description="Networks that may read /metrics, besides this machine, with commas between: 10.20.0.0/16."
    )
    trusted_proxies: int = Field(default=0, ge=0, le=5, description="How many proxies in front append to X-Forwarded-For.")
    today: date | None = Field(default=None, description="A fixed date, for demonstrations and tests of the black box.")

    @field_validator("base_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
            raise ValueError("must be http(s)://host[:port] without a path")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _an_engine(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgresql+psycopg://", "sqlite:///")):
            raise ValueError("must start with postgresql:// or sqlite:///")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _a_mail_server(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("smtp", "smtps") or not urlsplit(value).hostname):
            raise ValueError("must be smtp://host:port or smtps://host:port")
        return value

    @field_validator("mail_from")
    @classmethod
    def _a_sender(cls, value: str) -> str:
        if "@" not in parseaddr(value)[1]:
            raise ValueError("must be an address, or a name and an address: Relais <relais@example.org>")
        return value

    @field_validator("webhook_networks", "metrics_networks")
    @classmethod
    def _networks(cls, value: str) -> str:
        try:
            _networks_in(value)
        except ValueError:
            raise ValueError("must be networks such as 10.20.0.0/16, with commas between") from None
        return value

    @model_validator(mode="after")
    def _complete(self) -> "Settings":
        if not self.database_url:
            self.database_url = f"sqlite:///{self.var.resolve() / 'relais.db'}"
        return self

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """Those that webhooks may call though they are not public."""
        return _networks_in(self.webhook_networks)

    @cached_property
    def metrics_from(self) -> tuple[Network, ...]:
        """Those that may read what is measured."""
        return _networks_in(self.metrics_networks)

    def day(self) -> date:
        """Today in Brussels, where presidencies change hands."""
        return self.today or datetime.now(BRUSSELS).date()

    def key(self) -> str:
        """The secret; made once and kept readable by the owner only, when none is set."""
        if self.secret:
            return self.secret
        self.var.mkdir(parents=True, exist_ok=True)
        kept = self.var / "secret"
        if not kept.exists():
            try:
                with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                    file.write(os.urandom(32).hex())
            except FileExistsError:
                pass  # another process made it between the two looks
        return kept.read_text()


def _networks_in(written: str) -> tuple[Network, ...]:
    return tuple(ip_network(one.strip()) for one in written.split(",") if one.strip())


def now() -> datetime:
    return datetime.now(UTC)


@lru_cache
def settings() -> Settings:
    """Read once per process. Raises WrongSetting with one clear line."""
    try:
        return Settings(**_from_files())  # type: ignore[arg-type]
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise WrongSetting(f"RELAIS_{name}: {first['msg'].removeprefix('Value error, ')}") from None


def _from_files() -> dict[str, str]:
    found = {}
    for name in FROM_FILE:
        if path := os.environ.get(f"{name}_FILE"):
            try:
                found[name.removeprefix("RELAIS_").lower()] = Path(path).read_text().strip()
            except OSError as error:
                raise WrongSetting(f"{name}_FILE: cannot read {path} ({error.strerror})") from None
    return found
