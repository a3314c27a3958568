"""What the client does with certification: cases and their steps, scores, decisions of the council, and revisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from klimaplan.client.asking import Asking
from klimaplan.client.shapes import Case, Plan, id_of, made

Json = dict[str, Any]


class Certifying:
    """The part of a client that is about certification."""

    ask: Asking

    def criteria_sets(self) -> list[Json]:
        """The sets of criteria that plans are held against; open to everyone.

        >>> [each["slug"] for each in Client(address).criteria_sets()]
        ['capf-2020', 'cctf-2024-dk']
        """
        found: list[Json] = self.ask.get("/criteria-sets").body["items"]
        return found

    def certificate(self, sha256: str) -> Json:
        """A certificate by its hash, and whether it is intact; open to everyone."""
        body: Json = self.ask.get(f"/certificates/{sha256}").body
        return body

    def assessment(self, plan: int | Plan, criteria: str = "") -> Json:
        """What a machine sees of a plan against a set of criteria, or the one in force.

        >>> site = Client(address, token)
        >>> [plan] = site.plans()
        >>> site.assessment(plan)["set"]["slug"]
        'cctf-2024-dk'
        """
        body: Json = self.ask.get(f"/plans/{id_of(plan)}/assessment", criteria=criteria).body
        return body

    def overview(self) -> Json:
        """How the municipalities that I oversee stand, and where cases wait."""
        body: Json = self.ask.get("/overview").body
        return body

    def cases(self, plan: int | Plan) -> Iterator[Case]:
        """The cases of a plan: the open one, and those that have ended."""
        return (made(Case, each) for each in self.ask.every(f"/plans/{id_of(plan)}/cases"))

    def desk(self) -> Iterator[Case]:
        """The cases that wait for reviewers and signatories, as far as I may judge them."""
        return (made(Case, each) for each in self.ask.every("/desk"))

    def case(self, case: int | Case) -> Case:
        """One case as it is now, with the steps that lead on and what is in their way."""
        return made(Case, self.ask.get(f"/cases/{_id(case)}").body)

    def open_case(self, plan: int | Plan, *, why: str = "") -> Case:
        """Begin the way to a certificate."""
        return made(Case, self.ask.write("POST", f"/plans/{id_of(plan)}/cases", {"why": why}).body)

    def take_step(  # what a step can ask for
        self, case: Case, step: str, *, version: int | None = None, deadline: date | None = None,
        held_on: date | None = None, reason: str = "",
    ) -> Case:  # fmt: skip
        """Take a step from where I have seen the case.

        Raises
        ------
        Conflict : it has moved on since
        """
        body = {
            "step": step, "seen": case.steps_taken, "version": version, "deadline": _day(deadline),
            "held_on": _day(held_on), "reason": reason,
        }  # fmt: skip
        return made(Case, self.ask.write("POST", f"/cases/{case.id}/steps", body).body)

    def criteria(self, case: int | Case) -> list[Json]:
        """Every criterion of a case with what the municipality, the machine and the reviewer say of it."""
        found: list[Json] = self.ask.get(f"/cases/{_id(case)}/criteria").body["items"]
        return found

    def score_oneself(self, case: int | Case, criterion: Json, score: str, *, argument: str = "") -> Json:
        """The municipality's own score of a criterion as it was read; `Conflict` if a colleague was faster."""
        seen = 0 if criterion["own"] is None else criterion["own"]["version"]
        path = f"/cases/{_id(case)}/criteria/{criterion['criterion']}/own-score"
        body: Json = self.ask.write("PUT", path, {"score": score, "argument": argument}, etag=f'"{seen}"').body
        return body

    def score(
        self, case: int | Case, criterion: str, score: str, *, comment: str = "", argument_accepted: bool = False
    ) -> Json:
        """My score as the reviewer in this round."""
        sent = {"score": score, "comment": comment, "argument_accepted": argument_accepted}
        body: Json = self.ask.write("PUT", f"/cases/{_id(case)}/criteria/{criterion}/score", sent).body
        return body

    def questions(self, case: int | Case) -> Iterator[Json]:
        """What was asked about criteria, and what was replied."""
        return iter(self.ask.every(f"/cases/{_id(case)}/questions"))

    def question(self, case: int | Case, criterion: str, text: str) -> Json:
        """Ask about a criterion; the municipality sees it when the questions are sent."""
        sent = {"criterion": criterion, "text": text}
        body: Json = self.ask.write("POST", f"/cases/{_id(case)}/questions", sent).body
        return body

    def reply(self, case: int | Case, question: int, text: str) -> Json:
        """Reply to a question."""
        body: Json = self.ask.write("POST", f"/cases/{_id(case)}/questions/{question}/reply", {"text": text}).body
        return body

    def record_adoption(self, plan: int | Plan, version: int, state: str, **told: Any) -> Json:
        """What the council decided about a version; `told` are its day (`on`), case number, minutes and so on."""
        sent = {"version": version, "state": state, **told}
        body: Json = self.ask.write("POST", f"/plans/{id_of(plan)}/adoptions", sent).body
        return body

    def revision(self, plan: int | Plan) -> Json:
        """When a plan is due for revision and why, and how far the open one has come."""
        body: Json = self.ask.get(f"/plans/{id_of(plan)}/revision").body
        return body


def _id(case: int | Case) -> int:
    return case.id if isinstance(case, Case) else case


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
