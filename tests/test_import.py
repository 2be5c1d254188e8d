"""`rachel import menu`, from the file to the kitchen's menu: real server, real logins, the real command line."""

import pytest

from core import kitchens, menu
from core.base.errors import TooFast
from core.base.identifiers import new_id
from core.cli.bulk import MOST
from tests.support import command_line


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path, workplace, copy):
    """Run `rachel` on a machine that has the sign-ins of this test's database."""
    command_line.sign_in(monkeypatch, tmp_path, workplace, copy)
    return command_line.rachel_for(capsys)


@pytest.fixture
def file(tmp_path):
    def file(text):
        path = tmp_path / "menu.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return file


def on_menu(owner, kitchen_id):
    return {(dish.name, dish.category): dish.price for dish in menu.dishes(owner, kitchen_id)}


def test_the_lagos_menu_is_brought_in_to_the_kobo_and_a_second_import_changes_nothing(rachel, town, owner, real_data):
    path = real_data / "menu_lagos_restaurant.csv"
    first = rachel("import", "menu", path, "--kitchen", "Lekki", "--json").result
    assert (first["rows"], first["dishes"], first["changed"], first["kept"]) == (166, 164, 164, True)
    assert [row["line"] for row in first["refused"]] == [42, 80]
    sold = on_menu(owner, town.lekki)
    assert sold["Atlantic Prawn Bisque", "Soups"] == 1_266_679
    assert sold["Classic Atlantic Prawn Cocktail", "Fingers"] == 1_347_800
    assert sum(sold.values()) - 80_000 == first["kobo"]  # the town's own moi moi aside
    second = rachel("import", "menu", path, "--kitchen", "Lekki", "--json").result
    assert second == first | {"changed": 0}
    assert on_menu(owner, town.lekki) == sold


def test_a_longer_file_adds_only_what_is_new(rachel, town, owner, file):
    rachel("import", "menu", file("dish,price\nEgusi,500\n"), "--kitchen", "Lekki")
    again = rachel("import", "menu", file("dish,price\nOgbono,700\nEgusi,500\n"), "--kitchen", "Lekki", "--json").result
    assert (again["dishes"], again["changed"]) == (2, 1)
    assert on_menu(owner, town.lekki) == {("Egusi", "Other"): 50_000, ("Ogbono", "Other"): 70_000, ("Moi moi", "Beans"): 80_000}


def test_a_dish_that_the_kitchen_sells_at_another_price_is_refused_by_its_line(rachel, town, owner, file):
    ran = rachel("import", "menu", file("name,price,category\nMoi moi,900,Beans\nEgusi,500,Soups\n"), "--kitchen", "Lekki", "--json")
    [refused] = ran.result["refused"]
    assert (refused["line"], refused["text"]) == (2, "Moi moi,900,Beans")
    assert "sells it for ₦800.00" in refused["reason"]
    assert on_menu(owner, town.lekki)["Moi moi", "Beans"] == 80_000


def test_what_the_server_does_not_store_is_refused_by_its_line_and_the_rest_is_taken(rachel, town, owner, file):
    rows = [f"Dish {number},{number}" for number in range(1, MOST + 100)]
    rows[40] = "evil \u202egnp,5"
    rows[-1] = "N" * 301 + ",5"
    ran = rachel("import", "menu", file("name,price\n" + "\n".join(rows)), "--kitchen", "Lekki", "--json")
    assert {row["line"]: row["reason"] for row in ran.result["refused"]} == {
        42: "The name holds a character that cannot be seen.",
        MOST + 100: "The name is longer than 300 characters.",
    }
    assert ran.result["changed"] == len(on_menu(owner, town.lekki)) - 1 == MOST + 97


def test_an_import_waits_where_the_owner_was_too_fast(rachel, town, owner, file):
    for number in range(20):
        kitchens.create_kitchen(owner, new_id(), f"Kitchen {number}", "Mainland")
    with pytest.raises(TooFast):
        kitchens.create_kitchen(owner, new_id(), "One too many", "Mainland")
    assert rachel("import", "menu", file("name,price\nEgusi,500\n"), "--kitchen", "Lekki", "--json").result["changed"] == 1


def test_a_kitchen_is_named_found_or_opened(rachel, town, file):
    path = file("name,price\nEgusi,500\n")
    unnamed = rachel("import", "menu", path)
    assert (unnamed.code, "--kitchen NAME. Kitchens: Lekki, Yaba" in unnamed.err) == (2, True)
    misspelt = rachel("import", "menu", path, "--kitchen", "Yabba")
    assert (misspelt.code, "There is no kitchen “Yabba”" in misspelt.err) == (2, True)
    opened = rachel("import", "menu", path, "--kitchen", "Surulere", "--district", "Mainland")
    assert (opened.code, opened.out) == (0, "1 rows, 1 dishes, ₦500.00 together. New on the menu of Surulere: 1.\n")
    assert rachel("import", "menu", path, "--kitchen", "Surulere", "--json").result["changed"] == 0


def test_on_a_scratch_database_everything_is_tried_and_nothing_kept(rachel, town, owner, file):
    ran = rachel("import", "menu", file("name,price\nEgusi,500\nOgbono,plenty\n"), "--scratch", "--json")
    assert (ran.code, ran.result["changed"], ran.result["kept"]) == (0, 1, False)
    assert [row["line"] for row in ran.result["refused"]] == [3]
    assert len(on_menu(owner, town.lekki)) == 1


def test_without_a_sign_in_the_file_is_read_and_told_but_nothing_is_kept(rachel, monkeypatch, file):
    monkeypatch.delenv("RACHEL_SIGN_INS")
    ran = rachel("import", "menu", file("name,price\nEgusi,500\nOgbono,plenty\n"), "--json")
    assert (ran.code, ran.result["dishes"], ran.result["changed"], ran.result["kept"]) == (3, 1, 0, False)
    assert "No sign-in for [owner]" in ran.err


def test_what_a_terminal_would_obey_is_shown_as_escapes(rachel, file):
    ran = rachel("import", "menu", file("name,price\n\x1b[2J\u202eEgusi,x\n"), "--scratch")
    assert "Line 2 was refused: “x” is not an amount: write 1,250.00.  \\x1b[2J\\u202eEgusi,x" in ran.out
