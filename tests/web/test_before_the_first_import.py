"""An installation without figures says so, and what to do."""

from __future__ import annotations

import pytest
from django.test import Client

from klimaplan.web.inventories.models import Figure
from klimaplan.web.public import services
from klimaplan.web.public.models import Picture
from web.reading import page


@pytest.mark.django_db
@pytest.mark.usefixtures("afresh")
def test_before_the_first_import_there_is_nothing_to_build() -> None:
    assert services.rebuild() == 0
    assert not Picture.objects.exists()
    assert not Figure.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("afresh")
@pytest.mark.parametrize(
    ("path", "remedy"),
    [("/", "Der er ikke indlæst noget regnskab endnu."), ("/en/", "No account has been loaded yet.")],
)
def test_before_the_first_import_a_page_says_what_to_do(path: str, remedy: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404
    text = page(response).one("main").text
    assert remedy in text
    assert "klimaplan init" in text
