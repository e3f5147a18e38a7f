"""Who may serve a data folder beside whom."""

import pytest
from django.db import connections

from positivesocials.config import server
from positivesocials.config.trouble import Trouble


@pytest.mark.parametrize(("first", "second"), [(False, False), (True, False), (False, True)])
def test_a_server_that_must_be_alone_is_alone(tmp_path, first, second):
    with server.server_of(tmp_path, several=first), pytest.raises(Trouble, match="already uses"):
        server.server_of(tmp_path, several=second).__enter__()


def test_servers_that_hear_each_other_stand_side_by_side(tmp_path):
    with server.server_of(tmp_path, several=True), server.server_of(tmp_path, several=True):
        pass


def test_redis_alone_does_not_let_sqlite_be_shared(settings):
    settings.REDIS_URL = ""
    assert not server.is_one_of_several()

    settings.REDIS_URL = "redis://127.0.0.1:6379/0"
    vendors = {connection.vendor for connection in connections.all()}
    assert server.is_one_of_several() == (vendors == {"postgresql"})
