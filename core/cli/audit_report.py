"""`rachel audit report verify`: is a report of the trail what was filed and signed? Without the database, and with it where it is there."""

import argparse
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from core.audit import Head, KeptHeads, Key, Statement, read_statement
from core.audit.signing import signed_by
from core.audit.views import seals_at
from core.base.config import load, sign_in
from core.base.days import LAGOS
from core.base.errors import Invalid, Offline, Refused
from core.cli.arguments import add_command, offer_json
from core.cli.outcome import DONE, WRONG, Usage
from core.cli.terminal import read_file, tell
from core.cli.workplace import workplace

VERIFY = """Verify a report of the trail: that NAME.pdf is the file that was filed, that NAME.statement beside it was signed (by
NAME.statement.sig, with the worker's key), and, where there is a sign-in [auditor] or [owner], that the trail still has the head
that it tells. The first two need no database. Whoever gives you the report must not be who gives you the key: rachel audit key tells
it on the worker's machine. Something wrong ends it with code 1, and it says what."""
READERS = ("auditor", "owner")  # whose sign-in is taken, the first there is
NOT_COMPARED = "It was not compared with the database: {why}"


@dataclass(frozen=True)
class Found:
    """What came out: each part is right, wrong, or (None) could not be looked at; `told` says it in sentences."""

    statement: Statement | None
    pdf: bool | None
    signature: bool
    head: bool | None
    told: list[str]

    @property
    def ok(self) -> bool:
        return self.statement is not None and self.pdf is True and self.signature and self.head is not False


def add_to(whats: Any) -> None:
    """Add `report verify` to `rachel audit`."""
    acts = whats.add_parser("report", help="verify a report of the trail").add_subparsers(metavar="ACT", required=True)
    parser = add_command(acts, "verify", "is a report what was filed and signed?", VERIFY, run)
    parser.add_argument("file", type=Path, metavar="NAME.pdf", help="the report; its statement and signature lie beside it")
    parser.add_argument("--key", type=Path, metavar="FILE.pem", help="the worker's public key: this machine's own, if left out")
    offer_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Verify and tell. Returns the exit code."""
    file: Path = chosen.file
    if file.suffix.lower() != ".pdf":
        raise Usage(f"{file}: name the PDF of the report. Its statement and its signature are looked for beside it.")
    pages, stated, signature = (read_file(file.with_suffix(ending)) for ending in (file.suffix, ".statement", ".statement.sig"))
    public, whose = _key(chosen.key)
    text = stated.decode(errors="replace")  # what is no text was not signed either
    try:
        is_signed = signed_by(public, text, b64encode(signature).decode())
    except Invalid as error:
        raise Usage(f"{chosen.key}: {error}") from error
    found = _found(file, pages, text, is_signed, whose)
    result = {"ok": found.ok, "pdf": found.pdf, "signature": found.signature, "head": found.head, "statement": _facts(found.statement)}
    tell(result, found.told, chosen.json)
    return DONE if found.ok else WRONG


def _found(file: Path, pages: bytes, text: str, is_signed: bool, whose: str) -> Found:
    """Put together what is right and what is not."""
    name = file.with_suffix(".statement").name
    signed = f"{name} was signed by {whose}." if is_signed else f"WRONG: {name} was not signed by {whose}."
    try:
        statement = read_statement(text)
    except Invalid:
        return Found(None, None, is_signed, None, [f"WRONG: {name} is no statement of a report.", signed])
    told = statement.told
    is_same = (told.sha256, told.size) == (sha256(pages).hexdigest(), len(pages))
    when = f"{told.at.astimezone(LAGOS):%d %B %Y at %H:%M}, Lagos time"
    one = "1 line" if told.lines == 1 else f"{told.lines:,} lines"
    filed = f"what {told.person} (login {told.login}) filed on {when}: {one}. {told.filters}"
    head, sentence = _compared(statement.head)
    pdf = f"{file.name} is {filed}" if is_same else f"WRONG: {file.name} is not {filed}"
    return Found(statement, is_same, is_signed, head, [pdf, signed, sentence])


def _compared(head: Head) -> tuple[bool | None, str]:
    """Look whether the trail still has this head, and say it."""
    verified = f"The trail was verified for it up to {head.code}."
    purpose = next((purpose for purpose in READERS if sign_in(purpose)), None)
    if purpose is None:
        return None, f"{verified} {NOT_COMPARED.format(why='there is no sign-in here.')}"
    try:
        with workplace(False, purpose) as [reader]:
            there = [seal.head for seal in seals_at(reader, head.stream, [head.position])]
    except (Offline, Refused) as error:
        return None, f"{verified} {NOT_COMPARED.format(why=error)}"
    if there == [head.head]:
        return True, f"{verified} It still has this head there."
    return False, f"WRONG: {verified} It has another head there now: what stands there was rewritten. Run rachel audit verify."


def _key(path: Path | None) -> tuple[str, str]:
    """Return the public key (PEM) whose other half must have signed, and what it is called."""
    if path:
        return read_file(path).decode(errors="replace"), f"the key {path.name}"
    own = KeptHeads.key_of(load().data)
    if not own.exists():
        raise Usage("Name the worker's public key with --key: rachel audit key tells it on the worker's machine.")
    return Key.of(own).public, "the key of this machine"


def _facts(statement: Statement | None) -> dict[str, Any] | None:
    return {name: each if isinstance(each, int) else str(each) for name, each in statement.told._asdict().items()} if statement else None
