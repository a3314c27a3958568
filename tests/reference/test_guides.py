"""The guides: complete in both languages, and the same steps in the same order."""

from __future__ import annotations

import pytest

from klimaplan.domain.errors import Language, UnknownCodeError
from klimaplan.reference.guides import FOLDER, guide, guides


@pytest.mark.parametrize("slug", guides())
def test_a_guide_has_the_same_steps_in_both_languages(slug: str) -> None:
    danish, english = guide(slug, "da"), guide(slug, "en")
    assert [each.step for each in danish.sections] == [each.step for each in english.sections]
    assert not {each.title for each in danish.sections} & {each.title for each in english.sections}
    for each in (*danish.sections, *english.sections):
        assert each.markdown


@pytest.mark.parametrize("slug", guides())
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_step_says_when_it_is_done(slug: str, language: Language) -> None:
    done = {"da": "**Når trinnet er færdigt:**", "en": "**The step is done when**"}[language]
    assert all(done in each.markdown for each in guide(slug, language).sections)


def test_every_text_in_the_folder_is_a_guide() -> None:
    assert {path.name.partition(".")[0] for path in FOLDER.glob("*.md")} == set(guides())


def test_our_own_guide_does_not_claim_to_be_official() -> None:
    assert not guide("revision", "da").official
    assert "erstatter ikke" in guide("revision", "da").lead


@pytest.mark.parametrize("slug", guides())
def test_sections_are_numbered_from_one_without_gaps(slug: str) -> None:
    text = (FOLDER / f"{slug}.da.md").read_text(encoding="utf-8")
    numbers = [int(line.removeprefix("## ").partition(".")[0]) for line in text.splitlines() if line.startswith("## ")]
    assert numbers == list(range(1, len(guide(slug, "da").sections) + 1))


def test_an_unknown_guide_names_those_there_are() -> None:
    with pytest.raises(UnknownCodeError) as refused:
        guide("budget", "en")
    assert refused.value.findings[0].remedy.en == "There are revision."
