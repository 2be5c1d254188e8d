"""Money is frozen: every page of the office says so, since when and why, and leads whoever may to its end."""

from dataclasses import replace

import pytest

from admin_app.frozen import titles_of
from admin_app.proposals.sheet import ProposalSheet
from core.base.identifiers import new_id
from core.health import freeze, record_checks
from core.proposals import Kind, Progress, proposals, reject_proposal
from tests.admin.sheets import sheet, texts, wait_for
from tests.support.freezing import freeze_money, propose_release, release, skipped, tampered
from tests.support.looks import whole
from tests.support.people import act, fill, seen

REPAIRED, NOTE = "It was repaired", "The balance was put right"
SIZES = (1366, 768), (1920, 1080)


@pytest.fixture
def frozen(qtbot, sign_in, scene):
    """Sign somebody in while money is frozen: `frozen("finance")` returns their window."""

    def frozen(who="finance"):
        scene.refill()
        freeze(scene.owner) or freeze_money(scene)
        frame = sign_in(who).frame
        qtbot.waitUntil(frame.frozen.isVisible)
        return frame

    return frozen


@pytest.fixture
def waiting(scene, approvers):
    """Gbenga's proposal to end the freeze."""
    return propose_release(scene)


@pytest.mark.parametrize("who", ["support", "finance", "owner", "auditor"])
def test_every_page_says_since_when_and_which_promise_and_only_whoever_may_gets_the_button(frozen, who):
    frame = frozen(who)
    for push in frame.chrome.pages.buttons():
        push.click()
        assert frame.frozen.isVisible()
    assert "Money has been frozen since " in frame.frozen.words.text()
    assert "Each wallet's balance is the sum of its entries (I02)" in frame.frozen.words.text()
    assert frame.frozen.act.isVisible() == (who in ("finance", "owner"))


def test_the_overview_and_the_health_page_know_of_the_broken_promise_as_soon_as_the_banner(qtbot, sign_in, scene):
    record_checks(scene.worker)
    frame = sign_in("support").frame
    overview = frame.by_key["overview"]
    qtbot.waitUntil(lambda: overview.board.promises.title.text().endswith("promises hold"))
    with tampered(scene):
        assert record_checks(scene.worker).froze
        qtbot.waitUntil(lambda: frame.frozen.isVisible() and overview.board.promises.title.text().endswith("are broken"))


def test_each_broken_promise_is_named_in_words_also_where_they_have_a_semicolon(scene):
    found = replace(freeze_money(scene), why="I91 Each has two; none is alone; I98b What is set aside is right")
    assert titles_of(found) == ["Each has two; none is alone (I91)", "What is set aside is right (I98b)"]
    assert titles_of(replace(found, why="I06 As an older server called it")) == ["All entries together sum to zero (I06)"]


def test_what_was_broken_before_is_not_called_the_reason(qtbot, frozen, scene, approvers):
    customer_id = scene.customer(1000)
    with tampered(scene):
        record_checks(scene.worker)
        scene.refill()
        release(scene)
        with skipped(scene, customer_id):
            assert record_checks(scene.worker).froze
            frame = frozen()
            said = frame.frozen.words.text()
            whole(frame, "frozen-known", 40, *SIZES, held=(frame.frozen,))
            frame.frozen.act.click()
            asked = seen(qtbot, sheet(qtbot, ProposalSheet))
            wait_for(qtbot, asked, "Not why: it was broken as much before money was frozen.")
    assert "are broken, the first:" in said or "A promise is broken:" in said
    assert "(I02)" not in said and "Broken before already, and not why: I02." in said


def test_a_release_says_what_is_new_what_is_not_and_what_broke_meanwhile_and_when_it_was_counted(qtbot, frozen, scene, approvers):
    customer_id, another = scene.customer(1000), scene.customer(1000)
    with tampered(scene):
        record_checks(scene.worker)
        scene.refill()
        release(scene)
        with tampered(scene, another):
            assert record_checks(scene.worker).froze
            with skipped(scene, customer_id):
                record_checks(scene.worker)
                frame = frozen()
                frame.frozen.act.click()
                asked = seen(qtbot, sheet(qtbot, ProposalSheet))
                said = texts(asked)
                whole(frame, "frozen-new", 40, *SIZES, sheet=asked)
    assert "1 row broke it before money was frozen already." in said
    assert "Kept then" in said and "It broke after money was frozen." in said
    assert any(line.startswith("Counted ") and line.endswith("it checks every five minutes.") for line in said)


def test_a_release_that_nobody_can_judge_says_that_the_checks_must_be_run_first(qtbot, frozen, scene, approvers):
    frame = frozen()
    scene.admin.execute("UPDATE app.check_runs SET at = at - interval '16 minutes'")
    frame.frozen.act.click()
    asked = sheet(qtbot, ProposalSheet)
    qtbot.waitUntil(asked.trouble.isVisible)
    assert "The checks were not run in the last 15 minutes" in asked.trouble.words.text()
    whole(frame, "frozen-unchecked", 40, *SIZES, sheet=asked)
    record_checks(scene.worker)
    asked.again.click()
    qtbot.waitUntil(lambda: "Counted " in " ".join(texts(seen(qtbot, asked))))


def test_the_banner_is_not_laid_out_anew_each_second(qtbot, frozen, monkeypatch):
    frame = frozen("support")
    told = []
    monkeypatch.setattr(frame.frozen, "tell", lambda *words: told.append(words))
    frame.frozen.desk.line.ticked.emit()
    assert told == []


def test_a_kitchen_manager_in_the_office_program_is_not_told(sign_in, scene):
    freeze_money(scene)
    assert not sign_in("manager").frame.frozen.isVisible()


def test_it_comes_and_goes_while_the_window_is_open(qtbot, sign_in, scene, approvers):
    frame = sign_in("support").frame
    assert not frame.frozen.isVisible()
    freeze_money(scene)
    qtbot.waitUntil(frame.frozen.isVisible)
    scene.refill()
    release(scene)
    qtbot.waitUntil(lambda: not frame.frozen.isVisible())


def test_finance_asks_for_the_end_and_the_banner_says_who_did(qtbot, frozen, scene, approvers):
    frame = frozen()
    frame.frozen.act.click()
    asked = seen(qtbot, sheet(qtbot, ProposalSheet))
    fill(asked, REPAIRED, NOTE)
    act(asked).click()
    qtbot.waitUntil(lambda: "Gbenga Alabi asked for its end" in frame.frozen.words.text())
    assert [found.state for found in proposals(scene.owner, [Kind.RELEASE])] == [Progress.AWAITING_APPROVAL]
    assert freeze(scene.owner) is not None


def test_the_second_person_is_led_to_the_decision_and_money_moves_again(qtbot, waiting, frozen, scene):
    frame = frozen("owner")
    qtbot.waitUntil(lambda: frame.frozen.act.text() == "Look at it")
    frame.frozen.act.click()
    approvals = frame.by_key["approvals"]
    qtbot.waitUntil(lambda: approvals.decide.case is not None)
    decision = approvals.decide.decision.approving
    assert not decision.go.isEnabled()
    decision.typed.setText("Release")
    decision.go.click()
    qtbot.waitUntil(lambda: not frame.frozen.isVisible())
    assert freeze(scene.owner) is None


def test_a_rejected_end_can_be_asked_for_anew(qtbot, waiting, frozen, scene):
    frame = frozen()
    qtbot.waitUntil(lambda: frame.frozen.act.text() == "Look at it")
    reject_proposal(scene.owner, new_id(), waiting.id, "Not explained yet")
    qtbot.waitUntil(lambda: frame.frozen.act.text() == "Release …")


def test_the_banner_and_the_way_to_its_end_are_named_large_enough_and_uncut(qtbot, frozen, scene, approvers):
    another = scene.customer(1000)
    with tampered(scene):
        frame = frozen()
        for title in ("overview", "orders"):
            frame.go(title)
            whole(frame, f"frozen-{title}", 40, *SIZES, held=(frame.frozen,))
        frame.frozen.act.click()
        asked = seen(qtbot, sheet(qtbot, ProposalSheet))
        fill(asked, "It is explained", NOTE)
        whole(frame, "frozen-release", 40, *SIZES, sheet=asked)
        with tampered(scene, another):
            record_checks(scene.worker)
            act(asked).click()
            qtbot.waitUntil(asked.moved.isVisible)
            whole(frame, "frozen-moved", 40, *SIZES, sheet=asked)


def test_the_decision_is_named_large_enough_and_uncut(qtbot, frozen, waiting):
    frame = frozen("owner")
    frame.go("approvals", waiting.id)
    approvals = frame.by_key["approvals"]
    qtbot.waitUntil(lambda: approvals.decide.case is not None)
    approvals.decide.decision.approving.typed.setText("release")
    whole(frame, "frozen-decide", 40, *SIZES)
