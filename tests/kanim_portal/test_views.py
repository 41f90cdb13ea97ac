import pytest

from infocontent.models import Item

pytestmark = pytest.mark.django_db


def test_every_page_leads_to_the_accessibility_statement(client):
    assert 'href="/aksesibilitas/"' in client.get("/").content.decode()

    response = client.get("/aksesibilitas/", follow=True)

    assert response.redirect_chain == [("/informasi/aksesibilitas-portal/", 302)]
    assert "Pernyataan aksesibilitas" in response.content.decode()


def test_an_office_without_the_library_is_led_to_its_search(client):
    Item.objects.update(state="arsip")

    assert client.get("/aksesibilitas/", follow=True).status_code == 200
