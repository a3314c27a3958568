import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain import units
from klimaplan.domain.errors import UnitError
from klimaplan.domain.units import Unit, unit

UNITS = st.lists(st.sampled_from(units.DIMENSIONS), max_size=3).map(
    lambda names: unit("·".join(names)) if names else units.DIMENSIONLESS
)


@given(UNITS, UNITS)
def test_multiplying_undoes_dividing(left: Unit, right: Unit) -> None:
    assert (left / right) * right == left


@given(UNITS, UNITS)
def test_a_unit_is_read_as_it_is_written(left: Unit, right: Unit) -> None:
    assert unit(str(left / right)) == left / right


@given(UNITS)
def test_a_unit_over_itself_is_dimensionless(any_unit: Unit) -> None:
    assert any_unit / any_unit == units.DIMENSIONLESS
    assert str(any_unit / any_unit) == "1"


def test_co2e_and_other_units_are_told_apart() -> None:
    with pytest.raises(UnitError, match=r"t CO2e cannot be added to TJ\. Convert first") as caught:
        units.require_same(units.TONNES, units.TERAJOULES)
    assert caught.value.findings[0].message("da") == "t CO2e / TJ: t CO2e kan ikke lægges sammen med TJ. Omregn først."


@pytest.mark.parametrize("text", ["kt", "t", "t CO2e/person", "ton CO2e", "", "t CO2e/inhabitant/km2"])
def test_a_unit_that_is_not_canonical_is_never_guessed(text: str) -> None:
    with pytest.raises(UnitError) as caught:
        unit(text)
    assert caught.value.findings[0].code == "unknown-unit"
