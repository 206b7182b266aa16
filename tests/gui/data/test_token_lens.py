"""The token lens: where tokens stand, what their marks say, and how they are read."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.gui.data.token_flow import MARGIN, flow
from studio.gui.data.token_lens import TokenLens
from studio.gui.data.token_marks import visible
from tests.gui.data.answers import lens


def measure(text: str, heavy: bool) -> float:
    return 10.0 * len(text)


@pytest.fixture
def view(qtbot: QtBot) -> TokenLens:
    made = TokenLens()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def tokens(texts: list[str], state: str = "masked") -> list[list]:
    return [[number, text, state, False, 0, number] for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" a", "␣a"),
        ("\n\n", "⏎⏎"),
        ("        x", "␣×8x"),
        ("\tb", "⇥b"),
        ("\x00", "⟨00⟩"),
        ("", ""),
        ("\ue000", "⟨E000⟩"),
    ],
)
def test_white_space_and_the_unprintable_are_drawn(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_tokens_fill_lines_and_break_where_the_text_does() -> None:
    set_out = flow(tokens(["aaaa", "bbbb\n", "cc"]), 400, measure, packed=False)
    tops = [place.top() for place in set_out.places]
    assert tops[0] == tops[1] < tops[2]
    assert set_out.places[2].left() == MARGIN
    narrow = flow(tokens(["aaaa"] * 9), 120, measure, packed=False)
    assert all(place.right() <= 120 - MARGIN for place in narrow.places)
    assert len({place.top() for place in narrow.places}) == 5


def test_a_token_wider_than_a_line_fills_one() -> None:
    (place,) = flow(tokens(["a" * 79]), 200, measure, packed=False).places
    assert (place.left(), place.right()) == (MARGIN, 200 - MARGIN)


def test_what_is_seen_and_pointed_at_is_found() -> None:
    many = flow(tokens(["word"] * 4000), 300, measure, packed=False)
    seen = many.between(1000, 1200)
    for index, place in enumerate(many.places):
        assert (index in seen) == (place.bottom() > 1000 and place.top() < 1200)
    place = many.places[1234]
    assert many.at(place.center().x(), place.center().y()) == 1234
    assert many.at(1, place.center().y()) is None


def test_headings_stand_at_the_cut_and_between_documents() -> None:
    cut = flow(lens()["tokens"], 400, measure, packed=False)
    assert [words for _, words in cut.headings] == ["Cut here, after 4 tokens: what follows is not learnt"]
    (y, _), first_cut = cut.headings[0], cut.places[4]
    assert cut.places[3].bottom() < y < first_cut.top()
    rows = [[1, "a", "trained", False, document, at] for document in range(3) for at in range(2)]
    packed = flow(rows, 400, measure, packed=True)
    assert [words for _, words in packed.headings] == ["Document 1", "Document 2", "Document 3"]
    assert len({place.top() for place in packed.places}) == 3


def test_a_token_is_read_under_the_pointer_and_by_keys(qtbot: QtBot, view: TokenLens) -> None:
    said: list[str] = []
    view.tokenRead.connect(said.append)
    view.show_row(lens(), packed=False)
    place = view._flow.places[2].center().toPoint()
    qtbot.mouseMove(view.viewport(), QPoint(1, 1))
    qtbot.mouseMove(view.viewport(), place)
    assert said[-1] == r"token 3 · id 8 · 'b\n' · position 2 · learnt"
    for key, read in (
        (Qt.Key.Key_End, 5), (Qt.Key.Key_Left, 4), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Right, 1),
    ):  # fmt: skip
        qtbot.keyClick(view, key)
        assert view.read == read
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view._flow.places[view.read].top() > view._flow.places[1].top()
    assert view.accessibleDescription() == said[-1]
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert said[-1] == "token 6 · id 2 · '</s>' · position 5 · cut away, special"


def test_a_packed_row_says_document_and_position(view: TokenLens) -> None:
    view.show_row({"tokens": [[5, "x", "trained", False, 0, 0], [6, "y", "masked", False, 1, 0]]}, packed=True)
    assert view.line_of(1) == "token 2 · id 6 · 'y' · document 2 · position 0 · read, not learnt"


def test_walking_scrolls_a_long_row(qtbot: QtBot, view: TokenLens) -> None:
    view.show_row({"tokens": tokens(["word"] * 4000)}, packed=False)
    assert view.verticalScrollBar().value() == 0
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.read == 3999
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    assert not view.grab().isNull()


def test_states_differ_in_more_than_colour(view: TokenLens) -> None:
    from studio.gui.data.token_marks import looks
    from studio.gui.theme import CONTRAST, DARK, LIGHT

    for theme in (LIGHT, DARK, CONTRAST):
        marks = {state: (look.underlined, look.heavy, look.struck) for state, look in looks(theme).items()}
        assert len(set(marks.values())) == len(marks) == 3
