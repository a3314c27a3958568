"""The page of a certificate, its content to compute the hash of, and the documents: open, intact, the same bytes."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from klimaplan.domain.certification.workflow import State, Step
from klimaplan.web.certification.cases.services import take_step
from klimaplan.web.certification.models import Certificate, Question, ReviewerScore, Score, SelfScore
from web.certification.conftest import CODES, Standing
from web.reading import page

pytestmark = pytest.mark.django_db

HOSTILE = '#panic("ran") *fed* $x$ <script>alert(1)</script> \\ ] [ @en // /* `'


@pytest.fixture(scope="module")
def grounded(installed: None) -> None:
    """The whole site, because pages are looked at."""


@pytest.fixture
def certified(standing: Standing, people: SimpleNamespace) -> Certificate:
    case = standing(State.RECOMMENDED)
    ReviewerScore.objects.filter(case=case, criterion=CODES[1]).update(score=Score.PARTIAL, argument_accepted=True)
    take_step(case=case, step=Step.SIGN, by=people.signatory, seen=1)
    return Certificate.objects.get()


def said(response: HttpResponse) -> str:
    return page(response).one("main").text


def words(content: bytes) -> str:
    """All text of a document, with single spaces."""
    return " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(content)).pages).split())


def test_everybody_reads_a_certificate_without_a_session(certified: Certificate, client: Client) -> None:
    response = client.get(f"/en/certificate/{certified.sha256}/")
    told = said(response)
    assert "“Klimaplan for Hvidovre”, version 1, was certified" in told
    assert "CCTF 2024, Danish guide unofficial" in told
    assert "Met: 30 ; Partly met: 1" in told.replace("30;", "30 ;")
    assert certified.sha256 in told
    assert "Intact: certificate and version are as they were certified." in told
    assert not response.cookies


def test_the_content_has_the_hash_that_the_page_tells(certified: Certificate, client: Client) -> None:
    content = client.get(f"/en/certificate/{certified.sha256}/certificate.json").content
    assert hashlib.sha256(content).hexdigest() == certified.sha256
    told = json.loads(content)
    assert told["scores"][CODES[1]] == {"argument_accepted": True, "score": "partial"}
    # nobody's name is in it
    assert "Kaja" not in content.decode()


def test_a_certificate_that_was_changed_is_called_so(certified: Certificate, client: Client) -> None:
    # past every guard, as only whoever has the database could
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER certification_certificate_never_changed")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE certification_certificate DISABLE TRIGGER ALL")
        changed = json.dumps({**certified.content, "rounds": 9}, sort_keys=True, separators=(",", ":"))
        cursor.execute("UPDATE certification_certificate SET content = %s", [changed])
    assert "Not intact" in said(client.get(f"/en/certificate/{certified.sha256}/"))


@pytest.mark.parametrize("rest", ["", "certificate.json", "certificate.pdf"])
def test_a_hash_that_is_none_is_not_found(certified: Certificate, client: Client, rest: str) -> None:
    assert client.get(f"/en/certificate/{'0' * 64}/{rest}").status_code == 404


def test_the_page_of_the_municipality_leads_to_it(standing: Standing, people: SimpleNamespace, client: Client) -> None:
    case = standing(State.RECOMMENDED)
    caches["pages"].clear()
    assert "/certificate/" not in client.get("/en/municipality/167/").content.decode()
    take_step(case=case, step=Step.SIGN, by=people.signatory, seen=1)
    made = Certificate.objects.get()
    # the page was kept, and is made anew
    assert f"/en/certificate/{made.sha256}/" in client.get("/en/municipality/167/").content.decode()


@pytest.mark.parametrize(("language", "title"), [("", "Certifikat, Hvidovre Kommune"), ("/en", "Certificate, Hvidovre Municipality")])  # fmt: skip  # noqa: E501
def test_the_certificate_as_a_document_is_tagged_and_the_same_every_time(
    certified: Certificate, client: Client, language: str, title: str
) -> None:
    folder = "certificate" if language else "certifikat"
    first, second = (client.get(f"{language}/{folder}/{certified.sha256}/{folder}.pdf").content for _ in range(2))
    assert first == second
    found = PdfReader(BytesIO(first))
    assert found.metadata is not None
    assert found.metadata.title == title
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == ("en" if language else "da")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in first
    assert certified.sha256 in words(first).replace(" ", "")


def test_the_assessment_as_a_document_says_everything_and_runs_nothing(
    standing: Standing, people: SimpleNamespace, client: Client
) -> None:
    case = standing(State.REPLY)
    SelfScore.objects.filter(case=case, criterion=CODES[0]).update(argument=HOSTILE)
    Question.objects.filter(case=case).update(text="Hvor står det?", reply="På side 12.")
    client.force_login(people.kaja)
    answer = client.get(f"/en/work/case/{case.pk}/assessment.pdf")
    assert answer["Content-Type"] == "application/pdf"
    told = words(answer.content)
    for text in ('#panic("ran") *fed* $x$ <script>alert(1)</script>', "Hvor står det?", "På side 12.", "Not met"):
        assert text in told
    assert all(code in told for code in CODES)
    again = client.get(f"/en/work/case/{case.pk}/assessment.pdf").content
    assert again == answer.content


def test_what_was_not_sent_yet_is_in_no_document_of_the_municipality(
    standing: Standing, people: SimpleNamespace, client: Client
) -> None:
    case = standing(State.REVIEW)
    ReviewerScore.objects.filter(case=case).update(comment="Endnu ikke sendt")
    client.force_login(people.kaja)
    assert "Endnu ikke sendt" not in words(client.get(f"/en/work/case/{case.pk}/assessment.pdf").content)
    TOTP.activate(people.reviewer, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    client.force_login(people.reviewer)
    assert "Endnu ikke sendt" in words(client.get(f"/en/work/case/{case.pk}/assessment.pdf").content)
