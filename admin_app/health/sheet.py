"""Sheet: one table of the Health page with its details, and how it is written into a file."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from admin_app.health.told import Told, ToldDetail
from admin_app.listing import Listing
from admin_app.titles import put_titles
from core.qt.rows import Column, RowsModel, table


class Sheet(Listing):
    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Any]],
        key: Callable[[Any], Hashable],
        tell: Callable[[Any], Told],
        spare: Sequence[int] = (),
    ) -> None:
        """`spare`: columns that step aside where there is no room."""
        model: RowsModel[Any] = RowsModel(columns, key)
        view = table(model, name, 52)
        put_titles(view, model)
        super().__init__(view, model, ToldDetail(name, tell), spare)
        model.setParent(self)
        self.name = name

    def take(self, rows: Sequence[Any]) -> None:
        """Show these, changing only what changed."""
        if self.has_rows:
            self.refresh(rows)
        else:
            self.show_rows(rows)

    def tell_again(self) -> None:
        """Say anew what the open details hold beside their row, as the time of a check."""
        open_row = self.model.row_at(self.model.index_of(self._key))
        if open_row is not None:
            self.detail.show_row(open_row)

    def titles(self) -> list[str]:
        return [each.title for each in self.model.columns]

    def written(self) -> list[list[str]]:
        """Return what the table says, as a file has it."""
        return [[each.text(row).replace("\n", ", ") for each in self.model.columns] for row in self.model.rows]
