import json
from datetime import date
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from talentpool.needs.models import ContactRole
from talentpool.needs.services import Contact, add_seat
from talentpool.needs.stages import NeedStatus
from tests.factories.needs import make_need, make_seat_content
from tests.proofreader import ProofreadingClient

BOARD = "/besoins-ouverts"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SECRETS = {
    "risks": "Risque secret",
    "contacts": [Contact(ContactRole.HR, "Bob Contact", email="bob@hote.example")],
    "budget_programme": "BOP 218",
}


class TestFeed:
    def test_carries_what_the_same_search_finds(self, client: ProofreadingClient) -> None:
        make_need(title="Autre chose", summary="Rien.", text="Rien.")
        need = make_need(title="Carte & <b>forêts</b>\x0b", **SECRETS)
        answer = client.get(f"{BOARD}.atom?q=carte&tri=debut")
        assert answer.mimetype == "application/atom+xml"
        feed = ET.fromstring(answer.data)
        [entry] = feed.findall("a:entry", ATOM)
        assert entry.findtext("a:title", namespaces=ATOM) == "Carte & <b>forêts</b>"
        assert entry.findtext("a:id", namespaces=ATOM).endswith(f"{BOARD}/{need.id}")
        for name in ("title", "id", "updated"):
            assert feed.findtext(f"a:{name}", namespaces=ATOM)
            assert entry.findtext(f"a:{name}", namespaces=ATOM)
        links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
        assert links["self"].endswith(f"{BOARD}.atom?q=carte")
        assert entry.findtext("a:author/a:name", namespaces=ATOM)
        assert b"Risque secret" not in answer.data

    def test_the_list_leads_to_its_feed(self, client: ProofreadingClient) -> None:
        page = client.get(f"{BOARD}?q=carte&tri=debut").text
        assert page.count(f'href="{BOARD}.atom?q=carte"') == 2

    def test_an_empty_feed_is_a_feed(self, client: ProofreadingClient) -> None:
        feed = ET.fromstring(client.get(f"{BOARD}.atom?q=introuvable").data)
        assert feed.findall("a:entry", ATOM) == []


class TestPostings:
    def test_each_open_seat_is_a_job_posting(self, client: ProofreadingClient) -> None:
        need = make_need(seats=0, candidates_until=date(2027, 1, 31), town="Nîmes", **SECRETS)
        add_seat(need, make_seat_content(share_pct=100, remote_days=5), by=None)
        add_seat(need, make_seat_content(title="</script>", share_pct=40, town="Brest"), by=None)
        answer = client.get(f"{BOARD}/{need.id}.jsonld")
        assert answer.mimetype == "application/ld+json"
        graph = json.loads(answer.data)["@graph"]
        assert [seat["employmentType"][1] for seat in graph] == ["FULL_TIME", "PART_TIME"]
        assert [seat["jobLocation"]["address"]["addressLocality"] for seat in graph] == [
            "Nîmes",
            "Brest",
        ]
        assert [seat.get("jobLocationType") for seat in graph] == ["TELECOMMUTE", None]
        for seat in graph:
            for name in ("title", "description", "datePosted", "hiringOrganization", "url"):
                assert seat[name]
            assert seat["validThrough"].startswith("2027-01-31")
        assert "Risque secret" not in answer.text
        assert f'href="{BOARD}/{need.id}.jsonld"' in client.get(f"{BOARD}/{need.id}").text


class TestSheet:
    def test_paper_says_what_the_page_says(self, client: ProofreadingClient) -> None:
        need = make_need(beneficiaries="Les forestiers.", **SECRETS)
        answer = client.get(f"{BOARD}/{need.id}.pdf")
        assert answer.mimetype == "application/pdf"
        pdf = pypdfium2.PdfDocument(answer.data)
        words = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        for said in ("Carte des forêts", "Les forestiers.", "Python", "80"):
            assert said in words, said
        for hidden in ("Risque secret", "Bob", "BOP"):
            assert hidden not in words, hidden
        assert client.get(f"{BOARD}/{need.id}.pdf").data == answer.data


@pytest.mark.parametrize("form", ["jsonld", "pdf"])
def test_what_is_not_on_the_board_has_no_file(form: str, client: ProofreadingClient) -> None:
    for status in (NeedStatus.DRAFT, NeedStatus.IN_REVIEW, NeedStatus.UNMET):
        assert client.get(f"{BOARD}/{make_need(status=status).id}.{form}").status_code == 404
    assert client.get(f"{BOARD}/{make_need(is_public=False).id}.{form}").status_code == 404
