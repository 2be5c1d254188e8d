"""Settings and sign-ins: what is read, what overrides it, and what is refused."""

import os
import stat

import pytest

from core.base.config import Config, Misconfigured, Server, SignIn, load, sign_in, write_sign_ins


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Write the settings file: `settings("counter = 'Bar'")`."""
    for name in ("RACHEL_HOST", "RACHEL_PORT", "RACHEL_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "config.toml"
    monkeypatch.setenv("RACHEL_CONFIG", str(path))
    return lambda text: path.write_text(text, encoding="utf-8")


def test_a_machine_without_a_file_works_with_its_own_server(monkeypatch, tmp_path):
    for name in ("RACHEL_CONFIG", "RACHEL_HOST", "RACHEL_PORT", "RACHEL_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    config = load()
    assert config.server == Server("127.0.0.1", 5432, "rachel")
    assert (config.counter, config.theme) == ("Counter 1", "system")


def test_the_file_says_where_the_server_is_and_what_the_counter_is_called(settings, tmp_path):
    settings(
        'counter = "Bar"\ntheme = "dark"\ndata = "/var/lib/counter"\n'
        '[server]\nhost = "db.example"\nport = 6432\ndatabase = "foods"\nsslrootcert = "/etc/foods.pem"\n'
    )
    config = load()
    assert config.server == Server("db.example", 6432, "foods", sslrootcert="/etc/foods.pem")
    assert (config.counter, config.theme, str(config.data)) == ("Bar", "dark", "/var/lib/counter")


def test_the_environment_overrides_the_server(settings, monkeypatch):
    settings('[server]\nhost = "db.example"\nport = 6432\n')
    monkeypatch.setenv("RACHEL_HOST", "127.0.0.1")
    monkeypatch.setenv("RACHEL_PORT", "21000")
    monkeypatch.setenv("RACHEL_DATABASE", "demo")
    assert load().server == Server("127.0.0.1", 21000, "demo")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("counter = ", "cannot be read"),
        ("conter = 'Bar'", "unknown setting conter"),
        ("theme = 'pink'", "pink"),
        ("[server]\nport = 'many'", "many"),
        ("[server]\nhosts = 'a'", "unknown setting hosts"),
        ("[server]\nhost = 'db.example'\nsslmode = 'require'", "does not check who answers"),
        ("[server]\nhost = 'db.example'\nsslmode = 'disable'", "for this machine only"),
    ],
)
def test_a_file_with_a_mistake_is_refused_and_says_which(settings, text, why):
    settings(text)
    with pytest.raises(Misconfigured, match=why):
        load()


def test_a_file_that_was_named_must_exist(monkeypatch, tmp_path):
    monkeypatch.setenv("RACHEL_CONFIG", str(tmp_path / "gone.toml"))
    with pytest.raises(Misconfigured, match="gone.toml"):
        load()


def test_this_machine_is_known_by_all_its_names():
    assert [Server(host).is_this_machine for host in ("127.0.0.1", "::1", "localhost", "127.0.0.9")] == [True] * 4
    assert [Server(host).is_this_machine for host in ("db.example", "10.0.0.1", "localhost.example")] == [False] * 3


def test_sign_ins_are_written_closed_and_read_again(tmp_path, monkeypatch):
    path = tmp_path / "sign-ins.toml"
    write_sign_ins(path, {"owner": SignIn("ada", 'a"b\\c é\n'), "worker": SignIn("worker", "x")})
    monkeypatch.setenv("RACHEL_SIGN_INS", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sign_in("owner") == SignIn("ada", 'a"b\\c é\n')
    assert sign_in("worker").login == "worker"
    assert sign_in("kitchen") is None


def test_sign_ins_never_replace_a_file(tmp_path):
    path = tmp_path / "sign-ins.toml"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        write_sign_ins(path, {})
    assert path.read_text() == "mine"


def test_without_a_file_nobody_is_signed_in(monkeypatch):
    monkeypatch.delenv("RACHEL_SIGN_INS", raising=False)
    assert sign_in("kitchen") is None


@pytest.mark.skipif(os.name == "nt", reason="no such modes there")
def test_a_file_that_others_may_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "sign-ins.toml"
    write_sign_ins(path, {"owner": SignIn("ada", "x")})
    path.chmod(0o640)
    monkeypatch.setenv("RACHEL_SIGN_INS", str(path))
    with pytest.raises(Misconfigured, match="chmod 600"):
        sign_in("owner")


def test_a_password_is_not_in_the_text_of_a_sign_in():
    assert "secret" not in repr(SignIn("ada", "secret"))
    assert Config() == Config()
