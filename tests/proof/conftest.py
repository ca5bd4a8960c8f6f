"""The graph of all conversations, walked once."""

import gc

import pytest

from bot.core.knowledge import Book
from bot.proof.graph import Graph
from bot.proof.law import Law
from bot.proof.walk import starts, walk


@pytest.fixture(scope="session")
def graph(book: Book) -> Graph:
    gc.disable()
    try:
        return walk(book, starts(book), Law.of(book).conditions())
    finally:
        gc.enable()
