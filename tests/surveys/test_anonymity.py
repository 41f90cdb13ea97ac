"""No row leads from an answer to whoever gave it."""

import re

import pytest
from django.apps import apps
from django.db import models

from surveys import inviting
from surveys.models import Answer, Invitation, Response, SpentKey, Trace
from tests.factories import NOW

from .answers import fill_in, make_link

pytestmark = pytest.mark.django_db

AGENT = "ZQAGENT"
ADDRESS = "203.0.113.77"


def columns(model):
    return {field.name for field in model._meta.concrete_fields}


def test_an_answer_has_no_column_for_a_person_a_moment_or_a_link():
    assert columns(Response) == {
        "id",
        "instrument",
        "month",
        "source",
        "service",
        "sex",
        "age",
        "education",
        "occupation",
        "hours",
        "comment",
        "comment_topic",
        "is_flagged",
        "flag_reason",
    }
    assert columns(Answer) == {"id", "response", "element", "value"}


def test_a_link_knows_neither_its_case_nor_its_answer():
    assert columns(Invitation) == {
        "id",
        "digest",
        "after",
        "service",
        "created_on",
        "expires_on",
    }
    assert columns(SpentKey) == {"digest", "spent_on"}
    # No number that grows tells in which order links were used.
    assert isinstance(SpentKey._meta.pk, models.CharField)


def test_only_the_trace_of_two_hours_points_from_a_device_to_an_answer():
    pointing = {
        field.related_model
        for field in Response._meta.get_fields()
        if field.auto_created and not field.concrete
    }
    named = {model.__name__ for model in pointing}
    assert named == {"Answer", "SurveyEvent"}
    # Its accessor is hidden; it is the one relation that is swept.
    assert Trace._meta.get_field("response").related_model is Response


def test_a_token_has_128_bits_and_every_ending_its_own():
    tokens = {
        inviting.token_for(after, str(key), NOW) for after in Invitation.After for key in range(500)
    }

    assert len(tokens) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)
    # 22 signs of 6 bits, the last of which carries 2: every sign occurs nearly as often.
    signs = "".join(token[:21] for token in tokens)
    assert len(set(signs)) == 64
    assert max(signs.count(sign) for sign in set(signs)) < 2 * len(signs) / 64


def test_tokens_follow_from_the_secret_key(settings):
    before = inviting.token_for("kasus", "1", NOW)

    settings.FIELD_KEY = "another-key"

    assert inviting.token_for("kasus", "1", NOW) != before


def test_neither_token_nor_browser_nor_address_is_stored_anywhere(client):
    link = make_link()
    token = link.split("/")[2]
    client.defaults.update(HTTP_USER_AGENT=AGENT, REMOTE_ADDR=ADDRESS)

    assert fill_in(client, link).status_code == 302

    for model in apps.get_models():
        for row in model._default_manager.values_list():
            for secret in (token, AGENT, ADDRESS):
                assert secret not in str(row), model
