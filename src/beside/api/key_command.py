"""The commands for API keys: make one, list them, revoke one, add what Coral signs with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from beside.api.keys import ASKING, OPEN, Contract, Key, KeyFile, KeysError

T = TypeVar("T")
KEYS = Path("beside-keys.json")
_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_keys_option = click.option(
    "--keys", "given", type=click.Path(dir_okay=False, path_type=Path), help="The file of keys."
)


@click.group()
def key() -> None:
    """Who may ask the API."""


@key.command()
@click.argument("name")
@click.option(
    "--contract",
    "contracts",
    multiple=True,
    type=click.Choice([str(one) for one in Contract]),
    help="What the key is for; may be given several times. All but metrics, if left out.",
)
@click.option("--policy", default=OPEN.policy, show_default=True, help="A preset or a file of the folder.")
@click.option("--rate", default=10.0, show_default=True, help="Texts a second; 0 for no limit.")
@click.option("--burst", default=20, show_default=True, help="Texts at once.")
@click.option("--story", "stories", multiple=True, help="Coral: a story's id, or a pattern of its address.")
@click.option("--shadow", is_flag=True, help="Coral: log what would be decided, decide nothing.")
@click.option("--lets-through", is_flag=True, help="Coral: publish what is delivered; for pre-moderation.")
@click.option("--policy-mode", is_flag=True, help="OpenAI: flag what the policy does not deliver.")
@_keys_option
@click.pass_context
def create(
    context: click.Context, /, given: Path | None, name: str, contracts: tuple[str, ...], **rest: object
) -> None:
    """Make a key called NAME. It is shown once, and only a hash of it is kept."""
    made = Key(
        name=_plain(name),
        contracts=tuple(Contract(one) for one in contracts) or ASKING,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        **rest,  # type: ignore[arg-type]
    )
    secret = _tried(lambda: _file(context, given).create(made))
    click.echo(secret)
    click.echo("Keep it safe: it is not shown again.", err=True)


@key.command("list")
@_keys_option
@click.pass_context
def list_(context: click.Context, given: Path | None) -> None:
    """Show the keys, without what is secret about them."""
    for one in _tried(lambda: _file(context, given).all()):
        what = [
            ", ".join(one.contracts),
            f"policy {one.policy}",
            f"{one.rate:g} a second",
            f"made {one.created}",
        ]
        what += [f"story {story}" for story in one.stories]
        what += [word for word, is_so in _words(one) if is_so]
        click.echo(f"{one.name}: {'; '.join(what)}")


def _words(one: Key) -> list[tuple[str, bool]]:
    return [
        ("shadow", one.shadow),
        ("lets through", one.lets_through),
        ("policy mode", one.policy_mode),
        (f"{len(one.signing)} signing secrets", bool(one.signing)),
    ]


@key.command()
@click.argument("name")
@_keys_option
@click.pass_context
def revoke(context: click.Context, given: Path | None, name: str) -> None:
    """Take the key NAME away. It counts no longer, from the next request on."""
    _tried(lambda: _file(context, given).revoke(name))
    click.echo(f"{name} is revoked.")


@key.command()
@click.argument("name")
@click.option("--only", is_flag=True, help="Forget the secrets that were there before.")
@_keys_option
@click.pass_context
def sign(context: click.Context, given: Path | None, name: str, only: bool) -> None:
    """Add the secret that Coral signs with to the key NAME; read from standard input, or asked for.

    During a rotation Coral signs with the old secret and the new one: a key may have several.
    """
    secret = (
        click.prompt("Signing secret", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.read()
    )
    if not secret.strip():
        raise click.ClickException("there was no secret to add. Copy it from the phase in Coral's settings")

    def added(one: Key) -> Key:
        kept = () if only else tuple(old for old in one.signing if old != secret.strip())
        return replace(one, signing=(*kept, secret.strip()))

    _tried(lambda: _file(context, given).change(name, added))
    click.echo(f"{name} takes what is signed with it.")


def _plain(name: str) -> str:
    if not name or not set(name) <= _NAME:
        raise click.ClickException("a name is written in a to z, 0 to 9, - and _: it is part of an address")
    return name


def _file(context: click.Context, given: Path | None) -> KeyFile:
    """The file named here, or before the subcommand, or the usual one."""
    outer = context.find_root().find_object(Path)
    return KeyFile(given or outer or KEYS)


def _tried(what: Callable[[], T]) -> T:
    try:
        return what()
    except KeysError as problem:
        raise click.ClickException(str(problem)) from problem
