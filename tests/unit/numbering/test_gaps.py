from __future__ import annotations

from comptoir.numbering.gaps import gaps


def test_a_series_without_gaps_reports_none() -> None:
    report = gaps(["0001", "0002", "0003", ""], "")
    assert (report.missing, report.missing_count, report.other) == ((), 0, ())


def test_missing_numbers_are_named_as_they_would_be_written() -> None:
    report = gaps(["0009", "0011", "0014"], "{$counter}")
    assert report.missing == ("0010", "0012", "0013")
    assert report.missing_count == 3


def test_each_year_is_a_run_of_its_own() -> None:
    numbers = ["F2025-0001", "F2025-0003", "F2026-0001", "F2026-0002"]
    assert gaps(numbers, "F{$year}-{$counter}").missing == ("F2025-0002",)


def test_numbers_of_another_form_are_listed_apart() -> None:
    report = gaps(["A1/26", "A3/26", "typed by hand"], "A{$counter}/{$date:y}")
    assert report.missing == ("A2/26",)
    assert report.other == ("typed by hand",)


def test_a_pattern_without_a_counter_counts_at_its_end() -> None:
    assert gaps(["F-1", "F-3"], "F-").missing == ("F-2",)


def test_a_counter_written_twice_must_agree_with_itself() -> None:
    report = gaps(["1-1", "3-3", "4-5"], "{$counter}-{$counter}")
    assert (report.missing_count, report.other) == (1, ("4-5",))


def test_a_huge_hole_is_counted_and_listed_in_part() -> None:
    report = gaps(["1", "900000000"], "")
    assert report.missing_count == 899_999_998
    assert (len(report.missing), report.missing[0], report.missing[-1]) == (1000, "2", "1001")
