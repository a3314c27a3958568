from datetime import date

from klimaplan.domain.provenance import Kind, Provenance


def test_a_calculation_adds_its_step_and_keeps_the_source() -> None:
    observed = Provenance("energy-account-4.1", "4.1", Kind.OBSERVED, date(2026, 5, 18), "AR5", steps=("read",))
    made = observed.after("linear trend", kind=Kind.PROJECTED, method="forecasts")
    assert made == Provenance(
        "energy-account-4.1", "4.1", Kind.PROJECTED, date(2026, 5, 18), "AR5", "forecasts", ("read", "linear trend")
    )
    assert observed.steps == ("read",)


def test_the_explanation_for_machines_is_complete() -> None:
    assert Provenance("kf25", "KF25", Kind.PROJECTED, date(2026, 5, 18), "AR5", "baseline", ("a", "b")).as_record() == {
        "source": "kf25",
        "version": "KF25",
        "kind": "projected",
        "retrieved": "2026-05-18",
        "gwp": "AR5",
        "method": "baseline",
        "steps": ["a", "b"],
    }


def test_what_is_not_known_is_none_not_empty() -> None:
    record = Provenance("reader", "1", Kind.EXPECTED).as_record()
    assert [record["retrieved"], record["gwp"], record["method"]] == [None, None, None]
