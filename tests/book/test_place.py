"""Commands that need the book say so where there is none, in one line; a command has no other fault to show there."""

import importlib
from pathlib import Path

import pytest

from tlsbook import answers, student

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["answers", "ledger", "readme_picture", "student", "unchanged"])
def test_outside_the_book_a_command_says_where_to_run_it(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [name, "folder"])
    with pytest.raises(SystemExit) as end:
        importlib.import_module(f"tlsbook.{name}").main()
    assert str(end.value).endswith(f" is not in {tmp_path}: run this command in the folder of the book")
    assert "\n" not in str(end.value)
    assert list(tmp_path.iterdir()) == []


def test_an_exercise_that_is_not_asked_is_refused(monkeypatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit, match="label = 'ex-nobody' is not allowed: it must be one of ex-"):
        answers.main(["ex-nobody"])


def test_a_file_is_no_folder_for_the_student(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match="The student's edition was not made. .*file"):
        student.main([str(tmp_path / "file")])
