import json

import pytest

from positivesocials.wordpress import services


@pytest.fixture
def written(tmp_path):
    """A function that writes an export to a file and names the file."""

    def write(text: str | bytes):
        path = tmp_path / "export.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def brought_in(db, written):
    """A function that brings an export in and tells what the report says."""

    def bring_in(text: str | bytes):
        report = services.bring_in(written(text))
        return json.loads("".join(report.as_json()))

    return bring_in
