"""Report files: the three that a signed report is, the one it is until then, and what must not be written over."""

from base64 import b64decode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from core.audit import Report, in_pem, statement_of
from core.base.errors import Refused
from core.base.files import whole

ENDING = ".pdf"

translate = QCoreApplication.translate


class Unfinished(Refused):
    """The three files of a report cannot be made of what there is; says why."""


@dataclass(frozen=True)
class Places:
    """Where a report goes: `unsigned` until it is signed. `replaces`: the person agreed that `pdf` and what belongs to it is replaced."""

    pdf: Path
    unsigned: Path
    replaces: bool = False

    @classmethod
    def chosen(cls, chosen: str) -> "Places":
        """Return those of a file that was chosen, where a person was asked whether it is replaced if it is there."""
        path = Path(chosen)
        pdf = path if path.suffix.lower() == ENDING else path.with_name(f"{path.name}{ENDING}")
        return cls(pdf, pdf.with_name(f"{pdf.stem} {not_signed()}{pdf.suffix}"), replaces=pdf == path and pdf.exists())

    @classmethod
    def earlier(cls, unsigned: Path) -> "Places":
        """Return those of a report that was made earlier."""
        return cls(unsigned.with_name(f"{unsigned.stem.removesuffix(not_signed()).rstrip()}{unsigned.suffix}"), unsigned)

    @property
    def statement(self) -> Path:
        return self.pdf.with_suffix(".statement")

    @property
    def signature(self) -> Path:
        return self.pdf.with_suffix(".statement.sig")

    def why_not(self) -> str:
        """Say why nothing can be made here; "" where it can."""
        if self.unsigned.exists():
            words = translate("report", "{file} waits for its signature there. Sign that one first, or choose another name.")
            return words.format(file=self.unsigned.name)
        there = [] if self.replaces else [each for each in (self.pdf, self.statement, self.signature) if each.exists()]
        words = translate("report", "{file} is there already. Choose another name.")
        return words.format(file=there[0].name) if there else ""

    def keep_unsigned(self, pages: bytes) -> None:
        """Write the pages, named as not signed. Raises OSError."""
        with whole(self.unsigned) as [draft]:
            draft.write_bytes(pages)

    def forget_unsigned(self) -> None:
        """Take away the pages that were kept. Raises OSError."""
        self.unsigned.unlink(missing_ok=True)

    def keep_signed(self, report: Report) -> None:
        """Make the three files of what was kept unsigned. Raises Unfinished, Invalid or OSError; then all is as it was."""
        pages = self.unsigned.read_bytes()
        if sha256(pages).hexdigest() != report.sha256:
            words = translate("report", "{file} was changed since it was filed. Make the report anew.")
            raise Unfinished(words.format(file=self.unsigned.name))
        signature = report.signature or ""
        if not statement_of(report).is_signed_by(in_pem(report.public_key or ""), signature):
            raise Unfinished(translate("report", "What came is not a signature of this report. Call whoever runs the server."))
        contents = {self.pdf: pages, self.statement: report.statement.encode(), self.signature: b64decode(signature)}
        if not self.replaces:
            for place, content in contents.items():
                if place.exists() and place.read_bytes() != content:
                    words = translate("report", "{file} is there already, with something else in it. Rename it, then sign again.")
                    raise Unfinished(words.format(file=place.name))
        with whole(*contents) as drafts:
            for draft, content in zip(drafts, contents.values(), strict=True):
                draft.write_bytes(content)
        if self.unsigned != self.pdf:
            self.unsigned.unlink(missing_ok=True)


def not_signed() -> str:
    return translate("report", "(not signed)")


def why_unwritten(error: OSError, file: str, *, elsewhere: bool = False) -> str:
    """Say why a file could not be read or written; `elsewhere`: another place may be chosen instead."""
    words = translate("report", "{file} could not be read or written: {why}.").format(file=file, why=error.strerror or error)
    return f"{words} {translate('report', 'Choose another place.')}" if elsewhere else words
