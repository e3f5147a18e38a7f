import shutil
from pathlib import Path

import pytest

from positivesocials.config.tests.instances import command, keys_of


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """An instance that was prepared once."""
    data = tmp_path_factory.mktemp("made") / "data"
    assert command(data, "migrate").stdout == "Up to date.\n"
    return data


@pytest.fixture
def instance(made, tmp_path) -> Path:
    """A copy of it to break."""
    shutil.copytree(keys_of(made), tmp_path / "data.keys")
    return Path(shutil.copytree(made, tmp_path / "data"))
