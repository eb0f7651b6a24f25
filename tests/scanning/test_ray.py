"""A cluster finds what one machine finds, byte for byte, whatever leaves it meanwhile. Needs the extra ``ray``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.scanning import killers
from tests.scanning.conftest import MENU
from tests.scanning.warcs import archive, record

from menulint.linter import Options
from menulint.pack.load import load_pack
from menulint.scanning.engine import Engine
from menulint.scanning.local import LocalEngine
from menulint.scanning.run import Scan
from menulint.scanning.store import Store
from menulint.scanning.unit import Spec

ray = pytest.importorskip("ray", reason="ray is not installed (extra ray)")

ROOT = Path(__file__).parents[2]
OPTIONS = Options(as_of=date(2026, 11, 1), copy=True)
MORTAL = Spec(OPTIONS, make=killers.mortal)
MEMORY = 80 * 1024 * 1024


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes of one processor each, on this machine."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{ROOT / 'src'}{os.pathsep}{ROOT}")
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        made: Any = Cluster(initialize_head=False)
        for _ in range(2):
            made.add_node(num_cpus=1, object_store_memory=MEMORY, include_dashboard=False)
        made.wait_for_nodes()
        patch.setenv("RAY_ADDRESS", made.address)
        yield made
        made.shutdown()


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Six archives of ten pages that take their time, with a clinic's among them."""
    folder = tmp_path / "crawl"
    folder.mkdir()
    for number in range(6):
        bodies = [b"<p>%d-%d %s" % (number, n, killers.SLOW) for n in range(9)]
        bodies.append(MENU.encode())
        pages = (record(f"https://glow.example/{number}/{n}", body) for n, body in enumerate(bodies))
        archive(folder / f"{number}.warc.gz", *pages)
    return folder


def scanned(crawl: Path, name: str, engine: Engine, spec: Spec, tell: Callable[[int], None] = lambda _: None) -> Store:
    """The store of a scan; ``tell`` is told how many units are done."""
    store = Store(crawl.with_name(name))
    Scan((str(crawl),), store, spec, load_pack()).run(engine, lambda totals, _: tell(totals.units))
    return store


def contents(store: Store) -> dict[str, bytes]:
    found = sorted(path for path in store.folder.rglob("*") if path.is_file())
    return {str(path.relative_to(store.folder)): path.read_bytes() for path in found}


def by_ray() -> Engine:
    from menulint.scanning.ray_engine import RayEngine

    return RayEngine()


@pytest.mark.usefixtures("cluster")
def test_two_nodes_leave_the_files_that_one_machine_leaves(crawl: Path) -> None:
    spec = Spec(OPTIONS)
    own, other = scanned(crawl, "own", LocalEngine(1), spec), scanned(crawl, "other", by_ray(), spec)
    assert {row["rule"] for row in own.rows("findings")}
    assert contents(other) == contents(own)


@pytest.mark.usefixtures("cluster")
def test_inputs_and_store_may_be_named_from_the_folder_of_the_command(
    crawl: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(crawl.parent)
    Scan(("crawl",), Store(Path("store")), MORTAL, load_pack()).run(by_ray(), lambda *_: None)
    assert {row["input"] for row in Store(crawl.with_name("store")).rows("pages")} == {
        f"crawl/{number}.warc.gz" for number in range(6)
    }


@pytest.mark.usefixtures("cluster")
def test_a_process_that_is_killed_once_leaves_no_trace(crawl: Path) -> None:
    mark = crawl.with_name("mark")
    archive(
        crawl / "6.warc.gz", record("https://glow.example/6", b"<p>" + killers.ONCE + str(mark).encode() + b" </p>")
    )
    other = scanned(crawl, "other", by_ray(), MORTAL)
    assert mark.exists()
    assert contents(other) == contents(scanned(crawl, "own", LocalEngine(1), MORTAL))


@pytest.mark.usefixtures("cluster")
def test_a_page_that_cannot_be_interrupted_is_ended_with_its_process(crawl: Path) -> None:
    archive(crawl / "6.warc.gz", record("https://glow.example/6", b"<p>" + killers.HANGS))
    store = scanned(crawl, "other", by_ray(), replace(MORTAL, time_limit=3.0, grace=1.0))
    assert [(row["url"], row["code"]) for row in store.rows("errors")] == [("https://glow.example/6", "too-slow")]
    assert len(list(store.rows("pages"))) == 60


def test_the_work_of_a_node_that_leaves_is_done_again(cluster: Any, crawl: Path) -> None:
    leaving = [cluster.add_node(num_cpus=2, object_store_memory=MEMORY)]
    cluster.wait_for_nodes()

    def tell(done: int) -> None:
        if done and leaving:
            cluster.remove_node(leaving.pop(), allow_graceful=False)

    other = scanned(crawl, "other", by_ray(), MORTAL, tell)
    assert not leaving
    assert contents(other) == contents(scanned(crawl, "own", LocalEngine(1), MORTAL))


@pytest.mark.usefixtures("cluster")
def test_a_node_with_another_version_is_refused(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from menulint.errors import MenulintError
    from menulint.scanning import ray_engine

    monkeypatch.setattr(ray_engine, "__version__", "0.0.1")
    with pytest.raises(MenulintError, match="install one version on all nodes"):
        scanned(crawl, "other", by_ray(), MORTAL)
