from collections.abc import Callable

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.skills.held import NamedSkill
from talentpool.tabular.report import ImportReport
from talentpool.talents.evidence import Evidence, show_skill
from talentpool.talents.experiences import Told, add_experience, told_by
from talentpool.talents.models import EmploymentStatus, PoolStatus, Talent
from tests.factories.accounts import make_account
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, report_at, sent, text_of

OWN = "/mon-profil/identite"
NEW = "/talents/nouveau"


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


@pytest.fixture
def person(app: object) -> Account:
    return make_account(role=Role.TALENT, display_name="Inès Essai")


def only_talent() -> Talent:
    return db.session.scalars(select(Talent)).one()


def skills_of(talent: Talent) -> list[tuple[str, int | None, bool]]:
    return [(held.label, held.level, held.wants_growth) for held in talent.skills]


class TestOwnProfile:
    def test_a_talent_writes_their_profile(self, person: Account, client_of: Callable) -> None:
        browser = client_of(person)
        assert "pas encore écrit" in text_of(browser.get("/mon-profil"))
        form = filled(browser.get(OWN), headline="Cartographie", then="profile")
        assert form["display_name"] == ["Inès Essai"]
        assert browser.post(OWN, data=form).location == "/mon-profil#identite"
        assert only_talent().account_id == person.id
        assert only_talent().pool_status is PoolStatus.CANDIDATE
        assert "Cartographie" in text_of(browser.get("/mon-profil"))
        assert history_of(only_talent())[0].actor_id == person.id

    def test_the_old_address_leads_to_the_steps(self, person: Account, client_of: Callable) -> None:
        browser = client_of(person)
        assert browser.get("/mon-profil/modifier").location == OWN
        make_talent(account=person)
        assert browser.get("/mon-profil/modifier").location == "/mon-profil"

    def test_a_talent_edits_their_own_profile_alone(
        self, person: Account, client_of: Callable
    ) -> None:
        own, other = make_talent(account=person), make_talent(headline="Droit")
        browser = client_of(person)
        browser.post(OWN, data=filled(browser.get(OWN), headline="Cartes"))
        stolen = {"headline": "Volé", "display_name": "Volé", "version": other.version_id}
        assert browser.get(f"/talents/{other.id}").status_code == 403
        for address in (f"/talents/{other.id}/modifier", f"/talents/{other.id}/modifier/identite"):
            assert browser.post(address, data=stolen).status_code == 403
        db.session.expire_all()
        assert (own.headline, other.headline) == ("Cartes", "Droit")

    def test_their_standing_with_the_agency_is_not_theirs_to_change(
        self, person: Account, client_of: Callable
    ) -> None:
        talent = make_talent(account=person, pool_status=PoolStatus.EMPLOYED)
        browser = client_of(person)
        form = filled(browser.get(OWN), headline="Cartes")
        browser.post(OWN, data={**form, "pool_status": "alumni", "account_id": "1"})
        db.session.refresh(talent)
        assert (talent.headline, talent.pool_status) == ("Cartes", PoolStatus.EMPLOYED)
        assert talent.account_id == person.id

    def test_a_bad_answer_is_said_beside_it(self, person: Account, client_of: Callable) -> None:
        browser = client_of(person)
        form = filled(browser.get(OWN), display_name="", seniority_years="7")
        answer = browser.post(OWN, data=form)
        assert answer.status_code == 422
        assert complaints(answer).keys() == {"display_name", "headline"}
        assert filled(answer) == form
        assert db.session.scalars(select(Talent)).all() == []

    def test_the_agency_may_not_write_as_a_talent(self, staff: ProofreadingClient) -> None:
        assert staff.get("/mon-profil").status_code == 403
        assert staff.post(OWN, data={"headline": "Cartes"}).status_code == 403


class TestCreate:
    def test_the_agency_enters_a_profile(self, staff: ProofreadingClient) -> None:
        skill = make_skill("Python")
        form = filled(
            staff.get(NEW),
            display_name="Zoé Essai",
            headline="Cartographie",
            families=["dev"],
            skills__0__skill=skill.code,
            skills__0__level="3",
            skills__0__wants_growth="y",
            other_skills="QGIS (2)\r\nElm",
            experience="Une carte.\r\nUn site.",
            employment_status="freelance",
            pool_status="employed",
        )
        answer = staff.post(NEW, data=form)
        talent = only_talent()
        assert answer.location == f"/talents/{talent.id}"
        assert skills_of(talent) == [("Python", 3, True), ("QGIS", 2, False), ("Elm", None, False)]
        assert [family.code for family in talent.families] == ["dev"]
        assert [line.summary for line in talent.experiences] == ["Une carte.", "Un site."]
        assert talent.employment_status is EmploymentStatus.FREELANCE
        assert (talent.pool_status, talent.account_id) == (PoolStatus.EMPLOYED, None)

    def test_more_rows_come_and_nothing_typed_is_lost(self, staff: ProofreadingClient) -> None:
        skill = make_skill("Python")
        page = staff.get(NEW)
        form = filled(page, headline="Cartes", skills__2__skill=skill.code, skills__2__level="4")
        answer = staff.post(NEW, data={**form, "more": "1"})
        after = filled(answer, more="1")
        assert answer.status_code == 200
        assert form.items() <= after.items()
        assert len([name for name in after if name.endswith("-skill")]) == 3 + 1 + 3
        assert db.session.scalars(select(Talent)).all() == []

    @pytest.mark.parametrize(
        ("name", "typed", "words"),
        [
            ("headline", "", "obligatoire"),
            ("share_pct", "120", "entre 10 et 100"),
            ("remote_days", "9", "de 0 à 5"),
            ("remote_days", "deux", "nombre entier"),
            ("available_from", "bientôt", "une date qui existe"),
            ("other_skills", "x" * 121, "trop longue"),
        ],
    )
    def test_a_bad_answer_is_said_beside_it_and_kept(
        self, name: str, typed: str, words: str, staff: ProofreadingClient
    ) -> None:
        typed_well = {"headline": "Cartes", "experience": "Une carte.", name: typed}
        answer = staff.post(NEW, data=filled(staff.get(NEW), **typed_well))
        assert answer.status_code == 422
        assert list(complaints(answer)) == [name]
        assert words in complaints(answer)[name]
        assert filled(answer)[name] == [typed]
        assert filled(answer)["experience"] == ["Une carte."]
        assert db.session.scalars(select(Talent)).all() == []


class TestEdit:
    def test_saving_a_profile_as_it_stands_changes_nothing(self, staff: ProofreadingClient) -> None:
        talent = make_talent(
            skills=[
                NamedSkill("Python", make_skill("Python"), 3, wants_growth=True),
                NamedSkill("Elm", None, 2),
            ],
            wishes=["santé", "justice"],
            remote_days=0,
            employment_status=EmploymentStatus.PRIVATE,
        )
        address = f"/talents/{talent.id}/modifier"
        assert staff.post(address, data=filled(staff.get(address))).status_code == 303
        assert [entry.action for entry in history_of(talent)] == ["talent.created"]

    def test_a_skill_is_changed_and_another_removed(self, staff: ProofreadingClient) -> None:
        kept, gone = make_skill("Python"), make_skill("QGIS")
        talent = make_talent(skills=[NamedSkill("Python", kept, 1), NamedSkill("QGIS", gone, 2)])
        address = f"/talents/{talent.id}/modifier"
        page = staff.get(address)
        staff.post(address, data=filled(page, skills__0__level="4", skills__1__skill=""))
        db.session.expire_all()
        assert skills_of(talent) == [("Python", 4, False)]

    def test_a_stale_save_shows_both_versions_and_saves_when_sent_again(
        self, staff: ProofreadingClient
    ) -> None:
        talent, new = make_talent(), make_skill("QGIS")
        address = f"/talents/{talent.id}/modifier"
        page = staff.get(address)
        staff.post(address, data=filled(page, skills__1__skill=new.code))
        answer = staff.post(address, data=filled(page, headline="Tout autre chose"))
        assert answer.status_code == 409
        shown = text_of(answer, "differences")
        assert "Développement web et cartographie Tout autre chose" in shown
        assert "Compétences Python, 3 – confirmé, QGIS Python, 3 – confirmé" in shown
        db.session.expire_all()
        assert talent.headline == "Développement web et cartographie"
        assert len(talent.skills) == 2
        assert staff.post(address, data=filled(answer)).status_code == 303
        db.session.expire_all()
        assert talent.headline == "Tout autre chose"

    def test_two_people_who_type_the_same_do_not_clash(self, staff: ProofreadingClient) -> None:
        address = f"/talents/{make_talent().id}/modifier"
        form = filled(staff.get(address), town="Brest")
        assert staff.post(address, data=form).status_code == 303
        assert staff.post(address, data=form).status_code == 303

    def test_a_family_that_nobody_knows_survives_an_edit(self, staff: ProofreadingClient) -> None:
        talent = make_talent(unknown_families=["Alchimie"])
        address = f"/talents/{talent.id}/modifier"
        staff.post(address, data=filled(staff.get(address), town="Brest"))
        db.session.refresh(talent)
        assert (talent.town, talent.unknown_families) == ("Brest", ["Alchimie"])

    @pytest.mark.parametrize(
        "role", [Role.AGENCY_DIRECTOR, Role.MINISTRY_MEMBER, Role.ADMINISTRATOR]
    )
    def test_the_agency_s_staff_alone_edits_profiles(self, role: Role, client_as: Callable) -> None:
        talent = make_talent()
        form = {"headline": "Cartes", "pool_status": "pool", "version": talent.version_id}
        address = f"/talents/{talent.id}/modifier"
        assert client_as(role).post(address, data=form).status_code == 403
        assert client_as(role).get(address).status_code == 403

    def test_what_has_pages_of_its_own_is_left_alone(self, staff: ProofreadingClient) -> None:
        talent = make_talent(experience=[], pool_status=PoolStatus.POOL)
        told = Told("Développeuse", "Ville de Lyon", "2019", "2021", "Des cartes.")
        shown = add_experience(talent, told, by=None)
        show_skill(talent.skills[0], Evidence(experience=shown), by=None)
        db.session.commit()
        address = f"/talents/{talent.id}/modifier"
        page = staff.get(address)
        assert f'href="{address}/experiences"' in page.text
        others = {"experience": "Développeuse : des cartes.", "pool_status": "candidate"}
        answer = staff.post(address, data={**filled(page, town="Brest"), **others})
        assert answer.status_code == 303
        db.session.expire_all()
        assert (talent.town, talent.pool_status) == ("Brest", PoolStatus.POOL)
        assert told_by(talent.experiences[0]) == told
        assert talent.skills[0].experience is talent.experiences[0]


class TestListing:
    @pytest.mark.parametrize("asked", ["q=zoé", "q=rust", "famille=design", "situation=alumni"])
    def test_the_list_is_filtered_as_asked(self, asked: str, staff: ProofreadingClient) -> None:
        make_talent(display_name="Anne Essai")
        make_talent(
            display_name="Zoé Essai",
            skills=[NamedSkill("Rust")],
            families=[make_family("design", "Design")],
            pool_status=PoolStatus.ALUMNI,
        )
        listed = text_of(staff.get(f"/talents?{asked}"), "talents")
        assert "Zoé Essai" in listed
        assert "Anne Essai" not in listed

    def test_nobody_found_is_said_with_a_way_out(self, staff: ProofreadingClient) -> None:
        make_talent()
        assert "Personne ne correspond" in text_of(staff.get("/talents?q=introuvable"))


FILE = """Identifiant;Nom;Fonction;Familles de métiers;Disponible à partir du;Quotité
t-1;=Zoé Essai;Cartographie;Développement|Alchimie;04/01/2027;80 %
t-2;Inès Essai;Droit;Développement;31/02/2027;beaucoup
"""
IMPORT = "/talents/importer"


class TestImport:
    def test_the_good_row_goes_in_and_the_bad_one_is_told_by_line_and_column(
        self, staff: ProofreadingClient
    ) -> None:
        make_family()
        answer = sent(staff, IMPORT, FILE, "profils.csv")
        assert (report_at(answer).created, report_at(answer).rejected) == (1, 1)
        assert (only_talent().external_id, only_talent().source) == ("t-1", "essai")
        findings = text_of(staff.get(answer.location), "findings")
        assert "2 families Avertissement Famille inconnue" in findings
        assert "3 available_from Erreur « 31/02/2027 » n’est pas une date" in findings
        assert "3 share_pct Erreur « beaucoup » n’est pas une part" in findings
        report = staff.get(answer.location + "/rapport.csv")
        assert "3;available_from;Erreur;«" in report.text
        assert "3;share_pct;Erreur;«" in report.text

    def test_a_second_import_changes_nothing(self, staff: ProofreadingClient) -> None:
        make_family()
        sent(staff, IMPORT, FILE, "profils.csv")
        report = report_at(sent(staff, IMPORT, FILE, "profils.csv"))
        assert (report.created, report.updated, report.unchanged) == (0, 0, 1)
        assert only_talent().version_id == 1

    @pytest.mark.parametrize("source", ["", "  "])
    def test_two_files_of_one_name_never_overwrite_each_other_unsaid(
        self, source: str, staff: ProofreadingClient
    ) -> None:
        make_family()
        sent(staff, IMPORT, FILE, "profils.csv", source="Nord")
        answer = sent(staff, IMPORT, FILE.replace("Zoé", "Léa"), "profils.csv", source=source)
        assert complaints(answer) == {"source": "Ce champ est obligatoire."}
        assert only_talent().display_name == "=Zoé Essai"

    def test_a_dry_run_reports_and_stores_nothing(self, staff: ProofreadingClient) -> None:
        make_family()
        answer = sent(staff, IMPORT, FILE, "profils.csv", dry_run="y")
        assert report_at(answer).created == 1
        assert "Rien n’a été enregistré" in text_of(staff.get(answer.location))
        assert db.session.scalars(select(Talent)).all() == []

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("profils.jsonl", FILE, "ne correspond pas au contenu, qui est du CSV"),
            ("profils.xlsx", b"\x89PNG\r\n\x1a\n", "Ce fichier est de type PNG"),
            ("profils.csv", FILE.replace("Identifiant", "Nom"), "figure deux fois"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_refused_beside_it(
        self, name: str, content: str, words: str, staff: ProofreadingClient, count_rows: Callable
    ) -> None:
        before = count_rows()
        answer = sent(staff, IMPORT, content, name)
        assert answer.status_code == 422
        assert words in complaints(answer)["file"]
        assert count_rows() == before

    def test_a_file_is_asked_for(self, staff: ProofreadingClient) -> None:
        answer = staff.post(IMPORT, data=filled(staff.get(IMPORT), source="essai"))
        assert answer.status_code == 422
        assert complaints(answer) == {"file": "Choisissez un fichier."}
        assert filled(answer)["source"] == ["essai"]


class TestExport:
    @pytest.mark.parametrize("format", ["csv", "xlsx", "jsonl"])
    def test_an_export_is_read_back_by_the_import(
        self, format: str, staff: ProofreadingClient
    ) -> None:
        make_family()
        sent(staff, IMPORT, FILE, "profils.csv")
        page = staff.get(f"/talents/{only_talent().id}/modifier")
        form = filled(page, other_skills="Elm (2+)", share_pct="80", wishes="a|b;c")
        staff.post(page.request.path, data=form)
        answer = staff.get(f"/talents/profils.{format}")
        assert f'filename="profils.{format}"' in answer.headers["Content-Disposition"]
        report = report_at(sent(staff, IMPORT, answer.data, f"profils.{format}"))
        warned = [finding.column for finding in report.findings]
        assert report == ImportReport(unchanged=1, findings=report.findings)
        assert sorted(warned) == ["families", "skills"]
        assert only_talent().display_name == "=Zoé Essai"

    def test_another_format_is_not_found(self, staff: ProofreadingClient) -> None:
        assert staff.get("/talents/profils.pdf").status_code == 404
