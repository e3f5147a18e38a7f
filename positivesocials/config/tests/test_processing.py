import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.apps import apps

from positivesocials.config import processing
from positivesocials.config.cli import main
from positivesocials.config.libraries import TABLES
from positivesocials.core.keeping import fields_of, is_ours
from positivesocials.core.models import Instance

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_page_in_the_docs_is_what_the_code_says():
    """Print it anew: positivesocials processing --blank > docs/processing.md"""
    printed = processing.as_markdown(processing.of_no_site())

    assert (DOCS / "processing.md").read_text() == printed + "\n"


def test_every_field_of_ours_is_in_the_record_and_every_table_of_a_library():
    tables = [table for activity in processing.of_no_site().activities for table in activity.tables]
    shown = {
        f"{table.models[0]}.{field}" for table in tables for line in table.lines for field in line.fields
    }
    ours = [model for model in apps.get_models() if is_ours(model)]
    kept = {f"{model._meta.label}.{field.name}" for model in ours for field in fields_of(model)}

    assert kept <= shown
    assert set(TABLES) <= {name for table in tables for name in table.models}


@pytest.mark.django_db
def test_the_operator_is_the_controller():
    Instance.objects.update(operator="The Harbour Trust", contact="hello@example.org", country="GB")

    printed = CliRunner().invoke(main, ["processing"]).output

    assert "| Controller | The Harbour Trust, [not filled in yet], United Kingdom |" in printed
    assert "| Contact | hello@example.org |" in printed


@pytest.mark.django_db
def test_the_mail_server_is_the_one_recipient(settings):
    settings.DELIVER_MAIL, settings.EMAIL_HOST = True, "mail.example.org"

    (line,) = CliRunner().invoke(main, ["processing", "--json"]).output.splitlines()

    assert json.loads(line)["recipients"].startswith("None but the mail server mail.example.org,")
    assert json.loads(line)["transfers"].startswith("None by the software.")


def test_periods_are_those_of_the_code():
    printed = processing.as_markdown(processing.of_no_site())

    assert "30 days after the reply" in printed
    assert "15 minutes without use on a shared device" in printed
