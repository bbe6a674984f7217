"""Words that stand for a time, in the client's language (contract rules 15)."""

from __future__ import annotations

from datetime import date

import pytest

from comptoir.billing.keywords import spelled_out

ON = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("written", "english", "french"),
    [
        ("Support :MONTH :YEAR", "Support January 2026", "Support janvier 2026"),
        (":MONTH+1", "February", "février"),
        (":MONTH-1", "December", "décembre"),
        (":MONTHYEAR", "January 2026", "janvier 2026"),
        (":QUARTER-1", "Q4", "T4"),
        (":YEAR_BEFORE/:YEAR_AFTER", "2025/2027", "2025/2027"),
        ("[MONTHYEAR|MONTHYEAR+2]", "January 2026 – March 2026", "janvier 2026 – mars 2026"),
        ("http://a.test:80 [x] 10:30", "http://a.test:80 [x] 10:30", "http://a.test:80 [x] 10:30"),
        ("", "", ""),
    ],
)
def test_words_become_times(written, english, french):
    assert spelled_out(written, ON, "en") == english
    assert spelled_out(written, ON, "fr") == french


def test_a_far_offset_stays_in_the_calendar():
    assert spelled_out(":YEAR+999999", ON, "en") == "3226"
    assert spelled_out(":MONTHYEAR-1200", ON, "en") == "January 1926"
