"""The command `beside`: read one text, sift files, check a policy."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from beside import __version__
from beside.gate import Decision, Gate, Policy, PolicyError, Span
from beside.gate.policy import PRESETS
from beside.gate.policy_file import problem_in
from beside.gate.weights import WeightsError

_COLOURS = {"deliver": "green", "hold": "yellow", "decline": "red"}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Rooms(click.Group):
    """The commands here, and `api`, whose libraries are loaded only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "api"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "api":
            from beside.api.command import api

            return api
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="beside")
def main() -> None:
    """Send support, or keep quiet; let the grieving decide what is right for them."""


@main.command()
@click.argument("text")
@click.option("--policy", "policy_name", help="A preset's name or a policy file.")
@click.option(
    "--weights", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Other weights."
)
def read(text: str, policy_name: str | None, weights: Path | None) -> None:
    """Show what the gate sees in TEXT and what it decides ('-' reads standard input)."""
    text = sys.stdin.read() if text == "-" else text
    gate, policy = _gate(weights), _policy(policy_name)
    reading = gate.read(text)
    decision = gate.decide(text, policy)
    click.secho(str(decision.action), fg=_COLOURS[decision.action], bold=True, nl=False)
    click.echo(f"  (support {decision.support:.2f}, policy: {policy.name})")
    for reason in decision.reasons:
        click.echo(f"  {reason}")
    if decision.spans:
        click.echo(f"\n  {marked(text, decision)}")
    click.echo(f"\n  labels    {', '.join(decision.labels) or 'none'}")
    strongest = sorted(reading.scores.items(), key=lambda item: -item[1])[:5]
    click.echo("  scores    " + ", ".join(f"{name} {score:.2f}" for name, score in strongest))
    click.echo(f"  language  {reading.language or 'too few words to tell'}\n  model     {decision.model}")


def marked(text: str, decision: Decision) -> str:
    """The text with the words that earned a label between [ and ], the labels behind them."""
    shown, last = "", 0
    for start, end, labels in _ranges(decision.spans):
        shown += text[last:start] + click.style(f"[{text[start:end]}]", fg="red") + f"({', '.join(labels)})"
        last = end
    return shown + text[last:]


def _ranges(spans: tuple[Span, ...]) -> list[tuple[int, int, list[str]]]:
    """Spans that overlap as one range with all their labels."""
    ranges: list[tuple[int, int, list[str]]] = []
    for span in sorted(spans, key=lambda span: span.start):
        if ranges and span.start < ranges[-1][1]:
            start, end, labels = ranges[-1]
            merged = labels if span.label in labels else [*labels, span.label]
            ranges[-1] = (start, max(end, span.end), merged)
        else:
            ranges.append((span.start, span.end, [span.label]))
    return ranges


@main.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to fill."
)
@click.option("--policy", "policy_name", help="A preset's name or a policy file.")
@click.option("--text-column", help="The column that holds the text, where it cannot be guessed.")
@click.option("--overwrite", is_flag=True, help="Start afresh where OUT holds an earlier result.")
@click.option(
    "--weights", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Other weights."
)
def sift(
    files: tuple[Path, ...],
    out: Path,
    policy_name: str | None,
    text_column: str | None,
    overwrite: bool,
    weights: Path | None,
) -> None:
    """Put the messages of FILES where they belong: support in OUT, the rest in OUT/for-a-friend.

    A run that was stopped goes on when the same command is given again.
    """
    from beside import sift as room
    from beside.exports import ExportError

    gate, policy = _gate(weights), _policy(policy_name)
    with click.progressbar(length=100, label="Reading", file=sys.stderr) as bar:

        def show(done: int, total: int | None) -> None:
            bar.update(max(0, int(100 * done / total) - bar.pos) if total else 0)

        try:
            summary = room.sift(files, out, gate, policy, show, text_column=text_column, overwrite=overwrite)
        except (ExportError, room.SiftError) as problem:
            raise click.ClickException(str(problem)) from problem
    for note in summary.notes:
        click.echo(f"Note: {note}", err=True)
    click.echo(f"To read:      {summary.report}")
    click.echo(f"For a friend: {summary.friend_report}")


@main.command()
@click.option("--port", default=8000, show_default=True, help="Where the web listens.")
@click.option("--address", default="127.0.0.1", show_default=True, help="On which address of this machine.")
@click.option("--processes", default=1, show_default=True, help="Web processes.")
@click.option("--threads", default=8, show_default=True, help="Threads in each.")
@click.option("--demo", is_flag=True, help="With a demo space of made-up people, and links to it.")
@click.option("--api-port", type=int, help="Run `beside api` beside it, on this port.")
def serve(port: int, address: str, processes: int, threads: int, demo: bool, api_port: int | None) -> None:
    """Run the place: web and worker, with an embedded database unless BESIDE_DATABASE names another."""
    from beside.server import serve as room

    for option, wanted in (("--port", port), ("--api-port", api_port)):
        if wanted is not None and not room.free(address, wanted):
            other = f"Name another: {option} {wanted + 1}"
            raise click.ClickException(f"something else listens on port {wanted}. {other}")
    room.environment(port=port, demo=demo)
    try:
        room.prepare()
    except Exception as problem:
        from beside.server.durable import NotDurableError

        if not isinstance(problem, NotDurableError):
            raise
        raise click.ClickException(str(problem)) from problem
    sys.exit(
        room.serve(
            address=address,
            port=port,
            processes=processes,
            threads=threads,
            api_port=api_port,
            ready=lambda: click.echo(room.greeting(demo=demo, api_port=api_port)),
        )
    )


@main.group()
def policy() -> None:
    """A host's rules."""


@policy.command()
@click.argument("file", type=_FILE)
def check(file: Path) -> None:
    """Say whether FILE is a policy, and if not, where and why."""
    try:
        problem = problem_in(file.read_text(encoding="utf-8"), file.name)
    except UnicodeDecodeError:
        raise click.ClickException(
            f"{file.name} is not UTF-8 text. Save it as UTF-8 and try again."
        ) from None
    if problem:
        click.echo(problem, err=True)
        sys.exit(1)
    click.echo(f"{file.name} is a policy.")


@policy.command("presets")
def presets() -> None:
    """List the policies that come with Beside."""
    for name in PRESETS:
        click.echo(name)


def _gate(weights: Path | None) -> Gate:
    try:
        return Gate(weights)
    except WeightsError as problem:
        raise click.ClickException(str(problem)) from problem


def _policy(name: str | None) -> Policy:
    if name is None:
        return Policy()
    if name in PRESETS:
        return PRESETS[name]
    if not Path(name).is_file():
        raise click.ClickException(
            f"there is no preset and no file {name!r}. Presets: {', '.join(PRESETS)}; or name a TOML file"
        )
    try:
        return Policy.load(name)
    except PolicyError as problem:
        raise click.ClickException(str(problem)) from problem


if __name__ == "__main__":
    main()
