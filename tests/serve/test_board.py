"""The board: what is posted is what is read, and nobody waits in vain."""

from __future__ import annotations

import threading
from typing import cast

from kbtool.serve.board import Board
from kbtool.serve.edition import Edition
from kbtool.serve.problems import Problem

FIRST, SECOND = cast(Edition, object()), cast(Edition, object())
WRONG = Problem("", "wrong")


def test_a_notice_without_an_edition_keeps_the_one_before() -> None:
    board = Board(FIRST)
    board.post(SECOND, ())
    board.post(None, [WRONG])
    assert (board.notice.edition, board.notice.problems) == (SECOND, (WRONG,))
    board.post(None, ())
    assert board.notice.problems == ()


def test_who_has_seen_an_older_notice_does_not_wait() -> None:
    board = Board(FIRST)
    seen = board.notice.number
    assert not board.wait(seen, 0)
    board.post(SECOND, ())
    assert board.wait(seen, 0)
    assert not board.wait(board.notice.number, 0)


def test_news_and_the_end_wake_all_who_wait() -> None:
    board = Board(FIRST)
    answers: list[bool] = []
    seen = board.notice.number

    def waiting() -> list[threading.Thread]:
        threads = [
            threading.Thread(target=lambda: answers.append(board.wait(seen, 20)), daemon=True) for _ in "ab"
        ]
        for thread in threads:
            thread.start()
        return threads

    threads = waiting()
    board.post(SECOND, ())
    for thread in threads:
        thread.join(5)
    seen = board.notice.number
    threads = waiting()
    board.close()
    for thread in threads:
        thread.join(5)
    assert answers == [True, True, False, False]
    assert board.closed
