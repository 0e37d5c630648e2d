"""What stands on a sheet beside its title block, in the language of the office."""

# ruff: noqa: E501

from __future__ import annotations

from docpipe_tests.classification.drafting import Pen, plan, table, views
from docpipe_tests.classification.layouts import Area, Drawn, Office

ROOMS = {
    "english": "KITCHEN|LIVING ROOM|BEDROOM|BATH|HALL|STORAGE|OFFICE|ENTRY",
    "portuguese": "COZINHA|SALA|QUARTO|BANHEIRO|CIRCULAÇÃO|ÁREA DE SERVIÇO|VARANDA|GARAGEM",
    "spanish": "COCINA|SALÓN|DORMITORIO|BAÑO|PASILLO|TERRAZA|LAVADERO|GARAJE",
    "french": "CUISINE|SÉJOUR|CHAMBRE|SDB|DÉGAGEMENT|CELLIER|TERRASSE|GARAGE",
    "italian": "CUCINA|SOGGIORNO|CAMERA|BAGNO|DISIMPEGNO|RIPOSTIGLIO|TERRAZZO|INGRESSO",
    "swedish": "KÖK|VARDAGSRUM|SOVRUM|WC/D|HALL|FÖRRÅD|TVÄTT|ENTRÉ",
    "german": "Küche|Wohnen|Schlafen|Bad|Flur|Abstellraum|Diele|Terrasse",
    "dutch": "keuken|woonkamer|slaapkamer|badkamer|gang|berging|entree|terras",
    "turkish": "MUTFAK|SALON|YATAK ODASI|BANYO|HOL|KİLER|BALKON|ANTRE",
}
NOTES = {
    "english": "SEE A-501 FOR DETAILS|SEE PLAN FOR LOCATION|TYP. AT ALL EXTERIOR WALLS|REFER TO DETAIL 3/A-501|ALIGN WITH EXISTING FACE OF WALL",
    "portuguese": "VER DETALHE NA PRANCHA 04|COTAS EM METROS|CONFERIR MEDIDAS NO LOCAL|VER CORTE AA",
    "spanish": "VER DETALLE EN PLANO A-07|COTAS EN METROS|VERIFICAR MEDIDAS EN OBRA|VER SECCIÓN A-A'",
    "french": "VOIR DÉTAIL PLANCHE A-501|COTES EN CENTIMÈTRES|À VÉRIFIER SUR PLACE|VOIR COUPE AA",
    "italian": "VEDI PARTICOLARE TAV. 09|QUOTE IN CENTIMETRI|VERIFICARE LE MISURE IN CANTIERE",
    "swedish": "SE DETALJ A-60.1-001|MÅTT I MM|KONTROLLERAS PÅ PLATS|SE SEKTION A-A",
    "german": "siehe Detail A-401|Alle Maße in cm|Maße am Bau prüfen|siehe Schnitt A-A",
    "dutch": "zie detail D-02|maten in mm|maten in het werk te controleren",
    "turkish": "BKZ. DETAY D-04|ÖLÇÜLER CM'DİR|ÖLÇÜLER YERİNDE KONTROL EDİLECEKTİR|BKZ. A-A KESİTİ",
}
PROSE = (
    "ALL WORK SHALL CONFORM TO THE GOVERNING BUILDING CODE AND TO THE REQUIREMENTS OF LOCAL AUTHORITIES.",
    "CONTRACTOR SHALL VERIFY ALL DIMENSIONS AND CONDITIONS AT THE SITE BEFORE STARTING THE WORK.",
    "CONCRETE SHALL HAVE A MINIMUM COMPRESSIVE STRENGTH OF 4000 PSI AT 28 DAYS UNLESS NOTED OTHERWISE.",
    "REINFORCING STEEL SHALL BE DEFORMED BARS, LAPPED A MINIMUM OF 40 BAR DIAMETERS AT ALL SPLICES.",
    "FLOOR PLAN DIMENSIONS ARE TO FACE OF STUD. DO NOT SCALE DRAWINGS. SEE SECTIONS FOR HEIGHTS.",
    "ROOF FRAMING MEMBERS SHALL BE BRACED AS SHOWN UNTIL THE PERMANENT SHEATHING HAS BEEN FIXED.",
)


def fill(pen: Pen, office: Office, sheet: Drawn, area: Area) -> None:
    """The drawing, notes or tables of `sheet` in `area`."""
    x, y, w, h = area
    rooms, notes = ROOMS[office.language].split("|"), NOTES[office.language].split("|")
    if sheet.body == "plan":
        plan(pen, rooms, notes, office.metric, (x, y, w, h - 2))
    elif sheet.body == "details":
        for at, note in enumerate(notes * 2):
            pen.put(note, x + (at % 3) * w / 3, y + 0.5 + at * (h - 3) / 10, min(0.08, w / 120))
    elif sheet.body == "notes":
        size = min(0.1, w / 130)
        for at, line in enumerate(PROSE * 4):
            pen.put(f"{at + 1}. {line}", x + 0.3, y + 0.6 + at * 0.26, size)
        pen.put("GENERAL NOTES", x + 0.3, y + 0.2, 0.16)
    elif sheet.body == "schedule":
        head = ["MARK", "WIDTH", "HEIGHT", "TYPE", "FINISH", "REMARKS"]
        rows = [[f"{100 + at}A", "3'-0\"", "7'-0\"", "HM", "PT-1", "SEE PLAN"] for at in range(22)]
        table(pen, [head, *rows], x + 0.4, y + 0.8, min(1.5, w / 7))
    elif sheet.body == "cover":
        pen.put(" ".join(office.project), x + 1, y + 3, 0.7).lines(office.address, x + 1, y + 4.5, 0.3)
        pen.put("SHEET INDEX", x + w * 0.6, y + 7, 0.18)
        for at, other in enumerate(office.sheets):
            pen.put(other.number or "", x + w * 0.6, y + 7.5 + at * 0.3, 0.1)
            pen.put(" ".join(other.title), x + w * 0.6 + 1.2, y + 7.5 + at * 0.3, 0.1)
        pen.put("VICINITY MAP", x + 1, y + h - 2, 0.15).put("SCALE: N.T.S.", x + 1, y + h - 1.7, 0.08)
    views(pen, sheet.views, area, size=min(0.14, w / 120))
