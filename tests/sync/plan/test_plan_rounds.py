"""Several runs in a row over one workbook and one hub, some of which could not write the file (SYNC I 1-4)."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.plan import Side, plan
from tests.sync.plan.planning import NOW, frame

COLUMNS = ("customer_name", "owner", "notes")


class World:
    """A workbook, a hub and the base between them; every typed value is told apart."""

    def __init__(self):
        self.base = {"customers": frame("customers", {}, COLUMNS)}
        self.local = self.base["customers"]
        self.hub = self.base["customers"]
        self.lists = {}
        self.typed = set()  # values that stand somewhere and that nobody who saw them replaced
        self.serial = 0

    def value(self):
        self.serial += 1
        self.typed.add(f"值{self.serial}")
        return f"值{self.serial}"

    def act(self, data):
        """Somebody types, clears, deletes or adds something on one side."""
        side = data.draw(st.sampled_from(["local", "hub"]))
        shown = getattr(self, side).copy()
        what = data.draw(st.sampled_from(["add", "edit", "edit", "edit", "delete"]))
        if what == "add" or not len(shown):
            record = f"C{self.serial}"
            row = {"customer_name": self.value(), "owner": self.value(), "notes": ""}
            shown = pd.concat([shown, frame("customers", {record: row}, COLUMNS)])
        else:
            record = data.draw(st.sampled_from(sorted(shown.index)))
            if what == "delete":
                gone = {part for text in shown.loc[record] for part in str(text).split("\n")}  # merged lines, too
                self.typed -= gone  # whoever deletes the row saw it
                shown = shown.drop(index=record)
            else:
                column = data.draw(st.sampled_from(COLUMNS))
                self.typed -= set(str(shown.at[record, column]).split("\n"))
                shown.loc[record, column] = self.value()
        setattr(self, side, shown)

    def run(self, *, file):
        """One sync; without `file` the workbook is open somewhere and only the hub is written."""
        sides = [{"customers": Side(self.local)}, {"customers": Side(self.hub)} | self.lists]
        made = plan(self.base, *sides, now=NOW)
        if made.held:
            made = plan(self.base, *sides, now=NOW, confirm=made.plan_id)
        assert not made.held
        self.hub = made.for_hub("customers")
        self.lists = {key: Side(made.merged[key]) for key in ("conflicts", "recycle_bin")}
        if file:
            self.local = made.for_local("customers")
            self.base = {"customers": made.base["customers"]}
        else:
            self.base = {"customers": made.accounted["customers"]}
        return made

    def kept(self):
        """Every value that can still be found."""
        out = set(self.local.to_numpy().ravel()) | set(self.hub.to_numpy().ravel())
        conflicts = self.lists["conflicts"].frame
        for column in ("base", "excel_value", "sheets_value"):
            out |= set(conflicts[column])
        out |= {part for row in self.lists["recycle_bin"].frame["row"] for part in row.split('"')}
        return {part for text in out for part in str(text).split("\n")}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_happens_nothing_is_lost_and_both_sides_agree_in_the_end(data):
    world = World()
    for _ in range(data.draw(st.integers(1, 4))):
        for _ in range(data.draw(st.integers(0, 4))):
            world.act(data)
        world.run(file=data.draw(st.booleans()))
    world.run(file=True)
    assert world.typed <= world.kept()
    pd.testing.assert_frame_equal(world.local.sort_index(), world.hub.sort_index())
    assert world.run(file=True).changes_nothing
