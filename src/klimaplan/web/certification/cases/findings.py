"""What is in the way of a case, in words."""

from __future__ import annotations

from klimaplan.domain.certification.workflow import STATE_NAMES, STEP_NAMES, State, ways_from
from klimaplan.domain.errors import Finding, Text

_NOTHING = Text("Intet er ændret.", "Nothing was changed.")


def variant(title: str) -> Finding:
    return Finding(
        "variant-not-certified", title[:80],
        Text("En variant kan ikke certificeres.", "A variant cannot be certified."), _NOTHING,
        Text("Åbn sagen på kommunens plan.", "Open the case on the municipality's plan."),
    )  # fmt: skip


def already_open(title: str) -> Finding:
    return Finding(
        "case-already-open", title[:80],
        Text("Planen har en åben sag.", "The plan has an open case."), _NOTHING,
        Text("Arbejd videre i den, eller træk den tilbage først.", "Go on with it, or withdraw it first."),
    )  # fmt: skip


def moved_on(state: State) -> Finding:
    steps = [STEP_NAMES[each.step] for each in ways_from(state)]
    return Finding(
        "case-moved-on", state,
        Text(f"Sagen er gået videre og er nu i »{STATE_NAMES[state].da}«.",
             f"The case has moved on and is now in “{STATE_NAMES[state].en}”."),
        _NOTHING,
        Text(f"Se den igen. Mulige trin: {', '.join(each.da for each in steps) or 'ingen'}.",
             f"Look at it again. Possible steps: {', '.join(each.en for each in steps) or 'none'}."),
    )  # fmt: skip


def no_version(number: int) -> Finding:
    return Finding(
        "version-unknown", str(number),
        Text(f"Planen har ingen version {number}.", f"The plan has no version {number}."), _NOTHING,
        Text("Vælg en af planens navngivne versioner.", "Choose one of the plan's named versions."),
    )  # fmt: skip


def another_reviewer(name: str) -> Finding:
    return Finding(
        "another-reviewer", name,
        Text(f"Sagen vurderes af {name}.", f"The case is reviewed by {name}."), _NOTHING,
        Text("Få den overdraget først.", "Have it handed over first."),
    )  # fmt: skip


def not_taken_up(case: str) -> Finding:
    return Finding(
        "case-not-taken-up", case,
        Text("Ingen har taget sagen op endnu.", "Nobody has taken up the case yet."), _NOTHING,
        Text("Tag den op til vurdering.", "Take it up for review."),
    )  # fmt: skip


def second_is_first(name: str) -> Finding:
    return Finding(
        "second-reviewer-not-usable", name,
        Text("Den anden vurdering kræver en anden person end den første, og sagen skal være taget op.",
             "A second review needs another person than the first, and the case must have been taken up."),
        _NOTHING,
        Text("Vælg en kollega.", "Choose a colleague."),
    )  # fmt: skip


def no_criterion(code: str, name: Text) -> Finding:
    return Finding(
        "criterion-unknown", code,
        Text(f"{name.da} har intet sådant kriterium.", f"{name.en} has no such criterion."), _NOTHING,
        Text("Vælg et fra listen.", "Choose one from the list."),
    )  # fmt: skip


def not_now(state: State, what: Text) -> Finding:
    return Finding(
        "not-in-this-state", state,
        Text(f"Sagen er i »{STATE_NAMES[state].da}«: {what.da}",
             f"The case is in “{STATE_NAMES[state].en}”: {what.en}"),
        _NOTHING,
        Text("Tag først det trin, der fører dertil.", "Take the step that leads there first."),
    )  # fmt: skip


def text_missing(place: str) -> Finding:
    return Finding(
        "text-missing", place,
        Text("Feltet er tomt.", "The field is empty."), _NOTHING,
        Text("Skriv noget.", "Write something."),
    )  # fmt: skip


def argument_missing(criterion: str) -> Finding:
    return Finding(
        "argument-missing", criterion,
        Text("Et kriterium, der ikke er opfyldt eller ikke gælder, skal begrundes.",
             "A criterion that is not met or does not apply needs an argument."),
        _NOTHING,
        Text("Skriv hvorfor, eller hvilken anden vej I går.", "Say why, or which other way you go."),
    )  # fmt: skip


def score_stale(criterion: str) -> Finding:
    return Finding(
        "score-changed-meanwhile", criterion,
        Text("En kollega har ændret vurderingen imens.", "A colleague has changed the score meanwhile."),
        Text("Din ændring er ikke gemt, og kollegaens står.", "Your change was not kept, and your colleague's stands."),
        Text("Se den nye vurdering, og gem igen.", "Look at the new score, and save again."),
    )  # fmt: skip
