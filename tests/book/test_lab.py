"""`make lab` opens copies: what is saved there reaches no chapter, and nothing that was written is lost."""

import pytest

from tlsbook.lab import copy, main


@pytest.fixture
def built(tmp_path):
    folder = tmp_path / "built"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.ipynb").write_text(f"{name}, first edition")
    return folder


def texts(folder):
    return {file.stem: file.read_text() for file in folder.glob("*.ipynb")}


def test_saving_a_copy_changes_no_chapter(built, tmp_path):
    before = texts(built)
    assert copy(built, tmp_path / "lab") == []
    assert texts(tmp_path / "lab") == before
    for file in (tmp_path / "lab").rglob("*.ipynb"):
        file.write_text("mine")
    assert texts(built) == before


def test_what_was_written_in_a_copy_stays_and_the_others_follow_their_chapters(built, tmp_path):
    lab = tmp_path / "lab"
    copy(built, lab)
    (lab / "one.ipynb").write_text("mine")
    assert copy(built, lab) == []  # nothing changed behind it: nothing to say
    for file in built.iterdir():
        file.write_text(f"{file.stem}, second edition")
    for _ in range(2):
        assert copy(built, lab) == ["one.ipynb"]
        assert texts(lab) == {"one": "mine", "two": "two, second edition"}
    (lab / "one.ipynb").unlink()
    assert copy(built, lab) == []
    assert texts(lab) == texts(built)


def test_a_file_that_no_copy_left_there_stays(built, tmp_path):
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "two.ipynb").write_text("mine")
    assert copy(built, tmp_path / "lab") == ["two.ipynb"]
    assert texts(tmp_path / "lab")["two"] == "mine"


def test_without_a_built_book_it_says_what_to_do(tmp_path):
    with pytest.raises(SystemExit, match="`make book` makes them"):
        main([str(tmp_path), str(tmp_path / "lab")])
