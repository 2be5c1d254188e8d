"""`rachel replay`, from the file to the shelves: every kobo arrives, nothing is oversold, a second replay changes nothing."""

from collections import Counter
from dataclasses import asdict

import pytest

from core import kitchens, orders, stock
from core.base.identifiers import new_id
from core.cli.order_file import Dish, read_orders
from core.cli.replay import play
from core.cli.replay_stage import Stage
from core.wallets import explain_wallet, wallet
from tests.support import command_line

FILE = b"""order_id,quantity,item_name,choice_description,item_price
1,1,Chips,NULL,$2.39
1,1,Izze,[Apple],$3.39
1,2,Chips,NULL,$4.78
2,3,Bowl,,$10.00
2,1,Izze,[Apple],$3.39
3,1,Burrito,,free
4,1,,,$2.00
4,4,Chips,NULL,$9.56
"""


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path, workplace, copy):
    """Run `rachel` on a machine that has the sign-ins of this test's database."""
    command_line.sign_in(monkeypatch, tmp_path, workplace, copy)
    return command_line.rachel_for(capsys)


@pytest.fixture
def file(tmp_path):
    def file(content, name="orders.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return file


@pytest.fixture
def replayed(owner, ordering, worker, refill):
    """Play the orders of some bytes: `replayed(FILE, 50)`."""

    def replayed(content, percent=100):
        refill()
        return play(owner, ordering, worker, Stage.of(content, b"", percent), read_orders(content), kept=True)

    return replayed


def shelves(owner):
    """Return what every kitchen but those of the tests has: on hand and held, by item."""
    return {item.name: (item.on_hand, item.held) for item in stock.all_items(owner)}


def test_every_order_is_recorded_to_the_kobo_and_holds_its_stock(rachel, file, owner):
    ran = rachel("replay", file(FILE), "--json")
    assert ran.code == 0
    assert ran.result == {
        "file": ran.result["file"], "orders": 4, "lines": 8, "units": 10, "kobo": 239 * 7 + 339 * 2 + 1000, "refused": 2, "changed": 3,
        "invariants_broken": 0, "recorded": 3, "orders_without_rows": 1, "refused_orders": [], "refused_menu_rows": [], "broken": [],
        "refused_rows": [
            {"line": 7, "text": "3,1,Burrito,,free", "reason": "“free” is not an amount: write 1,250.00."},
            {"line": 8, "text": "4,1,,,$2.00", "reason": "Has no item."},
        ],
        "kept": True,
    }  # fmt: skip
    assert shelves(owner) == {"Chips": (7, 7), "Izze [Apple]": (2, 2), "3 × Bowl": (1, 1)}


def test_lines_of_one_dish_are_added_up_before_they_are_sent(replayed, owner):
    recorded = {order.total: order for order in replayed(FILE).recorded}
    first = recorded[239 * 3 + 339]
    assert {(line.dish, line.quantity, line.unit_price) for line in orders.priced_lines(owner, first.id)} == {
        ("Chips", 3, 239),
        ("Izze [Apple]", 1, 339),
    }


def test_the_order_of_the_file_is_named_in_the_note(replayed, owner):
    report = replayed(b"order_id,item,unit_price,order_date,order_time\nA7,Egusi,5,1/2/23,3:04 PM\n")
    [order] = orders.open_orders(owner, report.recorded[0].kitchen_id)
    assert order.note == "Order A7 of the file, 1/2/23 3:04 PM"


def test_a_second_replay_changes_nothing(rachel, file, owner, refill):
    first = rachel("replay", file(FILE), "--json").result
    before = (shelves(owner), [asdict(order) for order in orders.orders(owner)], kitchens.kitchens(owner))
    refill()
    renamed = rachel("replay", file(FILE, "the same under another name.csv"), "--json").result
    assert renamed == first | {"changed": 0, "file": renamed["file"]}
    assert (shelves(owner), [asdict(order) for order in orders.orders(owner)], kitchens.kitchens(owner)) == before


def test_a_replay_that_was_cut_short_is_finished_by_the_next(replayed, owner, ordering, worker):
    found, stage = read_orders(FILE), Stage.of(FILE, b"", 100)
    placed = stage.build(owner, ordering, found).orders()
    [first, *_] = placed
    ids, units = [stage.dish_id(dish) for dish in first.units], list(first.units.values())
    stage.top_up(ordering, worker, 0)
    orders.place_order(ordering, stage.order_id("1"), stage.kitchen_id, stage.customer_id, ids, units, "Order 1 of the file")
    report = replayed(FILE)
    assert (len(report.recorded), report.changed, report.refused) == (3, 2, [])


def test_the_orders_are_paid_from_a_wallet_that_is_filled_as_it_is_spent_and_not_again_by_a_second_replay(
    replayed, owner, ordering, worker
):
    rows = [b"0,Egusi,1,600000", b"1,Egusi,1,600000", b"2,Egusi,1,600000", b"3,Egusi,5,600000"]  # the last costs more than one top-up
    content = b"\n".join([b"order_id,item,quantity,unit_price", *rows])
    report = replayed(content)
    assert (len(report.recorded), report.refused) == (4, [])
    customer_id = Stage.of(content, b"", 100).customer_id
    spent = [step.amount for step in explain_wallet(owner, customer_id) if step.amount < 0]
    assert spent == [-60_000_000] * 3 + [-300_000_000]
    wallet_before = wallet(owner, customer_id)
    assert wallet_before.balance == 5 * 100_000_000 - sum(order.total for order in report.recorded)
    replayed(content)
    Stage.of(content, b"", 100).top_up(ordering, worker, 0)
    assert wallet(owner, customer_id) == wallet_before


def test_an_order_that_is_not_of_the_file_is_not_counted(replayed, ordering):
    stage = Stage.of(FILE, b"", 200)
    before = replayed(FILE, 200)
    chips = stage.dish_id(Dish("Chips", 239))
    orders.place_order(ordering, new_id(), stage.kitchen_id, stage.customer_id, [chips], [1], "From somebody else")
    after = replayed(FILE, 200)
    assert (after.recorded, after.changed) == (before.recorded, 0)


@pytest.mark.parametrize("percent", [0, 50, 99])
def test_with_less_on_the_shelf_what_is_short_is_refused_and_nothing_is_oversold(replayed, owner, percent):
    content = b"order_id,item,quantity,unit_price\n" + b"".join(b"%d,Egusi,2,5\n" % number for number in range(50))
    report = replayed(content, percent)
    assert len(report.recorded) == percent // 2
    assert len(report.refused) == 50 - percent // 2
    assert {order.reason for order in report.refused} == {"Not enough left: Egusi."}
    assert shelves(owner)["Egusi"] == (percent, percent // 2 * 2)
    assert report.broken == []
    again = replayed(content, percent)
    assert (again.changed, again.refused) == (0, report.refused)


def test_another_share_of_stock_is_another_kitchen(replayed, owner):
    replayed(FILE, 100)
    assert replayed(FILE, 50).changed == 1
    assert len(kitchens.kitchens(owner)) == 4


def test_rows_of_a_dish_that_the_server_does_not_store_are_refused_by_line(replayed):
    report = replayed("order_id,item,unit_price\n1,Egusi,5\n1,evil \u202egnp,5\n2,evil \u202egnp,5\n".encode())
    assert [(row.line, row.reason) for row in report.played.refused] == [
        (3, "The name holds a character that cannot be seen."),
        (4, "The name holds a character that cannot be seen."),
    ]
    assert (len(report.recorded), report.played.units()) == (1, Counter({Dish("Egusi", 500): 1}))


def test_an_order_that_no_kitchen_takes_is_refused_and_the_next_is_placed(replayed):
    rows = [f"1,Dish {number},1,5" for number in range(101)] + ["2,Egusi,10001,5", "3,Egusi,1,5"]
    report = replayed(b"order_id,item,quantity,unit_price\n" + "\n".join(rows).encode())
    assert [(order.order, order.reason) for order in report.refused] == [
        ("1", "An order holds at most 100 dishes."),
        ("2", "The quantity of a dish is between 1 and 10,000."),
    ]
    assert (len(report.recorded), report.changed) == (1, 1)


def test_items_by_number_take_name_and_price_from_the_menu(rachel, file, owner):
    menu = file("\ufeffmenu_item_id,item_name,category,price\r\n7,Egusi,Soups,12.50\r\n8,Okro,Soups,?\r\n".encode(), "menu.csv")
    listed = file(b"order_id,item_id\n1,7\n1,7\n2,8\n", "orders.csv")
    ran = rachel("replay", listed, "--menu", menu, "--json")
    assert (ran.result["units"], ran.result["kobo"], ran.result["changed"], ran.result["refused"]) == (2, 2500, 1, 1)
    assert [row["line"] for row in ran.result["refused_menu_rows"]] == [3]
    assert "Item “8” is not in the menu" in ran.result["refused_rows"][0]["reason"]


def test_people_are_told_in_sentences(rachel, file):
    ran = rachel("replay", file(FILE), "--stock-percent", "50")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "8 rows, 4 orders. Recorded: 1 orders (new: 1), 4 units, ₦10.56.",
        "Line 7 was refused: “free” is not an amount: write 1,250.00.  3,1,Burrito,,free",
        "Line 8 was refused: Has no item.  4,1,,,$2.00",
        "Order 2 was refused: Not enough left: 3 × Bowl, Izze [Apple].",
        "Order 4 was refused: Not enough left: Chips.",
        "Every promise holds.",
    ]


def test_a_broken_promise_is_told_and_ends_with_code_1(rachel, file, owner_connection):
    rachel("replay", file(FILE))
    owner_connection.execute("SET session_replication_role = replica; UPDATE app.stock_items SET on_hand = on_hand + 1")
    ran = rachel("replay", file(FILE), "--json")
    owner_connection.execute("UPDATE app.stock_items SET on_hand = on_hand - 1")  # every test ends with its promises kept
    assert (ran.code, ran.result["changed"], ran.result["invariants_broken"] >= 1) == (1, 0, True)
    assert any("I11" in promise for promise in ran.result["broken"])


@pytest.mark.long
def test_the_real_orders_arrive_to_the_kobo_and_a_second_replay_changes_nothing(replayed, real_data):
    content = (real_data / "orders_chipotle.tsv").read_bytes()
    report = replayed(content)
    assert (len(report.recorded), report.played.rows, report.changed, report.refused) == (1834, 4622, 1834, [])
    assert sum(order.total for order in report.recorded) == 3_450_016
    assert sum(order.dishes for order in report.recorded) == 4972
    again = replayed(content)
    assert (again.changed, again.recorded, again.broken) == (0, report.recorded, [])


@pytest.mark.long
def test_the_restaurant_orders_are_replayed_with_their_menu_on_a_scratch_database(capsys, real_data):
    rachel = command_line.rachel_for(capsys)
    ran = rachel("replay", real_data / "orders_restaurant.csv", "--menu", real_data / "menu_restaurant.csv", "--scratch", "--json")
    assert (ran.code, ran.result["kept"]) == (0, False)
    told = {name: ran.result[name] for name in ("orders", "lines", "units", "kobo", "refused", "changed", "invariants_broken")}
    assert told == {
        "orders": 5370, "lines": 12_234, "units": 12_097, "kobo": 15_921_790, "refused": 137, "changed": 5343, "invariants_broken": 0,
    }  # fmt: skip
    assert ran.result["refused_rows"][0]["line"] == 123
