"""A program of its own with an academy of its own, to be measured and to be changed."""

from __future__ import annotations

import compileall
import os
import shutil
import sys
from functools import cached_property, partial
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from random import Random

from PIL import Image

from academy.projection import standing_projections
from benchmarks import synthetic
from benchmarks.measuring import Cost, cost_of
from cabinet.commands.init import initialise
from cabinet.office import ACADEMY, Office, files_below
from cabinet.settings import PROGRAM, Home, cores
from forge.port import MAIN, RECORD, Author, Change, Repositories
from generator.pictures import draw
from generator.plain import write_plain
from generator.reading import read_portfolio

_AUTHOR = Author("benchmark")
_CABINET = "import sys; from cabinet.command_line import main; sys.exit(main())"
_WORTH_CORES = 100
_BESIDE = {".git", ".venv", "build", "tests", "docs", "benchmarks", "tools", "var", "node_modules"}


class House:
    """A copy of the program, and a home with a synthetic academy."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "program"
        self.home = Home(folder / "home")
        shutil.copytree(
            PROGRAM,
            self.program,
            ignore=lambda _, names: _BESIDE | {one for one in names if one.startswith(".")},
        )
        # As pip does with what it installs, so that no start is spent on it.
        compileall.compile_dir(self.program, quiet=1)
        self.office = Office(self.home)
        initialise(self.office, self._academy("Первый текст."), synthetic.AT)

    def add(self, numbers: range, pictures: tuple[bytes, ...] = ()) -> None:
        """Make listeners, many of them over the cores."""
        add = partial(_add, self.office.repositories, pictures)
        if len(numbers) < _WORTH_CORES:
            add(numbers)
            return
        parts = [numbers[first : first + 50] for first in range(0, len(numbers), 50)]
        with get_context("fork").Pool(cores()) as pool:
            pool.map(add, parts)

    @property
    def people(self) -> list[str]:
        """Every listener."""
        return [name for name in self.office.repositories.names() if name != ACADEMY]

    def build(self, jobs: int = 1) -> Cost:
        """Run `cabinet build --all`."""
        command = [sys.executable, "-c", _CABINET, "--home", str(self.home.root), "build", "--all"]
        command += ["--json", "--jobs", str(jobs), "--at", synthetic.AT.isoformat()]
        return cost_of(command, self.program, {"PYTHONPATH": self._path})

    def forget_sites(self) -> None:
        """Throw away what was built."""
        shutil.rmtree(self.home.sites, ignore_errors=True)
        shutil.rmtree(self.home.assets, ignore_errors=True)

    def forget_pages(self) -> None:
        """Throw away what was built but for pictures in their sizes."""
        for person in self.people:
            manifest = self.office.sites.manifest(person)
            drawn = manifest.pictures.by_digest.values() if manifest else ()
            sizes = {one.digest for two in drawn if two for one in two.renditions.values()}
            for file in (self.home.sites / person / "objects").iterdir():
                if file.name not in sizes:
                    file.unlink()
            shutil.rmtree(self.home.sites / person / "kept")

    def announce(self, text: str) -> None:
        """Change the announcement that everybody is shown."""
        path = "announcements/for-everybody.md"
        head = self.office.repositories.heads(ACADEMY)[MAIN]
        files = {path: self._academy(text)[path]}
        change = Change(ref=MAIN, expected=head, files=files, message="Announced")
        self.office.repositories.commit(ACADEMY, [change], _AUTHOR, synthetic.AT)

    def change_theme(self, text: str) -> None:
        """Change a template of the theme that every page shows."""
        self._append("cabinet/partials/footer.html", f"<!-- {text} -->\n")

    def change_pages(self, text: str) -> None:
        """Change a template of pages that most cabinets have."""
        self._append("pages/goals.md", f"\n<p>{text}</p>\n")

    def write_plain_projects(self, people: list[str], folder: Path) -> list[Path]:
        """Write the project of each site of `people`, as `cabinet project` does."""
        academy = self.office.academy()
        written = []
        for person in people:
            heads = self.office.repositories.heads(person)
            read = read_portfolio(self.office.repositories, person, heads, academy)
            if read.dossier is None:
                raise ValueError(person)
            dossier, renditions = draw(read.dossier, read.main)
            for projection in standing_projections(dossier, synthetic.AT):
                project, _ = self.office.workshop.compose(
                    dossier, academy, projection, synthetic.AT
                )
                target = folder / f"{person}-{projection.name}"
                write_plain(project, {**read.main, **renditions}, self.program, target)
                written.append(target)
        return written

    @cached_property
    def _path(self) -> str:
        """The copy first, then wherever this process finds its libraries."""
        others = [one for one in sys.path if one and Path(one).resolve() != PROGRAM]
        return os.pathsep.join([str(self.program), *others])

    def _academy(self, announcement: str) -> dict[str, bytes]:
        return synthetic.academy_files(files_below(PROGRAM / "content"), announcement)

    def _append(self, template: str, text: str) -> None:
        file = self.program / "site_templates" / template
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def _add(repositories: Repositories, pictures: tuple[bytes, ...], numbers: range) -> None:
    for number in numbers:
        one = synthetic.listener(number, pictures)
        changes = [
            Change(ref=ref, expected=None, files=files, message="Made")
            for ref, files in ((MAIN, one.main), (RECORD, one.record))
        ]
        repositories.create(one.person, changes, _AUTHOR, synthetic.AT)


def draw_pictures(count: int, size: tuple[int, int] = (1600, 1200)) -> tuple[bytes, ...]:
    """Draw photographs of soft blots; of 1600 to 1200 pixels they have 230 KB each."""
    made = []
    for number in range(count):
        rng = Random(number)  # noqa: S311
        small = Image.frombytes("RGB", (64, 48), rng.randbytes(64 * 48 * 3))
        buffer = BytesIO()
        small.resize(size, Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=82)
        made.append(buffer.getvalue())
    return tuple(made)
