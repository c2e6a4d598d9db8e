"""The command line: `python -m relais <command>`. What is wrong is told in one line on standard error, with exit code 2."""

import gc

gc.set_threshold(20_000, 20, 20)  # looking for garbage after every 700 things made took a sixth of the start, and loading makes none

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from sqlalchemy.exc import DBAPIError

from models.group import Role
from models.imports import Kind
from models.token import Scope
from relais.commands.refusal import CannotRun
from relais.errors import Refused
from relais.log import listen
from relais.settings import WrongSetting, now

app = typer.Typer(name="relais", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def relais() -> None:
    """Relais tracks policy proposals across the presidencies of the Council of the European Union."""
    listen()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer requests.")] = 1,
    worker: Annotated[bool, typer.Option(help="Post letters from here too.")] = False,
) -> None:
    """Serve the pages and the JSON."""
    from relais.commands import serve

    serve.run(host, port, workers, with_worker=worker)


@app.command()
def worker(once: Annotated[bool, typer.Option("--once", help="Stop when nothing is due.")] = False) -> None:
    """Post letters."""
    from relais.commands import work

    work.run(once=once)


@app.command()
def bounced(
    message: Annotated[Path | None, typer.Argument(help="A returned letter or a complaint; standard input when none is named.")] = None,
    address: Annotated[str, typer.Option(help="Instead: an address that shall get no more letters.")] = "",
) -> None:
    """Take note of a letter that came back: its address gets no more."""
    from relais.commands import bouncing

    typer.echo(bouncing.run(message, address))


@app.command()
def migrate() -> None:
    """Bring the database to the newest migration."""
    from relais.commands import indexing

    typer.echo(indexing.migrate())


@app.command()
def reindex() -> None:
    """Make the index of words, which search reads, again from the record."""
    from relais.commands import indexing

    typer.echo(indexing.reindex())


@app.command()
def seed(if_empty: Annotated[bool, typer.Option("--if-empty", help="Only when there is no proposal yet.")] = False) -> None:
    """Put the real content in; what is there already is left alone."""
    from relais.commands import seeding

    typer.echo(seeding.run(if_empty=if_empty))


@app.command()
def export(
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The record as it stood at the end of that day.")] = None,
    output: Annotated[Path | None, typer.Option(help="The file to write; standard output when none is named.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of the export instead.")] = False,
) -> None:
    """Write all that the public may see as JSON."""
    from relais.commands import exporting
    from relais.export.schema import schema_text

    if schema:
        typer.echo(schema_text(), nl=False)
    else:
        exporting.run(as_of.date() if as_of else None, output)


@app.command(name="import")
def import_(
    file: Path,
    group: Annotated[str, typer.Option(help="Slug of the working group it is for; not of an export of Relais, which names its own.")] = "",
    by: Annotated[str, typer.Option(help="Address of the member who answers for it; likewise.")] = "",
    form: Annotated[str, typer.Option(help="What kind of file it is; told by its name otherwise.")] = "",
    kind: Annotated[Kind | None, typer.Option(help="What the lines of a table are; guessed from its headings otherwise.")] = None,
    origin: Annotated[str, typer.Option(help="Where its ids are from; the name of the file otherwise.")] = "",
    language: Annotated[str, typer.Option(help="Language of words no column says the language of, by its two letters.")] = "fr",
    public: Annotated[bool, typer.Option("--public", help="New proposals are public at once, not in preparation.")] = False,
    leave_out: Annotated[bool, typer.Option("--leave-out", help="Leave refused rows out.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what it would do.")] = False,
) -> None:
    """Import a file, all of it or nothing. While it is written nobody else can save."""
    from relais.commands import importing, reading_back

    if reading_back.exported(file):
        typer.echo(reading_back.run(file, dry=dry_run))
        return
    asked = importing.Asked(group, by, form, kind, origin, language, public)
    typer.echo(importing.run(file, asked, dry=dry_run, leave_out=leave_out))


@app.command()
def dump() -> None:
    """Write the public dump of today, which the worker writes each night."""
    from relais.commands import dumping

    typer.echo(dumping.run())


@app.command()
def invite(
    email: str,
    group: Annotated[str, typer.Option(help="Slug of the working group.")],
    role: Annotated[Role, typer.Option()],
    name: Annotated[str, typer.Option(help="What others see.")] = "",
    language: Annotated[Literal["fr", "en"], typer.Option(help="Language of letters to them.")] = "fr",
) -> None:
    """Give somebody a role in a working group, and print a link with which they sign in once."""
    from relais.commands import inviting

    typer.echo(inviting.invite(email, group, role, name, language))


@app.command()
def sign_in_link(email: str) -> None:
    """Print a link with which somebody signs in once."""
    from relais.commands import inviting

    typer.echo(inviting.sign_in_link(email))


@app.command()
def token(
    email: str,
    scope: Annotated[Scope, typer.Option(help="Whether it only reads, also writes, or also runs the groups one coordinates.")],
    name: Annotated[str, typer.Option(help="What will use it.")] = "python -m relais token",
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it is good.")] = 90,
) -> None:
    """Print a token with which a program acts for somebody."""
    from relais.commands import inviting

    typer.echo(inviting.token(email, scope, name, days))


@app.command()
def doctor() -> None:
    """Check the record; exit code 1 when something is wrong."""
    from relais import db
    from relais.doctor import examine

    findings = examine(db.engine(), now())
    for finding in findings:
        typer.echo(f"{'ok' if finding.sound else 'WRONG':6}{finding.check}")
        for line in finding.wrong:
            typer.echo(f"      {line}")
    raise typer.Exit(0 if all(finding.sound for finding in findings) else 1)


def main() -> None:
    try:
        app()
    except (WrongSetting, Refused, CannotRun) as wrong:
        _stop(str(wrong))
    except DBAPIError as wrong:
        _stop(f"The database does not do this: {str(wrong.orig).splitlines()[0]}")
    except BrokenPipeError:
        sys.stderr.close()  # whoever read has gone: there is nobody to tell
        sys.exit(1)
    except OSError as wrong:
        _stop(f"{wrong.strerror or wrong}{f': {wrong.filename}' if wrong.filename else ''}")


def _stop(why: str) -> NoReturn:
    typer.echo(f"relais: {why}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
