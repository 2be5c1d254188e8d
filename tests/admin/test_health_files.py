"""What the Health page writes into files."""

import csv

from core.health.triggers import TRIGGERS
from tests.admin.test_health import show

__all__ = ["show"]  # the page's fixture


def test_what_is_shown_and_all_figures_go_into_files(qtbot, show, town, tmp_path):
    page, limits = show(ask=lambda _, name: str(tmp_path / name)), sum(len(each.limits) for each in TRIGGERS)
    for export, name, rows in ((page.head.export_shown, "reserves", len(TRIGGERS)), (page.head.export_all, "figures", limits)):
        with qtbot.waitSignal(page.said):
            export.emit()
        [file] = tmp_path.glob(f"{name} *.csv")
        with file.open(encoding="utf-8-sig", newline="") as content:
            table = list(csv.reader(content))
        assert len(table) == 1 + rows
        file.unlink()
    assert table[1][0] == "T1"
    assert table[0][3:6] == ["Figure", "Threshold", "Unit"]
    page.cards.cards[1].click()
    with qtbot.waitSignal(page.said):
        page.head.export_shown.emit()
    [file] = tmp_path.glob("promises *.csv")
    assert "I01" in file.read_text(encoding="utf-8-sig")
