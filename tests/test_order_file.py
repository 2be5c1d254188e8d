"""Orders as files: what was sold to the last kobo, and every row that cannot be taken by its line number."""

from collections import Counter

import pytest

from core.cli.menu_file import read_numbered_menu
from core.cli.order_file import Dish, read_orders
from core.cli.table_file import BadFile

MENU = read_numbered_menu(b"item_id,name,price\n7,Egusi,12.50\n8,Ogbono,9\n9,Okro,5\n9,Okro special,6\n")


def read(text, menu=None):
    return read_orders(text.encode(), menu)


def kobo(orders):
    return sum(dish.price * units for dish, units in orders.units().items())


def test_the_real_orders_come_out_to_the_kobo(real_data):
    orders = read_orders((real_data / "orders_chipotle.tsv").read_bytes())
    assert (orders.rows, len(orders.named), len(orders.orders()), orders.refused) == (4622, 1834, 1834, [])
    assert kobo(orders) == 3_450_016
    assert orders.units().total() == 4972


def test_rows_without_an_item_are_reported_by_line_and_their_orders_keep_the_rest(real_data):
    menu = read_numbered_menu((real_data / "menu_restaurant.csv").read_bytes())
    orders = read_orders((real_data / "orders_restaurant.csv").read_bytes(), menu)
    assert (orders.rows, len(orders.named), len(orders.orders())) == (12_234, 5370, 5343)
    assert (len(orders.refused), orders.refused[0].line) == (137, 123)
    assert {row.reason for row in orders.refused} == {"Has no item."}
    assert kobo(orders) == 15_921_790


def test_a_choice_is_part_of_the_name_unless_there_is_none():
    orders = read("order_id,item_name,choice_description,item_price\n1,Izze,[Apple],3.39\n1,Izze,NULL,3.39\n1,Izze,,3.39\n")
    assert orders.units() == {Dish("Izze [Apple]", 339): 1, Dish("Izze", 339): 2}


def test_lines_of_one_order_with_the_same_dish_are_added_up():
    [first, second] = read("quantity,item,unit_price,order_id\n2,Egusi,5,A\n1,Egusi,5,B\n3,Egusi,5,A\n1,Egusi,6,A\n").orders()
    assert (first.number, first.units) == ("A", Counter({Dish("Egusi", 500): 5, Dish("Egusi", 600): 1}))
    assert (second.number, second.units) == ("B", Counter({Dish("Egusi", 500): 1}))


def test_the_quantity_is_one_where_the_file_has_no_such_column():
    assert read("order_id;item;unit_price\n1;Egusi;5\n").units() == {Dish("Egusi", 500): 1}


@pytest.mark.parametrize("column", ["line_total", "item_price"])
def test_a_line_total_is_shared_out_exactly_or_is_a_dish_of_its_own(column):
    orders = read(f"order_id,item,quantity,{column}\n1,Egusi,3,9.00\n2,Egusi,3,10.00\n")
    assert orders.units() == {Dish("Egusi", 300): 3, Dish("3 × Egusi", 1000): 1}
    assert kobo(orders) == 1900


def test_currency_signs_and_blanks_around_an_amount_are_dropped():
    assert read("order_id\titem\titem_price\n1\tEgusi\t $2.39 \n1\tOkro\t₦ 1,000\n").units() == {
        Dish("Egusi", 239): 1,
        Dish("Okro", 100_000): 1,
    }


@pytest.mark.parametrize(("columns", "cells"), [("at", "2026-01-02T03:04:05Z"), ("order_date,order_time", "1/2/23,3:04 PM")])
def test_the_time_is_kept_as_the_file_writes_it(columns, cells):
    [order] = read(f"order_id,item,unit_price,{columns}\n1,Egusi,5,{cells}\n").orders()
    assert order.at == cells.replace(",", " ")


def test_with_a_menu_the_number_names_dish_and_price():
    orders = read("item_id,order_id,quantity\n7,1,2\n8,1,1\n", MENU)
    assert orders.units() == {Dish("Egusi", 1250): 2, Dish("Ogbono", 900): 1}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,,1,5", "Has no item."),
        (",Egusi,1,5", "Has no order_id."),
        ("1,Egusi,0,5", "not a quantity"),
        ("1,Egusi,-1,5", "not a quantity"),
        ("1,Egusi,1.5,5", "not a quantity"),
        ("1,Egusi,,5", "not a quantity"),
        ("1,Egusi,２,5", "not a quantity"),
        ("1,Egusi,9999999999,5", "not a quantity"),
        ("1,Egusi,1,", "The amount is empty."),
        ("1,Egusi,1,market price", "is not an amount"),
        ("1,Egusi,1,0", "Costs nothing"),
        ("1,Egusi,1,-5", "Costs nothing"),
        ("1,Egusi,1", "Has 3 fields where the header has 4."),
        ("1,Egu\0si,1,5", "Holds a character that is no text"),
    ],
)
def test_a_row_that_cannot_be_taken_is_reported_by_its_line_and_the_next_is_read(row, reason):
    orders = read(f"order_id,item,quantity,unit_price\n{row}\n2,Okro,1,7\n")
    assert orders.units() == {Dish("Okro", 700): 1}
    [refused] = orders.refused
    assert (refused.line, refused.text) == (2, row)
    assert reason in refused.reason
    assert orders.rows == 2


@pytest.mark.parametrize(
    ("number", "reason"), [("", "Has no item."), ("NULL", "“NULL” is not in the menu"), ("9", "is in the menu 2 times")]
)
def test_a_number_that_the_menu_does_not_settle_is_refused(number, reason):
    orders = read(f"order_id,item_id\n1,{number}\n2,7\n", MENU)
    assert reason in orders.refused[0].reason
    assert (len(orders.orders()), orders.named) == (1, {"1", "2"})


@pytest.mark.parametrize(
    ("header", "menu", "reason"),
    [
        ("item,unit_price", None, "no column order_id"),
        ("order_id,unit_price", None, "no column for the item"),
        ("order_id,item", None, "no column for the price"),
        ("order_id,item,item_name,unit_price", None, "could both be the item"),
        ("order_id,item_id", None, "add --menu FILE"),
        ("order_id,item,unit_price", MENU, "leave --menu out"),
    ],
)
def test_a_file_that_holds_no_orders_is_refused_with_what_to_mend(header, menu, reason):
    with pytest.raises(BadFile, match=reason):
        read(f"{header}\n", menu)


def test_the_rows_of_a_dish_that_cannot_be_sold_are_refused_like_the_others():
    orders = read("order_id,item,unit_price\n1,Egusi,5\n1,Okro,6\nx,,1\n2,Egusi,5\n")
    left = orders.without({Dish("Egusi", 500): "Nobody sells this."})
    assert left.units() == {Dish("Okro", 600): 1}
    assert [(row.line, row.reason) for row in left.refused] == [(2, "Nobody sells this."), (4, "Has no item."), (5, "Nobody sells this.")]
    assert (left.rows, left.named) == (4, {"1", "2", "x"})
