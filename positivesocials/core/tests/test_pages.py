import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_exit_page_explains_itself(client):
    page = client.get(reverse("core:leave"))

    assert page.status_code == 200
    assert "Shift three times" in page.content.decode()
