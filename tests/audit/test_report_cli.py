"""`rachel audit report verify`: what was filed and signed is told from everything else, with the database and without; also by openssl."""

import shutil
import subprocess
from base64 import b64decode

import pytest

from core.audit import KeptHeads, Key
from core.base.config import load
from core.worker.reports import Signer
from tests.audit.conftest import spoiled
from tests.support.command_line import rachel_for, sign_in
from tests.support.reports import FILTERS, filed, sealed

copy = spoiled
PAGES = b"%PDF-1.4 the pages"


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path, workplace, copy):
    sign_in(monkeypatch, tmp_path, workplace, copy)
    return rachel_for(capsys)


@pytest.fixture
def head(rachel, scene, worker):
    scene.order()
    return sealed(worker)


@pytest.fixture
def key(rachel):
    """The key of this machine, which is the worker's here."""
    return Key.of(KeptHeads.key_of(load().data))


@pytest.fixture
def one(auditor, worker, head, key, tmp_path):
    """The PDF of a report, with its statement and signature beside it."""
    filed(auditor, head, PAGES)
    [signed] = Signer(worker, KeptHeads(tmp_path / "worker"), key).look()
    file = tmp_path / "report.pdf"
    file.write_bytes(PAGES)
    file.with_suffix(".statement").write_bytes(signed.statement.encode())
    file.with_suffix(".statement.sig").write_bytes(b64decode(signed.signature))
    return file


def verify(rachel, file, *options):
    return rachel("audit", "report", "verify", file, *options)


def test_what_was_filed_and_signed_is_said_to_be_so(rachel, one, head):
    ran = verify(rachel, one)
    assert ran.code == 0, ran.err
    said = ran.out.splitlines()
    assert said[0].startswith("report.pdf is what ") and said[0].endswith(f"Lagos time: 3 lines. {FILTERS}")
    assert said[1:] == [
        "report.statement was signed by the key of this machine.",
        f"The trail was verified for it up to {head.code}. It still has this head there.",
    ]
    result = verify(rachel, one, "--json").result
    assert (result["ok"], result["pdf"], result["signature"], result["head"]) == (True, True, True, True)
    assert (result["statement"]["lines"], result["statement"]["trail_head"]) == (3, head.head)


def test_other_pages_are_not_the_report(rachel, one):
    one.write_bytes(PAGES + b" ")
    ran = verify(rachel, one)
    assert ran.code == 1 and ran.out.startswith("WRONG: report.pdf is not what ")


@pytest.mark.parametrize("change", [("lines: 3", "lines: 4"), ("filed by: ", "filed by: Not "), ("-", "–"), ("\n", "\r\n")])
def test_a_statement_that_was_touched_was_not_signed(rachel, one, change):
    statement = one.with_suffix(".statement")
    statement.write_bytes(statement.read_bytes().replace(*(part.encode() for part in change), 1))
    ran = verify(rachel, one)
    assert ran.code == 1 and "WRONG: report.statement was not signed by the key of this machine." in ran.out


def test_what_is_no_statement_is_told_even_where_it_is_signed(rachel, one, key):
    for content in (b"rachel head\n", b"", b"\xff\xfe"):
        one.with_suffix(".statement").write_bytes(content)
        one.with_suffix(".statement.sig").write_bytes(key.sign_bytes(content))
        ran = verify(rachel, one)
        assert ran.code == 1 and "WRONG: report.statement is no statement of a report." in ran.out


@pytest.mark.parametrize("signature", [b"", b"x" * 64, b"x" * 1000])
def test_a_signature_that_is_none_is_told(rachel, one, signature):
    one.with_suffix(".statement.sig").write_bytes(signature)
    assert verify(rachel, one).code == 1


def test_the_signature_of_another_key_is_not_the_workers(rachel, one, tmp_path):
    (tmp_path / "other.pem").write_text(Key.of(tmp_path / "private.pem").public)
    ran = verify(rachel, one, "--key", tmp_path / "other.pem")
    assert ran.code == 1 and "WRONG: report.statement was not signed by the key other.pem." in ran.out


def test_after_a_rewrite_the_report_tells_it(rachel, one, tamper, worker):
    emptied = "DELETE FROM app.leaves", "DELETE FROM app.seals WHERE position > 0"
    tamper("UPDATE app.audit_events SET reason = 'Because' WHERE id = 12", *emptied)
    sealed(worker)
    ran = verify(rachel, one)
    assert ran.code == 1 and "what stands there was rewritten" in ran.out
    assert verify(rachel, one, "--json").result["head"] is False


def test_whoever_has_no_database_needs_the_key_alone(rachel, one, tmp_path, monkeypatch):
    (tmp_path / "worker.pem").write_text(rachel("audit", "key").out)
    monkeypatch.delenv("RACHEL_SIGN_INS")
    monkeypatch.setenv("RACHEL_DATA", str(tmp_path / "an auditor's"))
    assert "--key" in verify(rachel, one).err
    ran = verify(rachel, one, "--key", tmp_path / "worker.pem")
    assert ran.code == 0 and "there is no sign-in here" in ran.out
    assert verify(rachel, one, "--key", tmp_path / "worker.pem", "--json").result["head"] is None
    assert not (tmp_path / "an auditor's").exists()


def test_a_server_that_is_away_is_said_and_the_rest_is_verified(rachel, one, monkeypatch):
    monkeypatch.setenv("RACHEL_PORT", "1")
    ran = verify(rachel, one)
    assert ran.code == 0 and "It was not compared with the database: " in ran.out


@pytest.mark.parametrize("gone", [".pdf", ".statement", ".statement.sig"])
def test_a_file_that_is_not_there_is_named(rachel, one, gone):
    one.with_suffix(gone).unlink()
    ran = verify(rachel, one)
    assert ran.code == 2 and f"report{gone} cannot be read" in ran.err


def test_what_is_no_key_and_what_is_no_pdf_is_refused(rachel, one):
    assert verify(rachel, one, "--key", one).code == 2
    ran = verify(rachel, one.with_suffix(".statement"))
    assert ran.code == 2 and "name the PDF" in ran.err


@pytest.mark.skipif(shutil.which("openssl") is None, reason="checks with openssl")
def test_whoever_has_the_key_checks_it_with_openssl_and_a_changed_statement_fails(rachel, one, tmp_path):
    key, statement = tmp_path / "key.pem", one.with_suffix(".statement")
    key.write_text(rachel("audit", "key").out)
    words = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", statement, "-sigfile", f"{statement}.sig"]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0
    hashed = subprocess.run(["openssl", "dgst", "-sha256", "-r", one], capture_output=True, check=True, text=True).stdout
    assert f"pdf sha256: {hashed.split()[0]}\n" in statement.read_text(encoding="utf-8")
    statement.write_bytes(statement.read_bytes() + b" ")
    assert subprocess.run(words, capture_output=True, check=False).returncode != 0
