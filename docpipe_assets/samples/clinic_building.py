"""The model of the Riverside clinic, in inches from the outer south-west corner: one storey, 60 x 36 ft."""

from __future__ import annotations

from docpipe_assets.samples.plan import Door, Opening, Room, Wall, Window

LENGTH, DEPTH = 720, 432
PLATE = 112
ROOF_RISE = 4 / 12
EAVE = 24
GRID_ACROSS = [("1", 0.0), ("2", 240.0), ("3", 480.0), ("4", 720.0)]
GRID_UP = [("A", 432.0), ("B", 225.5), ("C", 156.5), ("D", 0.0)]

WALLS = [
    Wall(0, 0, 720, 10, "south"),
    Wall(0, 422, 720, 432, "north"),
    Wall(0, 4, 10, 428, "west"),
    Wall(710, 4, 720, 428, "east"),
    Wall(237, 9, 243, 423),
    Wall(9, 223, 238, 228),
    Wall(9, 320, 238, 325),
    Wall(100, 9, 105, 105),
    Wall(9, 100, 105, 105),
    Wall(242, 154, 711, 159),
    Wall(242, 223, 711, 228),
    Wall(357.5, 9, 362.5, 155),
    Wall(477, 9, 483, 155),
    Wall(597, 9, 602, 155),
    Wall(333, 227, 338, 423),
    Wall(417, 227, 424, 328),
    Wall(337, 324, 504, 329),
    Wall(503, 227, 508, 423),
    Wall(618, 227, 623, 423),
]

DOORS = [
    Door("100A", (55, 5), 72, -1, -1, pair=True),
    Door("100B", (55, 102.5), 72, -1, -1, pair=True),
    Door("101A", (240, 191), 36, 1, 1),
    Door("102A", (208, 225.5), 36, 1, 1),
    Door("103A", (206, 322.5), 36, 1, 1),
    Door("104A", (272, 225.5), 36, -1, 1),
    Door("105A", (394, 225.5), 36, 1, 1),
    Door("106A", (447, 225.5), 36, -1, 1),
    Door("107A", (470, 427), 36, 1, -1),
    Door("108A", (540, 225.5), 42, -1, 1),
    Door("109A", (648, 225.5), 36, -1, 1),
    Door("110A", (715, 191), 36, 1, 1),
    Door("111A", (334, 156.5), 36, 1, -1),
    Door("112A", (386, 156.5), 36, -1, -1),
    Door("113A", (573, 156.5), 36, 1, -1),
    Door("114A", (626, 156.5), 36, -1, -1),
]

SOUTH_WINDOWS = [
    Window("A", (170, 5), 72),
    Window("B", (300, 5), 48),
    Window("B", (420, 5), 48),
    Window("B", (540, 5), 48),
    Window("B", (656, 5), 48),
]
NORTH_WINDOWS = [
    Window("A", (125, 427), 72),
    Window("C", (288, 427), 36),
    Window("B", (563, 427), 48),
    Window("C", (666, 427), 36),
]
WEST_WINDOWS = [Window("A", (5, 164), 72), Window("B", (5, 274), 48)]
EAST_WINDOWS = [Window("B", (715, 80), 48), Window("C", (715, 320), 36)]
SERVICE_WINDOW = Opening((92, 225.5), 96)
OPENINGS: list[Door | Window | Opening] = [
    *DOORS,
    *SOUTH_WINDOWS,
    *NORTH_WINDOWS,
    *WEST_WINDOWS,
    *EAST_WINDOWS,
    SERVICE_WINDOW,
]


ROOMS = [
    Room("100", "VESTIBULE", (55, 52), 96),
    Room("101", "WAITING", (170, 118), 108),
    Room("102", "RECEPTION", (120, 282), 96),
    Room("103", "BUSINESS\nOFFICE", (120, 378), 96),
    Room("104", "LAB", (286, 312), 96),
    Room("105", "TOILET", (370, 288), 96),
    Room("106", "TOILET", (470, 288), 96),
    Room("107", "MECHANICAL", (405, 378), 112),
    Room("108", "PROCEDURE", (555, 318), 96),
    Room("109", "STAFF", (666, 338), 96),
    Room("110", "CORRIDOR", (432, 191), 96),
    Room("111", "EXAM 1", (310, 112), 96),
    Room("112", "EXAM 2", (424, 112), 96),
    Room("113", "EXAM 3", (531, 112), 96),
    Room("114", "OFFICE", (676, 116), 96),
]


KEYNOTES = [
    ("1", 'CONCRETE STOOP, SLOPE 1/4" PER FOOT AWAY FROM DOOR. SEE S-101.'),
    ("2", 'TRANSACTION COUNTER AT 34" A.F.F., SOLID SURFACE ON PLYWOOD. SEE 5/A-501.'),
    ("3", 'WALL HUNG LAVATORY, RIM AT 34" A.F.F. MAXIMUM, INSULATE PIPES.'),
    ("4", 'GRAB BARS, 36" AND 42". PROVIDE 2x8 BLOCKING. SEE 4/A-501.'),
    ("5", "EXAM TABLE BY OWNER. PROVIDE BACKING FOR WALL MOUNTED DIAGNOSTIC SET."),
    ("6", 'BASE CABINET WITH SINK, PLASTIC LAMINATE, 34" HIGH.'),
    ("7", 'FURNACE AND WATER HEATER ON 4" CONCRETE PAD. FLOOR DRAIN, SLOPE 1/8" PER FOOT.'),
    ("8", "RECESSED WALK-OFF MAT, 5'-0\" x 6'-0\"."),
]
