"""The `zeren` command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from graph.errors import ZerenError
from ui.commands import extract, load, network, query, review, serve, store

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

COMMANDS: tuple[Callable[..., None], ...] = (
    load.load,
    load.remove,
    load.rebuild,
    load.sources,
    store.sync,
    extract.extract,
    extract.evaluate,
    serve.serve,
    serve.demo,
    query.queries,
    query.query,
    query.ask,
    query.audit,
    query.chain,
    network.network,
)
for command in COMMANDS:
    app.command()(command)
app.command("export")(query.export_)
app.add_typer(review.app, name="review")


def main() -> None:
    """Run the command line; an error meant for people is one line and an exit code, without a traceback."""
    try:
        app()
    except ZerenError as error:
        arguments = sys.argv[1:]
        english = "en" in arguments or "--lang=en" in arguments or os.environ.get("ZEREN_LANG") == "en"
        print(error.say("en" if english else "zh"), file=sys.stderr)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
