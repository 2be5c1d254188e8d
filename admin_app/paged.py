"""Paged: a page whose table is searched, filtered, sorted and paged by the database, and live without moving a row that is being read."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.head import Head
from admin_app.listing import Listing
from admin_app.page import Ask, ListPage
from admin_app.parts import PAGE, Answer, Part, Source, compare, read_all, read_first, read_news, read_part
from admin_app.reader import Reader
from core.base.errors import Refused
from core.live import Changes
from core.qt.export import ask_where
from core.qt.line import LineState
from core.qt.task import run, unless_expected

MOST_CHANGED = 5000  # objects: whoever missed more reads all that is shown

translate = QCoreApplication.translate


class Sayings(NamedTuple):
    """What a page says, in words for the person."""

    reading: str
    unreadable: str  # the title when nothing could be read
    not_found: str
    none_yet: tuple[str, str, str]  # icon, title, sentence
    one: str
    many: str  # {n}
    one_new: str
    many_new: str  # {n}

    def counted(self, shown: int, more: bool) -> str:
        """Say how many are shown."""
        words = translate("paged", "{n} shown, more below") if more else self.one if shown == 1 else self.many
        return words.format(n=f"{shown:,}")

    def news(self, new: int, moved: bool) -> str:
        """Say what waits for whoever reads; "" for nothing."""
        if new:
            return (self.one_new if new == 1 else self.many_new).format(n=f"{PAGE}+" if new >= PAGE else new)
        return translate("paged", "Sort again") if moved else ""


class PagedPage(ListPage):
    """Nothing moves under whoever reads: what is new waits behind a button until then."""

    nouns: frozenset[str] = frozenset()  # whose changes it hears of

    def __init__(
        self, line: LineState, head: Head, listing: Listing, filters: Any, source: Source, sayings: Sayings, ask: Ask = ask_where
    ) -> None:
        """`filters`: admin_app/bar.py. Their value is a question, which tells whether it `narrows`."""
        super().__init__(line, head, listing, [filters], ask)
        self.filters, self.source, self.sayings, self.model = filters, source, sayings, listing.model
        self.setFocusProxy(filters.search)
        self.changed: set[UUID] | None = set()  # objects to look at again; None: all that are shown
        self.news = Reader(self._prepare_news, self._show_news, self._failed, self)
        self.asked, self.answered, self.resolved = filters.value, None, None  # what is wanted; what is shown, and as the source resolved it
        self.more, self.waiting, self.sought = False, "", False  # sought: the details of what is found are wanted
        self.loading, self.missed = False, False  # an answer is on its way; something changed meanwhile
        self._listen()
        self.load()

    def take(self, changes: Changes) -> None:
        heard = bool(changes.nouns & self.nouns)
        if changes.resync or heard and self.changed is not None and len(self.changed) > MOST_CHANGED:
            self.changed = None
        elif heard and self.changed is not None:
            self.changed |= changes.objects
        if changes.resync or heard:
            self.hear()

    def hear(self) -> None:
        """Look at what is new; not while a question waits for its answer, for it may cost something to resolve it twice."""
        self.missed = self.loading
        if not self.loading:
            self.news.ask()

    def load(self) -> None:
        """Ask what the filters say. What is shown stays until there is an answer."""
        asked = self.asked = self.filters.value
        self.loading = True
        self.head.count.setText(self.tr("Looking …"))
        if not self.listing.has_rows:
            self.listing.say("hourglass", self.sayings.reading)

        def ended(answer: Answer | None, error: Exception | None = None) -> None:
            if error:
                unless_expected(error)
            if asked != self.asked:
                return  # somebody asks something else by now
            self.loading = False
            if answer:
                self._show_first(answer)
            elif error:
                self._failed(error)
            if self.missed:
                self.hear()

        run(self, partial(read_first, self.source, asked), then=ended, failed=lambda error: ended(None, error))

    def why_nothing(self, asked: Any) -> str:
        """Say why nothing was found."""
        return self.sayings.not_found

    def counted(self) -> str:
        """Say how many are shown."""
        return self.sayings.counted(len(self.model.rows), self.more)

    def news_words(self, new: int, moved: bool) -> str:
        """Say what waits for whoever reads; "" for nothing."""
        return self.sayings.news(new, moved)

    def _listen(self) -> None:
        self.filters.changed.connect(lambda: self.load() if self.filters.value != self.asked else None)
        self.filters.entered.connect(self._open_found)
        self.listing.rested.connect(self.hear)
        self.model.wanted.connect(self._read_next)
        self.head.look_again.connect(self.load)
        self.head.news.clicked.connect(self.listing.leave)

    def _open_found(self) -> None:
        """Enter in the search: open the first row of its answer, as soon as that is there."""
        self.sought = self.asked != self.answered
        if not self.sought and self.listing.has_rows:
            self.listing.open_first()

    def _show_first(self, answer: Answer) -> None:
        self.head.complain("")
        self.answered, self.resolved = answer.asked, answer.wanted
        if answer.first.rows:
            self.listing.show_rows(answer.first.rows, answer.first.more)
            if self.sought:
                self.listing.open_first()
        else:
            _say_nothing(self, answer.asked)
        self.sought = False
        self._tell(answer.first.more)

    def _read_next(self, last: Any) -> None:
        asked, key = self.answered, self.model.key(last)

        def append(part: Part) -> None:
            if asked == self.answered and self.model.rows and self.model.key(self.model.rows[-1]) == key:  # else it was read anew
                self.model.append(part.rows, part.more)
                self._tell(part.more, self.waiting)

        def failed(error: Exception) -> None:
            self.model.more = True
            self._failed(error)

        run(self, partial(read_part, self.source, self.resolved, last), then=append, failed=failed)

    def _prepare_news(self) -> Callable[[], Answer]:
        shown: list[Any] = [self.model.key(row) for row in self.model.rows]
        changed = self.changed
        self.changed = set()
        return partial(read_news, self.source, self.asked, resolved_now(self), shown, changed)

    def _show_news(self, answer: Answer) -> None:
        if answer.asked != self.asked:
            return
        self.head.complain("")
        if self.answered != answer.asked or not self.listing.has_rows or not answer.first.rows:
            self._show_first(answer)
        elif self.listing.reading:
            key = self.model.key
            now = {key(row): row for row in (*answer.first.rows, *answer.touched)}
            self.listing.refresh([now.get(key(row), row) for row in self.model.rows])
            found = compare([key(row) for row in answer.first.rows], [key(row) for row in self.model.rows], self.more)
            self._tell(self.more, self.news_words(*found))
        else:
            self.resolved = answer.wanted
            self.listing.refresh(answer.first.rows)
            self.model.more = answer.first.more
            self._tell(answer.first.more)

    def _tell(self, more: bool, waiting: str = "") -> None:
        """Say how many are shown, whether there are more below, and what waits."""
        self.more, self.waiting = more, waiting
        self.head.count.setText(self.counted())
        self.head.tell_news(waiting)

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        self.changed = None
        self._tell(self.more, self.waiting)
        if not self.listing.has_rows:
            self.listing.say("circle-alert", self.sayings.unreadable, str(error), self.tr("Try again"), self.load, "dangerText")
        elif self.answered != self.asked:
            self.head.complain(self.tr("{why} The table still shows what was asked for before.").format(why=error))
        elif isinstance(error, Refused):  # while offline the banner says it
            self.head.complain(self.tr("These rows could not be read again. {why}").format(why=error))


def resolved_now(page: PagedPage) -> Any:
    """What is asked for, as the source resolved it; None where it is not yet, or where "today" is another day by now."""
    span, found, now = getattr(page.asked, "span", None), getattr(page.resolved, "filter", None), page.line.now()
    if page.asked != page.answered or span and found and (span.since(now), span.until(now)) != (found.since, found.until):
        return None
    return page.resolved


def _say_nothing(page: PagedPage, asked: Any) -> None:
    """Say that nothing is like what was asked for, or that there is nothing at all yet."""
    if asked.narrows:
        title, act = translate("paged", "Nothing found"), translate("paged", "Clear filters")
        page.listing.say("search", title, page.why_nothing(asked), act, page.filters.clear)
    else:
        page.listing.say(*page.sayings.none_yet)


def let_export(page: PagedPage, name: str, titles: Sequence[str], cells: Callable[[Any], Sequence[str]]) -> None:
    """Let a page's head write into a file what is shown, or everything that was asked for."""

    def everything(asked: Any, wanted: Any) -> Iterator[Any]:
        return read_all(page.source, page.source.resolve(asked) if wanted is None else wanted)

    def export_all() -> None:
        asked, wanted = page.asked, resolved_now(page)  # as it is asked for now, of the days it is now
        page.export(name, titles, lambda: map(cells, everything(asked, wanted)))

    page.head.export_shown.connect(lambda: page.export(name, titles, partial(map, cells, list(page.model.rows))))
    page.head.export_all.connect(export_all)
