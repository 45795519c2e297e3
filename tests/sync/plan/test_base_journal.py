"""The base by stamp, ids issued, history and the journal, in a real database."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest
import sqlalchemy as sa

from sync import base, journal
from sync.journal import Action, State
from tests.sync.plan.planning import cell, frame


@pytest.fixture
def engine(tmp_path):
    made = sa.create_engine(f"sqlite:///{tmp_path / 'state.db'}")
    base.metadata.create_all(made)
    journal.metadata.create_all(made)
    yield made
    made.dispose()


def frames(name="甲"):
    return {
        "customers": frame(
            "customers",
            {
                "C-1": {"customer_name": name, "first_contact_date": "2024-05-01", "budget": "123456789012.34", "rating_value": 3},
                "C-2": {"customer_name": "b\n\u2028", "first_contact_date": None, "budget": None, "rating_value": None},
            },
        ),
        "dictionary": frame("dictionary", {"渠道|展会": {"category": "渠道", "probability": 0.1}}),
        "deals": frame("deals", {}, ("deal_name", "sign_date", "contract_amount")),
    }  # fmt: skip


def test_a_base_comes_back_as_it_was(engine):
    base.save(engine, "spoke", "s1", frames())
    loaded = base.load(engine, "spoke", "s1")
    assert loaded.keys() == frames().keys()
    for key, expected in frames().items():
        pd.testing.assert_frame_equal(loaded[key], expected)


def test_unknown_stamps_and_other_workbooks(engine):
    base.save(engine, "spoke", "s1", frames())
    assert base.load(engine, "spoke", "s2") is None and base.load(engine, "other", "s1") is None
    assert base.latest(engine, "spoke") == "s1" and base.latest(engine, "other") == ""
    base.save(engine, "other", "s9", {})
    assert base.load(engine, "other", "s9") == {}


def test_a_stamp_can_be_counted_anew(engine):
    base.save(engine, "spoke", "s1", frames())
    base.save(engine, "spoke", "s1", frames("乙"))
    assert base.load(engine, "spoke", "s1")["customers"].at["C-1", "customer_name"] == "乙"


def test_equal_columns_are_stored_once_and_old_stamps_go(engine):
    for number in range(5):
        base.save(engine, "spoke", f"s{number}", frames(f"甲{number}"), keep=3)
    base.save(engine, "other", "x", frames("甲0"), keep=3)
    assert [base.load(engine, "spoke", f"s{n}") is not None for n in range(5)] == [False, False, True, True, True]
    with engine.connect() as connection:
        columns = sum(len(f.columns) + 1 for f in frames().values())
        shared = connection.execute(sa.select(sa.func.count()).select_from(base.blob)).scalar()
        assert shared < columns + 4
    assert base.load(engine, "other", "x") is not None


def test_nothing_is_stored_when_the_transaction_fails(engine):
    with pytest.raises(RuntimeError), engine.begin() as connection:
        base.save(connection, "spoke", "s1", frames())
        base.register(connection, "customers", ["C-1"])
        raise RuntimeError
    assert base.load(engine, "spoke", "s1") is None and base.issued_ids(engine, "customers") == set()


def test_ids_stay_issued(engine):
    base.register(engine, "customers", ["C-1", "C-2", "C-1", ""])
    base.register(engine, "customers", ["C-2", "C-3"])
    base.register(engine, "deals", ["C-1"])
    assert base.issued_ids(engine, "customers") == {"C-1", "C-2", "C-3"}


def test_overwritten_values_are_remembered(engine):
    made = cell("甲", "乙", "甲")
    with engine.begin() as connection:
        base.remember(connection, made.plan_id, made.overwritten, datetime(2024, 6, 30, 1, 0))
        base.remember(connection, "none", made.overwritten.iloc[:0], datetime(2024, 6, 30, 1, 0))
    with engine.connect() as connection:
        [row] = connection.execute(sa.select(base.history)).mappings().all()
    assert (row["record_id"], row["old"], row["new"], row["side"]) == ("C", "甲", "乙", "hub")
    assert (row["plan_id"], row["at"]) == (made.plan_id, "2024-06-30T01:00:00")


def test_the_journal_goes_forward_only(engine):
    with engine.begin() as connection:
        journal.prepare(connection, "p1", "spoke", b"payload")
        journal.prepare(connection, "p2", "spoke", b"")
    assert journal.pending(engine, "spoke") == journal.Entry("p1", "spoke", State.PREPARED, b"payload")
    assert journal.pending(engine, "other") is None
    for state in (State.HUB_DONE, State.COMMITTED):
        with engine.begin() as connection:
            journal.advance(connection, "p1", state)
    with pytest.raises(ValueError), engine.begin() as connection:
        journal.advance(connection, "p1", State.PREPARED)
    with pytest.raises(ValueError), engine.begin() as connection:
        journal.advance(connection, "p1", State.DROPPED)
    with engine.begin() as connection:
        journal.advance(connection, "p1", State.DONE)
        journal.advance(connection, "p2", State.DROPPED)
    assert journal.pending(engine, "spoke") is None
    with pytest.raises(ValueError), engine.begin() as connection:
        journal.advance(connection, "unknown", State.DONE)


@pytest.mark.parametrize(
    ("state", "token", "action"),
    [
        (State.PREPARED, False, Action.DROP),
        (State.PREPARED, True, Action.ROLL_FORWARD),
        (State.HUB_DONE, True, Action.ROLL_FORWARD),
        (State.HUB_DONE, False, Action.ROLL_FORWARD),  # the hub said so once; its token may have been replaced
        (State.COMMITTED, True, Action.PLAN_AGAIN),
        (State.COMMITTED, False, Action.PLAN_AGAIN),
        (State.DONE, True, Action.NOTHING),
        (State.DROPPED, False, Action.NOTHING),
    ],
)
def test_what_the_next_run_does(state, token, action):
    assert journal.recover(state, token) is action
