"""Places, wishes and statuses in rankings: what is read, what is shown, and what stays hidden."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches import letters, services
from talentpool.matches.compare import rows_of, side_by_side, suggestion_of
from talentpool.matches.facts import posting_of, profile_of
from talentpool.matches.models import MatchResult, MatchRun
from talentpool.matches.presenting import answer_words, shown
from talentpool.matches.queries import keys_by_talent
from talentpool.matches.settings import DEFAULT, Setting
from talentpool.matches.wording import fact, why_sentences
from talentpool.needs.models import NeedSeat
from talentpool.needs.services import add_seat
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import EmploymentStatus, Talent
from talentpool.talents.values import LanguageLevel, PeriodKind, Spoken, Stretch, Studied
from tests.factories.needs import make_need, make_seat, make_seat_content
from tests.factories.placements import make_contract
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent
from tests.reading import text_of

TODAY = date(2026, 11, 24)
NBSP = "\N{NO-BREAK SPACE}"


def make_asking_seat(**changes: object) -> NeedSeat:
    need = make_need(themes=["Forêts"], town="Lyon", seats=0)
    seat = add_seat(need, make_seat_content(remote_days=2, **changes), by=None)
    db.session.commit()
    return seat


def ranked(seat: NeedSeat, setting: Setting = DEFAULT) -> MatchRun:
    run = services.rank_talents(seat, by=None, as_of=TODAY, setting=setting)
    db.session.commit()
    return run


def result_of(run: MatchRun, talent: Talent) -> MatchResult:
    key = keys_by_talent({talent.id})[talent.id]
    return next(result for result in run.results if result.person_key == key)


def answers(result: MatchResult) -> dict[str, str]:
    return {one["name"]: one["answer"] for one in result.explanation["criteria"]}


@pytest.mark.usefixtures("each_database")
class TestFacts:
    def test_a_profile_gives_its_town_its_days_its_status_and_its_wishes(self) -> None:
        talent = make_talent(
            town="Brest",
            remote_days=3,
            employment_status=EmploymentStatus.FREELANCE,
            wishes=["mer", "santé"],
        )
        profile = profile_of(talent, "k")
        assert (profile.town, profile.remote_days) == ("Brest", 3)
        assert (profile.statuses, profile.wishes) == (("freelance",), ("mer", "santé"))
        assert not profile.is_status_proven

    def test_a_seat_without_a_town_of_its_own_asks_its_need_s(self) -> None:
        assert posting_of(make_asking_seat(), TODAY).town == "Lyon"
        assert posting_of(make_asking_seat(town="Caen"), TODAY).town == "Caen"
        assert posting_of(make_asking_seat(), TODAY).remote_days == 2


@pytest.mark.usefixtures("each_database")
class TestRuns:
    def test_what_is_known_counts_and_what_is_not_is_a_range(self) -> None:
        near = make_talent(town="Lyon", wishes=["forêts"])
        far = make_talent(town="Brest", remote_days=0)
        silent = make_talent()
        run = ranked(make_asking_seat())
        met, missed, unknown = (result_of(run, one) for one in (near, far, silent))
        assert (met.rank, unknown.rank, missed.rank) == (1, 2, 3)
        assert not missed.is_apart
        assert met.score - unknown.score == pytest.approx(0.04)
        assert unknown.score - missed.score == pytest.approx(0.02)
        assert answers(unknown)["place"] == answers(unknown)["wishes"] == "unknown"
        row = shown(unknown, silent, None, {})
        assert row.is_uncertain
        assert (row.low, row.high) == (row.score - 4, row.score + 4)
        row = shown(met, near, None, {})
        assert (row.low, row.high) == (row.score, row.score)
        assert [part.points for part in row.gains] == [Decimal("2.0")] * 2
        assert sum(part.points for part in row.every_part) == row.score
        assert services.replay(run).is_identical

    def test_an_explanation_stored_before_ranges_existed_still_opens(self) -> None:
        talent = make_talent()
        result = result_of(ranked(make_seat()), talent)
        said = dict(result.explanation)
        del said["low"], said["high"]
        said["criteria"] = [
            {name: one[name] for name in ("name", "answer", "asked", "held")}
            for one in said["criteria"]
        ]
        result.explanation = said
        db.session.commit()
        row, read = shown(result, talent, None, {}), suggestion_of(result)
        assert (row.is_uncertain, row.low) == (False, row.score)
        assert (read.low, read.high) == (read.score, read.score)
        assert [(one.low, one.high) for one in read.criteria] == [(1.0, 1.0)] * 3

    def test_a_place_made_hard_lists_apart_who_is_too_far_and_nobody_unknown(self) -> None:
        far, silent = make_talent(town="Brest", remote_days=0), make_talent()
        run = ranked(make_asking_seat(), Setting({}, {"place": "hard", "wishes": "off"}))
        assert result_of(run, far).misses == "place"
        assert not result_of(run, silent).is_apart

    def test_wished_skills_are_called_partly_mentioned(self) -> None:
        talent = make_talent(skills=[NamedSkill("Rust", make_skill("Rust"), 4)])
        seat = make_seat(
            nice=[NamedSkill(one, make_skill(one), 2) for one in ("Rust", "Cobol")], must=[]
        )
        result = result_of(ranked(seat, Setting({}, {"wished_skills": "soft"})), talent)
        criterion = result.explanation["criteria"][-1]
        assert (criterion["name"], criterion["low"], criterion["high"]) == ("wished_skills", 0.5, 1)
        assert answer_words(criterion)[0] == "mentionnées en partie"

    def test_a_comparison_names_what_criteria_added(self) -> None:
        near, far = make_talent(town="Lyon"), make_talent(town="Brest", remote_days=0)
        run = ranked(make_asking_seat())
        rows = rows_of(run, keys_by_talent({near.id, far.id}).values(), {})
        found = side_by_side(run, rows, {})
        [line] = [line for line in found.reasons if line.kind == "criterion"]
        assert line.points == (Decimal("2.0"), Decimal("-2.0"))
        totals = [sum(line.points[side] for line in found.reasons) for side in (0, 1)]
        if found.rest is None:
            assert totals == [row.score for row in rows]
        [why] = found.whys
        assert why.amount == sum(one.amount for one in why.differences) + why.remainder
        said = " ".join(why_sentences(why))
        assert "2,0 points contre −2,0, soit 4,0 de plus" in said
        assert "Sans effet sur l’ordre, critère « lieu" not in said
        assert "Lyon" not in said
        assert "Brest" not in said


@pytest.mark.usefixtures("app")
class TestWords:
    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("place", "Lyon, 3", "Lyon, 3 jours de télétravail par semaine"),
            ("place", "Lyon", "Lyon"),
            ("place", "1", "1 jour de télétravail par semaine"),
            ("place", "0", "sans télétravail"),
            ("place", "•, 2", "ville masquée, 2 jours de télétravail par semaine"),
            ("place", None, "non dit"),
            ("status", "freelance, gone", "Indépendant, gone"),
            ("seniority", "1", "1 an"),
            ("wishes", "mer, santé", "mer, santé"),
        ],
    )
    def test_facts_are_written_in_words(
        self, app: object, name: str, value: str | None, words: str
    ) -> None:
        with app.test_request_context():
            assert fact(name, value).replace(NBSP, " ") == words


class TestPages:
    def test_the_town_is_hidden_until_the_name_is_read(self, client_as: Callable) -> None:
        talent = make_talent(town="Landerneau", remote_days=1, text="Python.")
        seat = make_asking_seat()
        run = ranked(seat)
        browser = client_as(Role.AGENCY_STAFF)
        key = keys_by_talent({talent.id})[talent.id]
        one, other = f"/classements/{run.id}/{key}", f"/postes/{seat.id}"
        for address in (one, other):
            page = browser.get(address)
            assert "Landerneau" not in page.text
            assert "selon ce qui reste inconnu" in text_of(page)
        assert "ville masquée, 1 jour de télétravail" in text_of(browser.get(one)).replace(
            NBSP, " "
        )
        services.decide(
            seat,
            talent,
            verdict=services.Verdict.SHORTLISTED,
            reason=services.ReasonCode.SKILLS_FIT,
            note="",
            seen=None,
            run=run,
            by=None,
        )
        db.session.commit()
        assert "Landerneau" in text_of(browser.get(one))

    def test_the_letter_names_each_criterion_and_the_range(self, app: object) -> None:
        talent = make_talent(town="Lyon", employment_status=EmploymentStatus.PRIVATE)
        seat = make_asking_seat()
        key = result_of(ranked(seat), talent).person_key
        case = letters.case_of(seat, key)
        with app.test_request_context():
            told = letters.preview(case, dated_on=TODAY, is_named=True)
            blind = letters.preview(case, dated_on=TODAY, is_named=False)
        words = str(told.blocks)
        assert "Lieu ou télétravail (critère)" in words
        assert "+2,0" in words
        assert "Selon ce qui reste inconnu" in words
        assert "Salarié du privé" in words
        assert str(blind.blocks).count("ville masquée") == 2
        [score] = [block for block in told.blocks if block.title.startswith("Votre score")]
        *parts, total = [row[3].replace(",", ".").replace("−", "-") for row in score.rows]
        assert sum(map(Decimal, parts)) == Decimal(total)


@pytest.mark.usefixtures("each_database")
class TestFullProfiles:
    def test_towns_languages_years_and_clearances_are_read_and_studies_are_not(self) -> None:
        talent = make_talent(
            other_towns=["Metz"],
            languages=[Spoken("en", LanguageLevel.B2), Spoken("br")],
            seniority_years=7,
            clearances=["very_secret"],
            education=[Studied("Doctorat", "Université secrète", 2012)],
        )
        profile = profile_of(talent, "k")
        assert profile.other_towns == ("Metz",)
        assert [(one.code, one.level) for one in profile.languages] == [("en", "B2"), ("br", None)]
        assert profile.seniority_years == 7
        # Whoever may read what is very secret may read what is secret.
        assert profile.clearances == ("very_secret", "secret")
        assert "secrète" not in repr(profile)

    def test_periods_and_absences_give_the_time_claimed_for_the_seat_s_days(self) -> None:
        free, away = PeriodKind.FREE, PeriodKind.AWAY
        early = make_talent(
            periods=[
                Stretch(free, date(2026, 1, 1), date(2027, 2, 28), 40),
                Stretch(free, date(2027, 3, 1), None, 80),
            ]
        )
        gone = make_talent(
            periods=[
                Stretch(free, date(2026, 1, 1), None, 100),
                Stretch(away, date(2027, 3, 1), date(2027, 6, 30)),
            ]
        )
        run = ranked(make_seat(share_pct=80))
        read = {one: result_of(run, one).snapshot.profile for one in (early, gone)}
        times = {
            one: (said["available_from"], said["share_pct"], said["is_time_proven"])
            for one, said in read.items()
        }
        assert times[early][1:] == (40, False)
        assert times[gone] == ("2027-07-01", 100, False)
        assert answers(result_of(run, early))["share"] == "no"
        assert answers(result_of(run, gone))["dates"] == "no"

    def test_contracts_stand_before_periods(self) -> None:
        talent = make_talent(
            periods=[Stretch(PeriodKind.FREE, date(2026, 1, 1), date(2026, 12, 31), 50)]
        )
        make_contract(talent)
        read = result_of(ranked(make_seat()), talent).snapshot.profile
        assert read["is_time_proven"]

    def test_what_a_profile_says_is_worded_for_people(self) -> None:
        assert fact("clearance", "very_secret, secret") == "Très secret, Secret"
        assert fact("languages", "en B2, br") == "anglais (B2), breton"
        assert fact("seniority", "7") == "7 ans"
