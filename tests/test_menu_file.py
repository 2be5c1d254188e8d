"""Menus as files: every row is one dish to the kobo, or refused by its line number; nothing is guessed."""

import unicodedata

import pytest

from core.cli.menu_file import each_dish_once, read_menu, read_numbered_menu
from core.cli.table_file import BadFile


def read(text, encoding="utf-8"):
    return each_dish_once(read_menu(text.encode(encoding)))


def taken(menu):
    return [(dish.name, dish.category, dish.price) for dish in menu.dishes]


def refused(menu):
    return {row.line: row.reason for row in menu.refused}


def test_the_lagos_menu_is_164_dishes_and_says_what_is_wrong_with_the_other_two_rows(real_data):
    menu = each_dish_once(read_menu((real_data / "menu_lagos_restaurant.csv").read_bytes()))
    prices = {dish.name: dish.price for dish in menu.dishes}
    assert (menu.rows, len(menu.dishes)) == (166, 164)
    assert prices["Atlantic Prawn Bisque"] == 1_266_679
    assert prices["Classic Atlantic Prawn Cocktail"] == 1_347_800
    assert prices["Martell XO"] == 70_000_000
    assert refused(menu) == {
        42: "Repeats line 41.",
        80: "“₦10,000.00 per plate” is not an amount: write 1,250.00.",
    }
    assert menu.refused[1].text == 'Peppered snail,"₦10,000.00 per plate",Royal'


@pytest.mark.parametrize("name", ["name", "item", "item_name", "dish", "Item Name", " DISH "])
def test_the_header_is_recognised_in_any_order_and_spelling(name):
    assert taken(read(f"Category,colour,PRICE,{name}\nSoups,red,1200,Egusi\n")) == [("Egusi", "Soups", 120_000)]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_line_ends_and_byte_order_mark_do_not_matter(delimiter, end):
    rows = [["dish", "price"], ["Egusi", '"₦1,200"'], ["Ẹ̀fọ́ rírò", "900.50"]]
    menu = read("\ufeff" + end.join(delimiter.join(row) for row in rows))
    assert taken(menu) == [("Egusi", "Other", 120_000), ("Ẹ̀fọ́ rírò", "Other", 90_050)]


def test_a_byte_order_mark_before_a_quoted_header_does_not_matter():
    assert taken(read('\ufeff"name","price"\n"Egusi","500"\n')) == [("Egusi", "Other", 50_000)]


def test_quoted_cells_may_hold_delimiters_quotes_and_line_ends_and_lines_are_still_counted_right():
    menu = read('name,price\n"Rice, ""party"" style",500\n"two\nlines",600\nbad,x\n')
    assert taken(menu) == [('Rice, "party" style', "Other", 50_000), ("two\nlines", "Other", 60_000)]
    assert list(refused(menu)) == [5]


def test_blank_lines_are_no_rows_but_are_counted_as_lines():
    menu = read("name,price\n\nEgusi,500\n\nOgbono,free\n")
    assert (menu.rows, list(refused(menu))) == (2, [5])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",500", "Has no name."),
        ("Egusi,", "The amount is empty."),
        ("Egusi,0", "Costs nothing or less"),
        ("Egusi,-500", "Costs nothing or less"),
        ("Egusi,$5", "is not in naira"),
        ("Egusi", "Has 1 fields where the header has 2."),
        ("Egusi,1,200", "Has 3 fields where the header has 2."),
        ('"Egusi"x,500', "quotation marks that do not pair up"),
        ("E" * 140_000 + ",500", "longer than"),
    ],
)
def test_a_row_that_cannot_be_taken_is_reported_by_its_line_and_the_next_is_read(row, reason):
    menu = read(f"name,price\n{row}\nOgbono,700\n")
    assert taken(menu) == [("Ogbono", "Other", 70_000)]
    assert reason in refused(menu)[2]
    assert menu.refused[0].text == row


def test_a_repeat_names_the_line_it_repeats_even_when_the_price_is_written_otherwise():
    menu = read('name,price,category\nEgusi,500,Soups\nOgbono,500,Soups\nEgusi,"₦500.00",Soups\n')
    assert refused(menu) == {4: "Repeats line 2."}
    assert len(menu.dishes) == 2


def test_of_a_dish_with_two_prices_neither_is_guessed():
    menu = read("name,price\nEgusi,500\nOgbono,700\nEgusi,800\nEgusi,500\n")
    assert taken(menu) == [("Ogbono", "Other", 70_000)]
    assert refused(menu) == {
        2: "Line 4 gives the same dish another price (₦800.00).",
        4: "Line 2 gives the same dish another price (₦500.00).",
        5: "Line 4 gives the same dish another price (₦800.00).",
    }


def test_the_same_name_in_another_category_or_in_other_letters_is_another_dish():
    menu = read("name,price,category\nJuice,500,Small\nJuice,800,Large\njuice,500,Small\n")
    assert (len(menu.dishes), menu.refused) == (3, [])


def test_composed_and_decomposed_letters_are_the_same_name():
    menu = read("name,price\nỌ̀gbọ̀nọ̀,500\n" + unicodedata.normalize("NFD", "Ọ̀gbọ̀nọ̀") + ",500\n")
    assert refused(menu) == {3: "Repeats line 2."}


def test_a_numbered_menu_takes_any_currency_one_to_one(real_data):
    menu = read_numbered_menu((real_data / "menu_restaurant.csv").read_bytes())
    assert (menu.rows, menu.refused) == (32, [])
    assert {dish.number: dish.price for dish in menu.dishes}["101"] == 1295


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"colour,size\nred,1\n", "names no column that is known"),
        (b"name,category\nEgusi,Soups\n", "no column price"),
        (b"price\n500\n", "no column for the dish's name"),
        (b"name,dish,price\na,b,5\n", "could both be the dish's name"),
        (b"name,price,price\na,5,6\n", "names the column price twice"),
        (b'name,price\nEgusi,500\n"Ogbono,700\nOkro,800\n', "Line 3 opens a quotation mark that is never closed"),
        ("name,price\nEgusi,500\nẸba,300\n".encode("utf-16"), "Line 1 is not UTF-8"),
        (b"name,price\nEgusi,500\n\xc9ba,300\n", "Line 3 is not UTF-8"),
    ],
)
def test_a_file_that_is_no_menu_is_refused_with_what_to_mend(content, reason):
    with pytest.raises(BadFile, match=reason):
        read_menu(content)
