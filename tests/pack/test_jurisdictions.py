"""What the law on file of each place makes of one sentence: rule, verdict and the provision that must be cited.

The rows are written from the texts at the addresses of the provisions, never from what the linter says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest

from menulint.finding import Finding
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack

TODAY = date(2026, 11, 22)
BEFORE_2023 = date(2020, 6, 1)

FOUND = [
    # Ireland: the regulations of 2007, the consumer act, the advertising code
    ("IE", "Botox from €200, book now.", "POM001", "prohibited", "IE-SI541-9"),
    ("IE", "Botox from €200, book now.", "POM001", "prohibited", "IE-ASA-11-16"),
    ("IE", "Anti-wrinkle injections at our clinic.", "POM002", "prohibited", "IE-SI541-9"),
    ("IE", "Our clinic offers exosome injections.", "RTE001", "prohibited", "IE-SI541-6"),
    ("IE", "Our HPRA approved exosome facial.", "APR001", "prohibited", "IE-CPA-55-1-D"),
    ("IE", "Our exosome injections are fully legal.", "APR002", "prohibited", "IE-CPA-55-1-F"),
    ("IE", "Our facial: see the before and after photos.", "TST003", "needs-evidence", "EU-CLM-4A"),
    # France
    ("FR", "Our Botox starts at €199.", "POM001", "prohibited", "FR-CSP-POM"),
    ("FR", "Book our fat dissolving injections.", "RTE009", "prohibited", "FR-ANSM-LIPO"),
    ("FR", "Our vampire lift (PRP) is fully legal.", "APR002", "prohibited", "FR-ANSM-PRP"),
    ("FR", "Our exosome serum is ANSM approved.", "APR001", "prohibited", "FR-CONSO-L121-4-4"),
    ("FR", "Our clinic offers exosome injections.", "RTE001", "prohibited", "EU-COS-2-2"),
    # Germany: the act on advertising of remedies, and two rulings on comparisons of before and after
    ("DE", "Botox from €149.", "POM001", "prohibited", "DE-HWG-10-1"),
    ("DE", "Our nose filler, before and after photos.", "TST003", "prohibited", "DE-BGH-HYAL"),
    ("DE", "Our lip filler, before and after photos.", "TST003", "prohibited", "DE-OLG-HAMM-LIPS"),
    ("DE", "Our breast augmentation, before and after photos.", "TST003", "prohibited", "DE-HWG-11-3-1"),
    ("DE", "Our facial: see the before and after photos.", "TST003", "needs-evidence", "DE-HWG-3-1"),
    ("DE", "Our filler treatment has no side effects.", "SAF002", "prohibited", "DE-HWG-3-2B"),
    ("DE", "Results guaranteed with our dermal filler.", "EFF008", "prohibited", "DE-HWG-3-2A"),
    ("DE", "Bring a friend and get a free lip filler.", "PRS002", "prohibited", "DE-HWG-7-1"),
    ("DE", "Our clinic offers exosome injections.", "RTE001", "prohibited", "DE-HWG-3A"),
    ("DE", "Dermatologists recommend our exosome serum.", "TST005", "prohibited", "DE-HWG-11-1-2"),
    # Italy
    ("IT", "20% off lip filler at our clinic.", "PRS002", "prohibited", "IT-L145-525"),
    ("IT", "Win a lip filler: enter our giveaway.", "PRS003", "prohibited", "IT-L145-525"),
    ("IT", "Botox from €149.", "POM001", "prohibited", "EU-MED-88-1"),
    # parts of the United Kingdom
    ("GB-ENG", "Lip filler for 16 year olds with parental consent.", "PRS005", "prohibited", "UK-CAP-12-25"),
    ("GB-ENG", "Our clinic offers exosome injections.", "RTE001", "prohibited", "UK-HMR-279"),
    ("GB-ENG", "Botox from £150.", "POM001", "prohibited", "UK-HMR-284"),
    ("GB-SCT", "Lip filler for 16 year olds with parental consent.", "PRS005", "prohibited", "UK-CAP-12-25"),
    ("GB-SCT", "Our clinic offers exosome injections.", "RTE001", "prohibited", "UK-HMR-279"),
    ("GB-SCT", "Botox from £150.", "POM001", "prohibited", "UK-HMR-284"),
    # Canada: a prescription drug may be named and priced, not praised
    ("CA", "Our Botox smooths frown lines in three days.", "POM001", "prohibited", "CA-FDR-C-01-044"),
    ("CA", "Our serum cures arthritis.", "MED007", "prohibited", "CA-FDA-3-1"),
    ("CA", "Our exosome microneedling, from $400.", "RTE003", "prohibited", "CA-EOHU-EXOSOME"),
    ("CA", "We inject SVF from your own fat.", "SRC002", "prohibited", "CA-HC-ACT-POLICY"),
    ("CA", "Win Botox in our giveaway.", "PRS003", "prohibited", "CA-FDR-C-01-044"),
    ("CA", "Our placental exosome serum.", "SRC005", "needs-evidence", "CA-HC-EXOSOME-FINAL-2026"),
    ("CA", "Our serum is clinically proven.", "EVD001", "needs-evidence", "CA-COMPETITION-74-01-1-b"),
    # Australia: neither names nor hints
    ("AU", "Botox from $9 a unit.", "POM001", "prohibited", "AU-TGA-42DL-10"),
    ("AU", "Anti-wrinkle injections from $99.", "POM002", "prohibited", "AU-TGA-INJECTABLES-2024"),
    ("AU", "Our dermal filler package.", "POM003", "prohibited", "AU-TGA-INJECTABLES-2024"),
    ("AU", "Skinny jab, order online.", "POM002", "prohibited", "AU-TGA-OZEMPIC"),
    ("AU", "Our clinic offers exosome injections.", "RTE001", "prohibited", "AU-TGA-42DL-12"),
    ("AU", "We inject SVF from your own fat.", "SRC002", "prohibited", "AU-TGA-AUTOLOGOUS-EXCL"),
    ("AU", "What our clients say: I look years younger.", "TST001", "prohibited", "AU-NL-133"),
    ("AU", "Our serum is clinically proven.", "EVD001", "needs-evidence", "AU-TGAC-2021"),
    # New Zealand: a medicine may be named, an unapproved one not offered
    ("NZ", "Our serum cures arthritis.", "MED007", "prohibited", "NZ-MA-58"),
    ("NZ", "New: salmon DNA injections.", "RTE008", "prohibited", "NZ-MEDSAFE-UNAPPROVED"),
    ("NZ", "Our exosomes reverse ageing.", "EFF001", "needs-evidence", "NZ-FTA-12A"),
    ("NZ", "Our serum is clinically proven.", "EVD001", "needs-evidence", "NZ-ASA-THAC-2026"),
    # South Korea: the bare word is barred, the named plant or milk is not, and needles never go with a cosmetic
    ("KR", "Our exosome serum, 30 ml.", "SRC006", "prohibited", "KR-MFDS-GUIDE-2025-EXO"),
    ("KR", "Microneedling with our plant exosome ampoule.", "RTE003", "prohibited", "KR-MFDS-GUIDE-2025-NEEDLE"),
    ("KR", "Our clinic offers exosome injections.", "RTE001", "prohibited", "KR-CA-2"),
    ("KR", "Our cream regenerates skin cells.", "EFF002", "prohibited", "KR-CA-13"),
    ("KR", "Our ampoule penetrates to the dermis.", "RTE011", "prohibited", "KR-CA-2"),
    ("KR", "Our clinic is the best.", "CMP001", "needs-evidence", "KR-MSA-56-2-4"),
    # United States: what letters and warnings name
    (
        "US",
        "Our umbilical exosome serum reduces inflammation.",
        "MED004",
        "needs-evidence",
        "US-FDA-UL-REGENERELLE-2023",
    ),
    ("US", "Clinically proven compounded semaglutide.", "EVD001", "needs-evidence", "US-FDA-GLP1-2025-TERMS"),
    # Spain: medicines are neither cosmetics nor sold by their authorisation
    ("ES", "Our Botox is FDA approved.", "APR004", "prohibited", "ES-RD1416-6-1-L"),
    # states: stem cells, on top of federal law
    ("US-CA", "Our stem cell therapy for arthritis.", "SRC004", "needs-evidence", "US-CA-BPC-684"),
    ("US-CA", "Our clinic offers exosome injections.", "RTE001", "prohibited", "US-FDA-EXOSOME-PSN-2019"),
    ("US-FL", "Our stem cell injection for younger skin.", "SRC004", "prohibited", "US-FL-458-3245"),
    ("US-FL", "Our stem cell therapy for knees.", "SRC004", "needs-evidence", "US-FL-458-3245"),
    ("US-TX", "We inject SVF from your own fat.", "SRC002", "prohibited", "US-TX-HSC-1003-002"),
    ("US-TX", "Our stem cell injection for your skin.", "SRC004", "prohibited", "US-TX-HSC-1003-002"),
    ("US-UT", "Our placenta stem cell injection.", "SRC005", "needs-evidence", "US-UT-58-1-512"),
    ("US-FL", "Our stem cell injections for knees.", "DSC002", "needs-evidence", "US-FL-458-3245"),
    ("US-UT", "Umbilical cord stem cell infusions at our clinic.", "DSC002", "needs-evidence", "US-UT-58-1-512"),
    ("US-UT", "Our clinic offers exosome injections.", "RTE001", "prohibited", "US-FDA-EXOSOME-PSN-2019"),
    # Singapore: prescription medicines, before and after, praise and rewards barred; the rest must be shown
    ("SG", "Botox, S$12 a unit.", "POM001", "prohibited", "SG-HP-ADV-TP-2016-7"),
    ("SG", "Our facial: see the before and after photos.", "TST003", "prohibited", "SG-HCSAR-2021-5"),
    ("SG", "The best clinic for skin.", "CMP001", "prohibited", "SG-HCSAR-2021-5"),
    ("SG", "20% off lip filler at our clinic.", "PRS002", "prohibited", "SG-HCSAR-2021-15"),
    ("SG", "What our clients say: I look years younger.", "TST001", "needs-evidence", "SG-HCSAR-2021-14"),
    ("SG", "Our clinic offers exosome injections.", "RTE001", "prohibited", "ASEAN-ACD-2"),
    ("SG", "New: salmon DNA injections.", "RTE008", "needs-evidence", "SG-HSA-INJECTABLES"),
    ("SG", "Our serum is clinically proven.", "EVD001", "needs-evidence", "SG-CPFTA-4"),
    # India: injected cosmetics, listed conditions, advertising that misleads
    ("IN", "Our clinic offers exosome injections.", "RTE001", "prohibited", "IN-CDSCO-2026"),
    ("IN", "Our serum cures diabetes.", "MED007", "prohibited", "IN-DMRA-3"),
    ("IN", "Our serum is clinically proven.", "EVD001", "needs-evidence", "IN-CCPA-2022-SUBST"),
    ("IN", "Botox from ₹9,000.", "POM001", "prohibited", "IN-DR-SCHEDULES"),
    # Japan: a closed list of effects, no stories of patients, no unapproved products
    ("JP", "Our cream regenerates skin cells.", "EFF002", "prohibited", "JP-COSMETIC-56"),
    ("JP", "What our clients say: I look years younger.", "TST001", "prohibited", "JP-MCA-AD-GUIDELINE"),
    ("JP", "Our clinic offers exosome injections.", "RTE001", "needs-evidence", "JP-PMDA-68"),
    ("JP", "Dermatologists recommend our exosome serum.", "TST005", "prohibited", "JP-PMDA-66"),
    # United Arab Emirates: leave before anything is advertised, and no superlatives or hurry
    ("AE", "Botox from AED 900.", "POM001", "needs-evidence", "AE-HEALTH-AD-2007-3"),
    ("AE", "The best clinic for skin.", "CMP001", "prohibited", "AE-HEALTH-AD-2007-TERMS"),
    ("AE", "Results guaranteed with our dermal filler.", "EFF008", "prohibited", "AE-HEALTH-AD-2007-TERMS"),
    ("AE", "Our FDA approved exosome facial.", "APR001", "needs-evidence", "AE-MOHAP-FDA-CLAIM"),
    # Belgium: aesthetic medicine is not advertised; the rest is Union law
    ("BE", "20% off lip filler at our clinic.", "PRS002", "prohibited", "BE-AESTH-AD"),
    ("BE", "Botox from €149.", "POM001", "prohibited", "EU-MED-88-1"),
    # Malaysia: no scheduled medicine to the public, leave before a clinic advertises, nothing on hair
    ("MY", "Botox from RM 900.", "POM001", "prohibited", "MY-MAB-POISONS"),
    ("MY", "Our serum regrows hair.", "MED009", "prohibited", "MY-MAB-HAIR"),
    ("MY", "New: salmon DNA injections.", "RTE008", "needs-evidence", "MY-MASA-4A"),
    # South Africa: a medicine of the higher schedules may be named and priced, with no word on its use
    ("ZA", "Our Botox smooths frown lines in three days.", "POM001", "prohibited", "ZA-MEDREG-42"),
    ("ZA", "Our serum is clinically proven.", "EVD001", "needs-evidence", "ZA-CPA-41"),
    ("ZA", "Our cream heals eczema.", "MED007", "prohibited", "ZA-ARB-APP-B"),
    # Mexico: nothing therapeutic of a beauty product
    ("MX", "Nuestra crema cura el acné.", "MED007", "prohibited", "MX-LGS-270"),
    ("MX", "Bótox desde $2,500.", "POM001", "needs-evidence", "MX-LGS-301"),
    # Argentina: no medicine on prescription to the public, nothing backed by the authority
    ("AR", "Bótox desde $90.000.", "POM001", "prohibited", "AR-L16463-19"),
    ("AR", "Nuestro sérum de exosomas está aprobado por ANMAT.", "APR001", "prohibited", "AR-ANMAT-4059-BARRED"),
    # Taiwan: no medical efficacy of a cosmetic, human material only with leave, no promise of rejuvenation
    ("TW", "Our cream heals eczema.", "MED007", "prohibited", "TW-CHSA-10"),
    ("TW", "Our human exosome serum.", "SRC001", "needs-evidence", "TW-EXOSOME-2024"),
    ("TW", "Botox from NT$9,000.", "POM001", "prohibited", "TW-PAA-65"),
    ("TW", "Our facial rejuvenates your skin.", "EFF003", "prohibited", "TW-MCA-86"),
]

SILENT = [
    ("CA", "Botox, $12 per unit.", "POM001", "a name and a price"),
    ("ZA", "Botox, R80 per unit.", "POM001", "a name and a price"),
    ("NZ", "Botox, $12 per unit.", "POM001", "prescription medicines may be named"),
    ("NZ", "Anti-wrinkle injections from $99.", "POM002", "prescription medicines may be named"),
    ("US-CA", "Botox, $12 per unit.", "POM001", "prescription medicines may be named"),
    ("US-FL", "Botox, $12 per unit.", "POM001", "prescription medicines may be named"),
    ("US-TX", "Botox, $12 per unit.", "POM001", "prescription medicines may be named"),
    ("US-UT", "Botox, $12 per unit.", "POM001", "prescription medicines may be named"),
    (
        "US-FL",
        "Our stem cell injections for knees. This therapy is not yet approved by the FDA.",
        "DSC002",
        "the notice is there",
    ),
    ("US-UT", "Our stem cell injections for knees.", "DSC002", "the statute is on placental cells"),
    ("US-CA", "Our stem cell injections for knees.", "DSC002", "its notice is put up at the clinic"),
    ("AU", "Book a consultation about lines and wrinkles.", "POM002", "no product, no nickname"),
    ("IE", "Dermal fillers from €250.", "POM003", "a filler is no prescription medicine"),
    ("KR", "Our plant exosome serum, 30 ml.", "SRC006", "the plant is named"),
    ("KR", "Our milk exosome serum, 30 ml.", "SRC006", "milk is named"),
    ("KR", "Plant exosome facial, ₩100,000.", "RTE012", "the plant is named"),
    ("IT", "Our exosome serum, 30 ml.", "SRC006", "only one country asks for that"),
    ("FR", "Our salmon exosome serum.", "SRC001", "a ban on animal exosomes was not found"),
    ("KR", "Botox, 50,000 won.", "POM001", "no law on that is on file"),
]

DATED = [
    ("AU", "Anti-wrinkle injections from $99.", "POM002", date(2023, 12, 17), None),
    ("AU", "Anti-wrinkle injections from $99.", "POM002", date(2023, 12, 18), "AU-TGA-SUBSTITUTE-TERMS"),
    ("AU", "Anti-wrinkle injections from $99.", "POM002", date(2024, 3, 7), "AU-TGA-INJECTABLES-2024"),
    ("AU", "Our dermal filler package.", "POM003", BEFORE_2023, None),
    ("AU", "Botox from $9 a unit.", "POM001", BEFORE_2023, "AU-TGA-42DL-10"),
    ("DE", "Our nose filler, before and after photos.", "TST003", date(2024, 6, 1), "DE-HWG-3-1"),
    ("DE", "Our nose filler, before and after photos.", "TST003", date(2025, 7, 31), "DE-BGH-HYAL"),
    ("CA", "Our human exosome serum.", "SRC001", date(2025, 10, 1), "CA-HC-EXOSOME-NOTICE-2025"),
    ("CA", "Our human exosome serum.", "SRC001", date(2026, 6, 1), "CA-HC-EXOSOME-FINAL-2026"),
    ("NZ", "Our serum is clinically proven.", "EVD001", date(2020, 1, 1), "NZ-ASA-THAC-2016"),
    ("IT", "20% off lip filler at our clinic.", "PRS002", date(2023, 6, 14), "IT-L145-525"),
    ("US-FL", "Our stem cell injection for younger skin.", "SRC004", date(2025, 7, 1), "US-FL-458-3245"),
]


LinterFor = Callable[[str, date], Linter]


@pytest.fixture(scope="module")
def linter_for() -> LinterFor:
    """The linter with the pack we ship, told to judge by one place on one day."""
    pack = load_pack()

    @lru_cache(maxsize=1)
    def made(code: str, as_of: date) -> Linter:
        return Linter(pack, Options(jurisdiction=(code,), as_of=as_of, genre="promotional"))

    return made


def findings(linter: Linter, text: str, rule: str) -> list[Finding]:
    """What one rule finds in a sentence of a seller."""
    return [f for f in linter.check_bytes("menu.md", text.encode()).findings if f.rule == rule]


@pytest.mark.parametrize(("code", "text", "rule", "verdict", "provision"), FOUND)
def test_the_law_of_a_place_speaks(
    linter_for: LinterFor, code: str, text: str, rule: str, verdict: str, provision: str
) -> None:
    """The rule fires with the verdict of that place, and the provision is cited."""
    found = findings(linter_for(code, TODAY), text, rule)
    assert [f.verdict for f in found][:1] == [verdict]
    assert provision in found[0].jurisdictions[0].provisions


@pytest.mark.parametrize(("code", "text", "rule", "why"), SILENT)
def test_the_law_of_a_place_is_silent(linter_for: LinterFor, code: str, text: str, rule: str, why: str) -> None:
    """What another place forbids passes here."""
    assert findings(linter_for(code, TODAY), text, rule) == [], why


@pytest.mark.parametrize(("code", "text", "rule", "on", "provision"), DATED)
def test_the_law_of_the_day_speaks(
    linter_for: LinterFor, code: str, text: str, rule: str, on: date, provision: str | None
) -> None:
    """Wording is judged by what was in force when it stood there."""
    found = findings(linter_for(code, on), text, rule)
    cited = found[0].jurisdictions[0].provisions if found else ()
    assert (provision in cited) if provision else not found


@pytest.mark.parametrize(
    ("code", "text", "rule"),
    [("CA", "Our human exosome serum.", "SRC001"), ("KR", "Our exosome serum, 30 ml.", "SRC006")],
)
def test_what_one_private_source_says_is_never_an_error(linter_for: LinterFor, code: str, text: str, rule: str) -> None:
    """Low confidence caps severity."""
    (found,) = findings(linter_for(code, TODAY), text, rule)
    assert (found.confidence, found.severity) == ("low", "warning")
