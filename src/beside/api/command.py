"""The command `beside api`: starts the API. The commands for its keys stand beside it."""

from __future__ import annotations

from pathlib import Path

import click

from beside.api.key_command import KEYS, key
from beside.api.keys import KeyFile, KeysError
from beside.api.settings import Settings, problem_of
from beside.gate import PolicyError
from beside.gate.weights import WeightsError

_defaults = Settings()


@click.group(invoke_without_command=True)
@click.option("--open", "open_", is_flag=True, help="Serve this machine without keys, for a first try.")
@click.option("--port", default=_defaults.port, show_default=True, help="Where to listen.")
@click.option("--host", default=_defaults.host, show_default=True, help="On which address of this machine.")
@click.option("--url", default="", help="How callers reach it, where a proxy stands before it.")
@click.option(
    "--policies",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of policy files; read again when it changes.",
)
@click.option(
    "--weights", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Other weights."
)
@click.option(
    "--threads", default=_defaults.threads, show_default=True, help="Threads that read short texts."
)
@click.option(
    "--keys",
    type=click.Path(dir_okay=False, path_type=Path),
    default=KEYS,
    show_default=True,
    envvar="BESIDE_API_KEYS",
    help="The file of keys.",
)
@click.option("--quiet", is_flag=True, help="Say nothing at the start.")
@click.pass_context
def api(context: click.Context, /, open_: bool, keys: Path, quiet: bool, **rest: object) -> None:
    """The gate over HTTP, for whoever calls Perspective, OpenAI moderation or Coral's phase today."""
    if context.invoked_subcommand is None:
        _serve(Settings(open=open_, keys=keys, **rest), quiet=quiet)  # type: ignore[arg-type]
    context.obj = keys


def _serve(settings: Settings, *, quiet: bool) -> None:
    from beside.api.run import serve

    problem = problem_of(settings)
    if problem:
        raise click.ClickException(problem)
    try:
        if not quiet:
            _greet(settings)
        serve(settings)
    except (KeysError, PolicyError, WeightsError) as trouble:
        raise click.ClickException(str(trouble)) from trouble


def _greet(settings: Settings) -> None:
    keyless = not settings.open and settings.keys is not None and not KeyFile(settings.keys).all()
    where = settings.url or f"http://{settings.host}:{settings.port}"
    click.echo(f"Beside answers at {where}/ . Stop it with Ctrl-C.\n", err=True)
    click.echo(f"  Perspective   {where}/v1alpha1", err=True)
    click.echo(f"  OpenAI        {where}/v1", err=True)
    click.echo(f"  Coral         {where}/coral/NAME-OF-THE-KEY", err=True)
    click.echo(f"  its own       {where}/v1/decide, described at {where}/openapi.json\n", err=True)
    if keyless:
        click.echo("There is no key yet. Make one: beside api key create NAME\n", err=True)


api.add_command(key)
