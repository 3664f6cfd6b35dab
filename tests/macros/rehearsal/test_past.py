"""A past that is told again is the past that was."""

from __future__ import annotations

import pytest

from core import clock
from macros.rehearsal.past import walk
from macros.rehearsal.reading import read_batch
from macros.rehearsal.running import read_only
from tests.macros.rehearsal.stories import UNKNOWN
from tickets.actions.columns import columns_of


def known(columns: dict) -> dict:
    return {name: value for name, value in columns.items() if name not in UNKNOWN}


@pytest.mark.parametrize("seed", range(12))
def test_each_update_leaves_the_ticket_as_it_left_it_then(story, seed):
    told = story(seed)
    last = list(told.left)[-1]
    with clock.frozen(told.ends_at), read_only():
        batch = read_batch([told.ticket.pk], since=0)
        seen, released = {}, []
        for _, updates in walk(batch):
            for update in updates:
                change = update.finish()
                columns = known(columns_of(change.ticket))
                if change.is_release:
                    released.append(columns)
                else:
                    seen[change.audit.pk] = columns

    assert seen.keys() == told.left.keys()
    for audit_id, columns in told.left.items():
        assert seen[audit_id] == known(columns), (audit_id, last)
    assert released == [known(each) for each in told.after_release]
