"""Where the worker runs, and what stands still without one, is said in the same words on the Health page and in the guides."""

from pathlib import Path

from admin_app.promises.unwatched import no_worker

DOCS = Path(__file__).parents[2] / "docs"
WHERE = "it runs in the server's network, on a machine of its own"


def test_the_page_and_the_guides_say_the_same(qapp):
    meaning, _, where = no_worker().partition(" Start it: ")
    assert where == f"{WHERE}."
    server, scaling = (" ".join((DOCS / name).read_text(encoding="utf-8").split()) for name in ("server.md", "scaling.md"))
    assert f"**{meaning}**" in server
    assert f"the worker ({WHERE})" in server
    assert f"It{WHERE[2:]}, because" in server
    assert f"a worker ({WHERE})" in scaling
