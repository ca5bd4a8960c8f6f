"""Settings: all that are wrong are named at once, with what to do; a token is never repeated."""

import pytest

from bot import config
from bot.config import SettingsError

TOKEN = "100200300:" + "A" * 35


def problems(tmp_path, dotenv=None, **settings):
    path = tmp_path / ".env"
    if dotenv is not None:
        path.write_bytes(dotenv)
    with pytest.raises(SettingsError) as caught:
        config.read({f"CLEARING_{name}": value for name, value in settings.items()}, path)
    assert "AAAA" not in str(caught.value)
    return caught.value.problems


def test_all_wrong_settings_are_named_at_once(tmp_path):
    named = problems(
        tmp_path,
        API_URL="telegram",
        DATABASE_URL="mysql://root:secret@host/db",
        DATA=__file__,
        FOO="1",
        KNOWLEDGE="/nowhere",
        LOCALES="/nowhere",
        TOKEN=TOKEN + " and more",
    )
    names = [line.partition(":")[0].removeprefix("CLEARING_") for line in named]
    assert sorted(names) == [
        "API_URL",
        "DATA",
        "DATABASE_URL",
        "FOO",
        "KNOWLEDGE",
        "LOCALES",
        "TOKEN",
    ]
    assert "secret" not in "".join(named)


@pytest.mark.parametrize(
    "address", ["postgres://bot:s3cret@host/name", "clearing.db", "postgresql:bot:s3cret"]
)
def test_an_address_of_no_known_database_is_named_without_its_password(tmp_path, address):
    (line,) = problems(tmp_path, DATABASE_URL=address)
    assert line.startswith("CLEARING_DATABASE_URL: This is neither SQLite nor PostgreSQL.")
    assert "postgresql://user@host/name" in line
    assert "s3cret" not in line


def test_the_database_may_be_postgresql():
    address = "postgresql://bot:s3cret@host/name"
    settings = config.read({"CLEARING_DATABASE_URL": address})
    assert settings.database_url == address
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "cure"), [("TOKN", "Did you mean CLEARING_TOKEN?"), ("XYZ", "see the README")]
)
def test_an_unknown_setting_is_named(tmp_path, name, cure):
    (line,) = problems(tmp_path, **{name: "1"})
    assert line.startswith(f"CLEARING_{name}: There is no such setting.")
    assert cure in line


@pytest.mark.parametrize(
    "address",
    [
        "telegram.org",
        "ftp://x",
        "http://",
        "http://[::1",
        "http://h:99999",
        "http://h:x",
        "http://:80",
    ],
)
def test_an_address_that_is_none_is_named(tmp_path, address):
    (line,) = problems(tmp_path, API_URL=address)
    assert line.startswith("CLEARING_API_URL: This is not a web address.")


def test_an_address_with_the_token_is_refused(tmp_path):
    (line,) = problems(tmp_path, API_URL=f"http://127.0.0.1:8081/bot{TOKEN}")
    assert line.startswith("CLEARING_API_URL: The token does not belong here.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty."),
        (b"\n", "is empty."),
        (b"\xff", "cannot be read"),
        (b"hello", "This is not a bot token."),
        (TOKEN.encode() + b"\nmore", "This is not a bot token."),
    ],
)
def test_a_wrong_token_file_is_named(tmp_path, content, said):
    (tmp_path / "token").write_bytes(content)
    (line,) = problems(tmp_path, TOKEN_FILE=str(tmp_path / "token"))
    assert said in line


def test_a_token_file_that_is_not_there_or_one_too_many_is_named(tmp_path):
    assert "cannot be read" in problems(tmp_path, TOKEN_FILE=str(tmp_path / "nowhere"))[0]
    assert "cannot be read" in problems(tmp_path, TOKEN_FILE=str(tmp_path))[0]
    assert "Keep one of them." in problems(tmp_path, TOKEN_FILE="x", TOKEN=TOKEN)[0]  # noqa: S106 - a path


def test_a_token_file_gives_the_token(tmp_path):
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    read = config.read({"CLEARING_TOKEN_FILE": str(tmp_path / "token")})
    assert read.token == TOKEN
    assert TOKEN not in repr(read)


def test_a_file_of_settings_is_read_and_the_environment_wins(tmp_path):
    (tmp_path / ".env").write_text(
        f"\ufeff# a comment\n\nexport CLEARING_TOKEN='{TOKEN}'\nOTHER=1\nnonsense\n"
        'CLEARING_API_URL="http://127.0.0.1:1"\n',
        encoding="utf-8",
    )
    read = config.read({"CLEARING_API_URL": "http://127.0.0.1:2/"}, tmp_path / ".env")
    assert read.token == TOKEN
    assert read.api_url == "http://127.0.0.1:2"


def test_a_line_that_sets_nothing_is_named_without_what_it_says(tmp_path):
    dotenv = f"OTHER=1\nCLEARING_TOKEN {TOKEN}\n".encode()
    (line,) = problems(tmp_path, dotenv)
    assert line == f"{tmp_path / '.env'}:2: This sets nothing. Write NAME=value."


def test_settings_of_a_later_version_are_known_and_have_no_effect():
    read = config.read(
        {
            "CLEARING_WEBHOOK_URL": "x",
            "CLEARING_ALARM": "verein@example.org",
        }
    )
    assert read.without_effect == ("CLEARING_ALARM", "CLEARING_WEBHOOK_URL")
    assert read.alarm is None
    assert config.read({"CLEARING_ALARM": ""}).without_effect == ()


def test_nothing_is_handed_over_where_the_setting_says_so(tmp_path):
    assert config.read({}).handover is config.Handover.GROUP_CARD
    read = config.read({"CLEARING_HANDOVER": "client_contacts"})
    assert read.handover is config.Handover.CLIENT_CONTACTS
    (line,) = problems(tmp_path, HANDOVER="fax")
    assert line == (
        "CLEARING_HANDOVER: There is no way `fax`. Write group_card or client_contacts."
    )


def test_an_alarm_goes_to_a_chat():
    read = config.read({"CLEARING_ALARM": "-1001234567890"})
    assert read.alarm == -1001234567890
    assert read.without_effect == ()


@pytest.mark.parametrize("given", ["me", "1.5", "@somebody", "9" * 400])
def test_an_alarm_that_reaches_nobody_is_named(tmp_path, given):
    (line,) = problems(tmp_path, ALARM=given)
    assert line.startswith("CLEARING_ALARM: This is neither a chat nor an e-mail address.")


def test_problems_are_written_to_the_data_folder_or_where_editors_read(tmp_path):
    read = config.read({"CLEARING_DATA": str(tmp_path)})
    assert read.problems == tmp_path / "problems.txt"
    read = config.read({"CLEARING_PROBLEMS": str(tmp_path / "fehler.txt")})
    assert read.problems == tmp_path / "fehler.txt"


@pytest.mark.parametrize(
    ("given", "cure"),
    [("knowledge/region.yaml", "Write problems.txt."), ("nowhere/x.txt", "There is no folder")],
)
def test_problems_never_take_the_place_of_another_file(tmp_path, given, cure):
    (line,) = problems(tmp_path, PROBLEMS=str(tmp_path / given))
    assert line.startswith("CLEARING_PROBLEMS: ")
    assert cure in line
