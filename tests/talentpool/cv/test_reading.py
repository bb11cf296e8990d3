"""The process that reads: what it can reach, and what becomes of the site when it goes wrong."""

import json
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talentpool.cv.document import Document
from talentpool.cv.extracting import extract
from talentpool.cv.limits import LIMITS, CvRefused, Limits, Refusal
from talentpool.cv.reading import WORKER, read_cv
from tests.factories.cv_texts import EUROPASS, JSON_RESUME, ODT
from tests.factories.cvs import docx_of, make_docx, odt_of, pdf_of, word_paragraph

MOST = 10_000_000


def refused(data: bytes, code: str | None = None, **limits: int) -> Refusal:
    command = (sys.executable, "-I", "-c", textwrap.dedent(code)) if code else ()
    with pytest.raises(CvRefused) as caught:
        read_cv(data, most=MOST, limits=Limits(**limits), worker=command)
    return caught.value.refusal


def inside(code: str) -> str:
    """Run code where the file is parsed: every limit is in force."""
    script = f"""
import json, os, resource, runpy, socket, sys, types
package = types.ModuleType("talentpool")
package.__path__ = [{str(WORKER.parent.parent)!r}]
sys.modules["talentpool"] = package
import talentpool.cv.extracting as extracting
from talentpool.cv.document import Document
def extract(data, limits):
    found = ""
{textwrap.indent(code, "    ")}
    return Document("pdf", text=str(found))
extracting.extract = extract
runpy.run_path({str(WORKER)!r})["main"]()
"""
    return read_cv(b"x", most=MOST, worker=(sys.executable, "-I", "-c", script)).text


class TestWorker:
    def test_it_reads(self) -> None:
        document = read_cv(pdf_of("= Maëlle Essai\nDéveloppeuse"), most=MOST)
        assert (document.kind, document.pages) == ("pdf", 1)
        assert "Développeuse" in document.text

    def test_it_loads_neither_the_product_nor_its_settings(self) -> None:
        code = f"import runpy, sys\nrunpy.run_path({str(WORKER)!r}, run_name='__main__')\n"
        code += "print(sorted(m for m in sys.modules if m.startswith(('flask', 'sqlalchemy'))))"
        ran = subprocess.run(
            [sys.executable, "-I", "-c", code], input=b"{}", capture_output=True, check=True
        )
        assert ran.stdout.endswith(b"[]\n")

    @pytest.mark.parametrize(
        "act",
        [
            "socket.socket()",
            "open('/etc/passwd')",
            "open('/tmp/kept-of-a-cv', 'w')",
            "os.close(0); os.open('/etc/passwd', 0)",
            "os.pipe()",
        ],
    )
    def test_it_can_open_nothing_once_it_holds_the_file(self, act: str) -> None:
        code = f"try:\n    {act}\nexcept OSError as error:\n    found = error.errno"
        # EMFILE: no descriptor is to be had, not even in place of one that was closed.
        assert inside(code) == "24"

    def test_it_knows_no_secret(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET_KEY", "a secret that nobody may know of")
        assert "SECRET" not in inside("import os\nfound = dict(os.environ)")

    def test_memory_runs_out_for_it_alone(self) -> None:
        code = "found = bytearray(2_000_000_000)"
        with pytest.raises(CvRefused) as caught:
            inside(code)
        assert caught.value.refusal is Refusal.TOO_LONG

    def test_processor_time_runs_out(self) -> None:
        code = "import resource\nfound = resource.getrlimit(resource.RLIMIT_CPU)"
        assert inside(code) == f"({LIMITS.cpu}, {LIMITS.cpu})"

    def test_a_loop_is_stopped(self) -> None:
        began = time.monotonic()
        assert refused(b"x", "while True: pass", wall=1) is Refusal.TOO_LONG
        assert time.monotonic() - began < 5

    def test_sleep_is_stopped_too(self) -> None:
        assert refused(b"x" * 2_000_000, "import time; time.sleep(60)", wall=1) is Refusal.TOO_LONG

    def test_a_crash_is_survived(self) -> None:
        code = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
        assert refused(b"x", code) is Refusal.TOO_LONG
        assert refused(b"x", "raise SystemExit(3)") is Refusal.BROKEN

    def test_a_flood_is_cut(self) -> None:
        code = "import sys\nwhile True: sys.stdout.write('x' * 100_000)"
        assert refused(b"x", code, answer=1_000_000, wall=10) is Refusal.TOO_LONG

    @pytest.mark.parametrize(
        "said", ["", "[]", "{}", '"x"', '{"refused": "nothing"}', '{"document": {"kind": 1}}', "["]
    )
    def test_nonsense_is_no_document(self, said: str) -> None:
        assert refused(b"x", f"print({said!r})") is Refusal.BROKEN

    def test_a_heavy_file_starts_nothing(self) -> None:
        with pytest.raises(CvRefused) as caught:
            read_cv(b"x" * 11, most=10, worker=("/does/not/exist",))
        assert caught.value.refusal is Refusal.TOO_HEAVY

    def test_turns_are_given_back(self) -> None:
        threads = [
            threading.Thread(target=lambda: refused(b"x", "raise SystemExit(1)")) for _n in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in threads)


SEEDS = [
    pdf_of("= Maëlle Essai\nDéveloppeuse\n#table(columns: 2, [2019], [Python])"),
    docx_of("Sacha\nDesigner"),
    make_docx(word_paragraph("a") * 50),
    odt_of(ODT),
    json.dumps(JSON_RESUME).encode(),
    EUROPASS.encode(),
]
QUICK = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def check(data: bytes) -> None:
    """Hold what extracting promises of any bytes: a document within its limits, or a refusal."""
    began = time.monotonic()
    try:
        document = extract(data, LIMITS)
    except CvRefused:
        document = Document("none")
    assert time.monotonic() - began < LIMITS.cpu
    assert len(document.text) <= LIMITS.characters
    assert len(json.dumps(document.to_dict())) <= LIMITS.answer
    assert Document.from_dict(json.loads(json.dumps(document.to_dict()))) == document


class TestAnyBytes:
    @QUICK
    @given(st.binary(max_size=600))
    def test_arbitrary_bytes_are_read_or_refused(self, data: bytes) -> None:
        check(data)

    @QUICK
    @given(
        st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"{", b"<", b'{"basics":', b"<Candidate>"]),
        st.binary(max_size=600),
    )
    def test_a_good_beginning_is_no_promise(self, head: bytes, tail: bytes) -> None:
        check(head + tail)

    @QUICK
    @given(
        st.sampled_from(SEEDS),
        st.lists(
            st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6), st.integers(0, 6)),
            min_size=1,
            max_size=12,
        ),
        st.floats(0.2, 1),
    )
    def test_mutated_files_are_read_or_refused(
        self, seed: bytes, edits: list[tuple[float, bytes, int]], kept: float
    ) -> None:
        data = bytearray(seed)
        for place, inserted, removed in edits:
            at = int(place * len(data))
            data[at : at + removed] = inserted
        check(bytes(data[: int(len(data) * kept)]))

    @QUICK
    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(
                    st.sampled_from(["basics", "work", "skills", "languages", "name", "keywords"])
                    | st.text(max_size=6),
                    inner,
                    max_size=5,
                )
            ),
            max_leaves=25,
        )
    )
    def test_any_json_is_read_or_refused(self, value: object) -> None:
        check(json.dumps({"work": value, "skills": value, "basics": value}).encode())

    def test_the_process_itself_answers_mutated_files(self) -> None:
        for index, seed in enumerate(SEEDS):
            data = bytearray(seed)
            data[len(data) // 2 + index] ^= 0xFF
            answer = subprocess.run(
                [sys.executable, "-I", str(WORKER)],
                input=bytes(data),
                capture_output=True,
                check=True,
            )
            assert answer.stderr == b""
            assert {"document", "refused"} & json.loads(answer.stdout).keys()
