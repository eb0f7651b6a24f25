"""Spanish copy: sentences of a clinic and of others, in pairs that share their words and differ in what is claimed."""

from __future__ import annotations

import pytest

from menulint.linter import Linter, Options
from menulint.pack.inflect import Inflection, read_inflection
from menulint.pack.load import load_pack, read_pack_files
from menulint.pack.matcher import Matcher
from menulint.pack.nodes import parse
from menulint.text.folding import fold

CLAIMS = [
    # what it does
    ("Nuestro sérum regenera la piel desde la primera noche.", "EFF"),
    ("Los exosomas vegetales de nuestro centro van regenerando tus tejidos.", "EFF"),
    ("Rejuvenecimiento facial con láser en nuestra clínica.", "EFF"),
    ("Revierte el envejecimiento de tus manos.", "EFF"),
    ("Quítate diez años de encima.", "EFF"),
    ("Di adiós a las patas de gallo.", "EFF"),
    ("Elimínalas para siempre: tus manchas no vuelven a salir.", "EFF"),
    ("Resultados garantizados en todas las pacientes.", "EFF"),
    ("Notará los resultados al instante.", "EFF"),
    ("No solo rejuvenece: también devuelve la juventud a tu piel.", "EFF"),
    ("Nuestra crema estimula la producción de colágeno.", "MED"),
    ("Nuestra crema está estimulando vuestro colágeno mientras dormís.", "MED"),
    ("Este sérum podría estimular tu colágeno; pide cita.", "MED"),
    ("Nuestro sérum despierta las células de tu piel.", "MED"),
    ("Repara los tejidos dañados de tu rostro.", "MED"),
    ("Tratamos la psoriasis con nuestra luz.", "MED"),
    ("Cura la alopecia sin medicación.", "MED"),
    ("Pierde peso sin pasar hambre con nuestro programa.", "MED"),
    ("Nuestro suero elimina las toxinas de tu organismo.", "MED"),
    ("Frena la caída del cabello en pocas sesiones.", "MED"),
    # how it gets in, and where it comes from
    ("Inyectamos exosomas en el rostro.", "RTE"),
    ("Exosomas: vamos inyectándolos con una aguja fina.", "RTE"),
    ("Dermapen con exosomas, 190 € por sesión.", "RTE"),
    ("Exosomas por vía intravenosa en nuestro centro.", "RTE"),
    ("Polinucleótidos en microinyecciones para tu mirada.", "RTE"),
    ("Lipolíticos en la papada, 120 €.", "RTE"),
    ("Mesoterapia con un cóctel de vitaminas y péptidos.", "RTE"),
    ("Exosomas de cordón umbilical en nuestra clínica.", "SRC"),
    ("Nuestros exosomas son de origen humano.", "SRC"),
    ("Sérum con ADN de salmón, 45 €.", "SRC"),
    ("Crema con extracto placentario.", "SRC"),
    # medicines and what is said instead
    ("Bótox en tres zonas desde 299 €.", "POM"),
    ("Toxina botulínica: pide tu cita.", "POM"),
    ("Neuromoduladores para el entrecejo, 180 €.", "POM"),
    ("Tratamiento de arrugas de expresión: 200 € por zona.", "POM"),
    ("Ya tenemos Ozempic en nuestra clínica.", "POM"),
    ("El pinchazo para adelgazar, en nuestra clínica.", "POM"),
    # safety
    ("Nuestro peeling es totalmente seguro.", "SAF"),
    ("Rellenos sin efectos secundarios.", "SAF"),
    ("Un tratamiento sin dolor y sin tiempo de baja.", "SAF"),
    ("Hilos tensores sin riesgos.", "SAF"),
    ("La técnica es segura y eficaz.", "SAF"),
    # proof, approval, superiority
    ("Un sérum clínicamente probado.", "EVD"),
    ("Los estudios demuestran que funciona.", "EVD"),
    ("El 97 % de las pacientes nota su piel más firme.", "EVD"),
    ("Avalado por la ciencia.", "EVD"),
    ("Nuestros exosomas están autorizados por la AEMPS.", "APR"),
    ("Tratamiento aprobado por la FDA.", "APR"),
    ("En nuestro centro los exosomas son totalmente legales.", "APR"),
    ("La mejor clínica de la ciudad para tus labios.", "CMP"),
    ("Una técnica revolucionaria contra la flacidez.", "CMP"),
    ("La alternativa a la cirugía que esperabas.", "CMP"),
    # pressure, testimonials
    ("Relleno de labios con un 20 % de descuento hasta el 31 de mayo.", "PRS"),
    ("2x1 en hilos tensores, plazas limitadas.", "PRS"),
    ("Sorteamos un tratamiento de mesoterapia entre quienes nos sigan.", "PRS"),
    ("«Mi piel ha mejorado muchísimo», cuenta una clienta de nuestro centro.", "TST"),
    ("Mira el antes y después de nuestras pacientes.", "TST"),
    ("El secreto de las famosas, ahora en nuestra clínica.", "TST"),
]

NO_CLAIMS = [
    # the same things denied, refused or warned of
    "Nuestro sérum no regenera la piel.",
    "No inyectamos exosomas.",
    "En nuestra clínica no ofrecemos exosomas inyectados.",
    "No podemos garantizar resultados.",
    "Los resultados no son permanentes.",
    "Ningún tratamiento está libre de riesgos.",
    "Nuestro peeling no es indoloro.",
    "No existe ninguna crema que cure la alopecia.",
    "No está clínicamente probado.",
    "Los exosomas no están autorizados por la AEMPS para inyectarse.",
    "Está prohibido inyectar exosomas.",
    "La AEMPS advierte del riesgo de inyectar exosomas.",
    "Cuidado con las clínicas que ofrecen exosomas inyectados.",
    "Si padece psoriasis, avise antes de la sesión.",
    "Nunca prometemos quitarte diez años.",
    # asked, reported, researched
    "¿La crema regenera la piel?",
    "¿Es seguro inyectar exosomas?",
    "Según la AEMPS, los exosomas inyectados carecen de autorización.",
    "La OCU denuncia que un centro anunciaba exosomas inyectados.",
    "Se investiga si los exosomas regeneran la piel.",
    # what copy may say
    "Mejora el aspecto de las arrugas.",
    "Suaviza la apariencia de las líneas finas.",
    "Hidrata la piel y deja un aspecto más fresco.",
    "Una técnica mínimamente invasiva.",
    "Puede aparecer un pequeño hematoma.",
    "La rojez desaparece en dos días.",
    "Te ayudamos a elegir el mejor tratamiento para ti.",
    "Primera consulta gratuita en nuestra clínica.",
    # other senses of the same words
    "Bótox capilar para el pelo seco.",
    "Una inyección de capital para la empresa.",
    "Renueva tu bono de sesiones.",
    "Pago seguro con tarjeta.",
    "Cuidados antes y después del tratamiento.",
    "Centro autorizado por la Consejería de Sanidad.",
    "Cumplimos la normativa de protección de datos.",
    "La regeneración urbana del barrio.",
    "Invertimos años en formación.",
    "Un cóctel de bienvenida en la terraza.",
]


@pytest.fixture(scope="module")
def linter() -> Linter:
    """The pack we ship, judged in Spain."""
    return Linter(load_pack(cached=False), Options(jurisdiction=("ES",)))


def _letters(linter: Linter, text: str) -> set[str]:
    """The categories of what is found at warning or above."""
    findings = linter.check_bytes("texto.txt", text.encode()).findings
    return {finding.rule.rstrip("0123456789") for finding in findings if finding.severity != "info"}


@pytest.mark.parametrize(("text", "letters"), CLAIMS, ids=[text for text, _ in CLAIMS])
def test_claim(linter: Linter, text: str, letters: str) -> None:
    """A clinic's claim is found under its category."""
    assert letters in _letters(linter, text)


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_no_claim(linter: Linter, text: str) -> None:
    """Denials, bans, warnings, questions, safe wording and other senses give nothing."""
    assert _letters(linter, text) == set()


@pytest.fixture(scope="module")
def inflection() -> Inflection:
    """How Spanish words change."""
    file = next(f for f in read_pack_files() if f.place.parts == ("lexicons", "es", "inflection.yaml"))
    root, problems = parse(file.content.decode(), file.path)
    assert not problems
    return read_inflection(root)


@pytest.mark.parametrize(
    ("infinitive", "forms"),
    [
        ("eliminar", ["elimina", "eliminan", "elimine", "eliminando", "eliminadas", "eliminarlo", "eliminala"]),
        ("aplicar", ["aplique", "apliquen", "aplicandolos", "aplicada"]),
        ("rejuvenecer", ["rejuvenece", "rejuvenezca", "rejuvenecerá", "rejuveneciendo", "rejuvenecida"]),
        ("renovar", ["renueva", "renueve", "renovamos", "renovado"]),
        ("revertir", ["revierte", "revierta", "revirtiendo", "revertirá"]),
        ("reducir", ["reduce", "reduzca", "redujo", "reduciendo"]),
        ("devolver", ["devuelve", "devuelva", "devuelto"]),
        ("conseguir", ["consigue", "consiga", "consiguiendo"]),
        ("prevenir", ["previene", "prevenga", "previniendo"]),
        ("hacer desaparecer", ["hace desaparecer", "haga desaparecer"]),
    ],
)
def test_verb(inflection: Inflection, infinitive: str, forms: list[str]) -> None:
    """Persons, moods, participles and pronouns of regular and of changing stems."""
    assert set(forms) <= set(inflection.inflect(infinitive, "verb"))


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("inyección", "inyecciones"),
        ("cicatriz", "cicatrices"),
        ("efecto secundario", "efectos secundarios"),
        ("célula madre", "células madre"),
        ("línea de expresión", "líneas de expresión"),
        ("tratamiento facial", "tratamientos faciales"),
    ],
)
def test_plural(inflection: Inflection, singular: str, plural: str) -> None:
    """The noun that leads a name takes the plural, with its adjectives but not beyond a preposition."""
    assert plural in inflection.inflect(singular, "noun")


def test_adjective_agrees(inflection: Inflection) -> None:
    """Gender and number."""
    assert {"segura", "seguros", "seguras"} <= set(inflection.inflect("seguro", "adjective"))


def test_cues_of_the_other_language_stay_out() -> None:
    """An English "no" does not deny what a Spanish sentence says "no solo" of, nor the other way round."""
    pack = load_pack()
    matcher = Matcher(pack.lexicon)

    def languages_of_cues(text: str) -> set[str]:
        entries = (pack.lexicon.entries[hit.entry] for hit in matcher.find(fold(text), text))
        return {entry.lang for entry in entries if entry.says and not entry.says.startswith("genre:")}

    assert languages_of_cues("No solo rejuvenece la piel de tu rostro.") == {"es"}
    assert languages_of_cues("No doubt it is the peel for your skin.") == {"en"}
