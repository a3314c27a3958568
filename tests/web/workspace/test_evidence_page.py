"""Evidence on its page: handed in, listed, fetched by those who may, taken off; and what is hostile refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings

from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from klimaplan.web.plans import services
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanPart
from web.plans.test_evidence import HOSTILE, PDF, PNG
from web.reading import page
from web.workspace.conftest import person, signed_in, the

pytestmark = pytest.mark.django_db

DIGEST = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Path:
    with override_settings(HOME=tmp_path):
        yield tmp_path


def hand_in(client: Client, plan: Plan, content: bytes | None, name: str = "notat.pdf", **fields: str) -> HttpResponse:
    sent = {} if content is None else {"file": SimpleUploadedFile(name, content)}
    return client.post(path(plan), {**sent, **fields})


def path(plan: Plan, rest: str = "") -> str:
    return f"/arbejde/plan/{plan.pk}/bilag/{rest}"


def test_a_file_is_handed_in_for_an_action_and_stands_in_the_list_and_on_the_action(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    answer = hand_in(client, plan, PDF, title="Byrådets beslutning", action="a01", note="Punkt 7", public="1")
    assert answer["Location"] == path(plan)
    [part] = PlanPart.objects.filter(plan=plan, kind="evidence")
    assert part.content == {
        "action": "a01", "title": "Byrådets beslutning", "file": DIGEST, "note": "Punkt 7", "public": True,
    }  # fmt: skip
    row = page(client.get(path(plan))).one("table").all("tr")[1].text
    for words in ("Byrådets beslutning", "notat.pdf", "Punkt 7", DIGEST[:12], "må offentliggøres", "Tiltag a01", "PDF",
                  f"{len(PDF)}\u202fB", "Kaja", "nej: installationen har ingen scanner"):  # fmt: skip
        assert words in row
    beside = page(client.get(f"/arbejde/plan/{plan.pk}/tiltag/a01/")).one("section", aria_labelledby="files")
    assert "Byrådets beslutning" in beside.text


def test_a_file_is_fetched_as_a_download_and_never_shown(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    hand_in(client, plan, PDF, name="Måling æøå.pdf")
    answer = client.get(path(plan, f"{DIGEST}/"))
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''M%C3%A5ling")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get(path(plan, f"{'0' * 64}/")).status_code == 404


def test_files_are_for_those_who_may_read_the_plan(plan: Plan, kaja: User) -> None:
    hand_in(signed_in(kaja), plan, PDF)
    for name, role, slug, status in (
        ("Lis", "reader", "hvidovre", 200), ("Nana", "coordinator", "koebenhavn", 403),
        ("Rune", "dgo_adviser", "dgo-hovedstaden", 200), ("Ana", "analyst", "realdania", 403),
    ):  # fmt: skip
        client = signed_in(person(name, **{role: slug}))
        assert client.get(path(plan, f"{DIGEST}/")).status_code == status
        assert client.get(path(plan)).status_code == status
    assert Client().get(path(plan, f"{DIGEST}/")).status_code == 302


def test_who_only_reads_hands_in_nothing(plan: Plan) -> None:
    client = signed_in(person("Lis", reader="hvidovre"))
    assert page(client.get(path(plan))).all("input", type="file") == []
    assert hand_in(client, plan, PDF).status_code == 403
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    "name", ["picture with a page behind it", "bomb", "path out of the archive", "macros", "program"]
)
def test_a_hostile_file_is_refused_beside_its_field_and_the_rest_is_kept(name: str, plan: Plan, kaja: User) -> None:
    answer = hand_in(signed_in(kaja), plan, HOSTILE[name][0], title="Budget", action="a01", note="Side 2")
    assert answer.status_code == 422
    shown = page(answer)
    assert shown.one("p", id="f-file-error").text.startswith("Fejl")
    assert shown.one("div", role="alert").one("a").attributes["href"] == "#f-file"
    assert shown.one("input", name="title").attributes["value"] == "Budget"
    assert shown.one("textarea", name="note").text.strip() == "Side 2"
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\fælles\\<b>x</b>.pdf", "b.pdf"), ("a\u202egpj.exe", "agpj.exe")],
)
def test_a_name_leads_nowhere(name: str, kept: str, plan: Plan, kaja: User, store: Path) -> None:
    hand_in(signed_in(kaja), plan, PDF, name=name)
    assert [each.relative_to(store).parts[0] for each in store.rglob("*") if each.is_file()] == ["evidence"]
    assert EvidenceFile.objects.get().name in (kept, "b.pdf")
    assert "<b>" not in signed_in(kaja).get(path(plan)).content.decode()


def test_two_megabytes_are_taken_and_what_is_over_the_limit_is_refused_in_words(
    plan: Plan, kaja: User, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = PDF.replace(b"%%EOF", b"% " + b"x" * 2_000_000 + b"\n%%EOF")
    assert hand_in(signed_in(kaja), plan, large).status_code == 302
    monkeypatch.setenv("KLIMAPLAN_EVIDENCE_MB", "1.5")
    client = signed_in(kaja)
    assert "højst 1,5" in page(client.get(path(plan))).one("p", id="f-file-help").text
    answer = hand_in(client, plan, large + b" ", title="For stor", note="Bliver stående")
    assert answer.status_code == 422
    shown = page(answer)
    assert "Filen er større end 1,5 MB" in shown.one("p", id="f-file-error").text
    assert shown.one("input", name="title").attributes["value"] == "For stor"
    assert "Bliver stående" in shown.one("textarea", name="note").text
    assert EvidenceFile.objects.count() == 1
    assert len([each for each in store.rglob("*") if each.is_file()]) == 1


def test_no_file_is_said_so(plan: Plan, kaja: User) -> None:
    answer = hand_in(signed_in(kaja), plan, None, title="Uden fil")
    assert answer.status_code == 422
    assert "Der er ikke valgt en fil" in page(answer).one("p", id="f-file-error").text


def test_a_file_is_taken_off_with_a_line_in_the_log_and_comes_back(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    hand_in(client, plan, PNG, name="foto.png")
    [part] = PlanPart.objects.filter(plan=plan, kind="evidence")
    form = next(each for each in page(client.get(path(plan))).one("table").all("form"))
    assert client.post(form.attributes["action"], {"do": "remove", "version": "1"})["Location"] == path(plan)
    assert the(plan, part.key, "evidence").removed
    event = Event.objects.latest("seq")
    assert (event.what, event.object_kind, event.by_label) == ("plan.part-removed", "plan-evidence", "Kaja")
    back = next(each for each in page(client.get(path(plan))).all("form") if "Hent frem" in each.text)
    assert client.post(back.attributes["action"], {"to": "plan-evidence"})["Location"] == path(plan)
    assert not the(plan, part.key, "evidence").removed


def test_the_form_of_evidence_asks_for_no_digest(plan: Plan, kaja: User) -> None:
    part = services.add_evidence(plan=plan, content=PDF, name="x.pdf", by=kaja)
    shown = page(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/del/evidence/{part.key}/"))
    assert [each.attributes["name"] for each in shown.all("input", type="text")] == ["title"]
    assert signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/ny/evidence/")["Location"] == path(plan)
