"""The two documents without which nothing starts, as accessible PDFs (PDF/UA-1)."""

from talentpool.placements.letters.agreement import Agreement, AgreementLine, agreement_pdf
from talentpool.placements.letters.mission import MissionLetter, mission_letter_pdf

__all__ = ["Agreement", "AgreementLine", "MissionLetter", "agreement_pdf", "mission_letter_pdf"]
