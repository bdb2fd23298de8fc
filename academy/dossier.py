"""Everything the academy holds about one listener, as of one pair of commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from academy.circumstances import Circumstances
from academy.consent import Consent
from academy.document import Document
from academy.listener import Card
from academy.picture import PictureSizes
from academy.portfolio import Item, Portfolio, folder
from academy.results import Results
from academy.review import Review
from academy.verification import SeenFile, Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The listener's word and the academy's word, side by side.

    `files` is the manifest of the branch `main`: every path with its size and
    digest. Verification is held against it, and links resolve in it. `pictures`
    holds the sizes of those pictures of it that have been looked at; `circumstances`
    is what neither branch holds.
    """

    person: str
    card: Card
    portfolio: Portfolio = Portfolio()
    results: Results = Results()
    documents: tuple[Document, ...] = ()
    consents: tuple[Consent, ...] = ()
    reviews: tuple[Review, ...] = ()
    verifications: Mapping[str, Verification] = field(default_factory=dict)
    files: Mapping[str, SeenFile] = field(default_factory=dict)
    pictures: Mapping[str, PictureSizes] = field(default_factory=dict)
    circumstances: Circumstances = field(default_factory=Circumstances)

    def reviews_of(self, item_id: str) -> tuple[Review, ...]:
        """The reviews of an item, oldest first."""
        return tuple(review for review in self.reviews if review.item == item_id)

    def content_of(self, item: Item) -> tuple[SeenFile, ...]:
        """The exact content of an item: what a verification has to have seen."""
        place = folder(item)
        return tuple(
            seen
            for path, seen in sorted(self.files.items())
            if path == f"{place}.md" or path.startswith(f"{place}/")
        )
