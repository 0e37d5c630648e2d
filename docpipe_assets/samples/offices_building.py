"""The model of the Harbour Street offices, in millimetres from the outer south-west corner.

Three storeys on an L: a bar of 54 x 15 m along the street and a wing of 18 x 15 m behind its east end.
"""

from __future__ import annotations

from docpipe_assets.samples.plan import Door, Opening, Room, Wall, Window

LENGTH, BAR, DEPTH, WING = 54000, 15000, 30000, 36000
BAY, ROW = 6000, 7500
COLUMN = 400
STOREY, STOREYS, PARAPET = 3900, 3, 1100
DATUM = 4.350

GRID_ACROSS = [(str(index + 1), float(index * BAY)) for index in range(10)]
GRID_UP = [(name, float(index * ROW)) for index, name in enumerate("ABCDE")]

OUTSIDE_WALLS = [
    Wall(0, 0, LENGTH, 400, "south"),
    Wall(0, 100, 400, 14900, "west"),
    Wall(0, 14600, 36400, 15000, "north"),
    Wall(36000, 14900, 36400, 29900, "west"),
    Wall(36000, 29600, LENGTH, 30000, "north"),
    Wall(53600, 100, LENGTH, 29900, "east"),
]
PARTITIONS = [
    Wall(11925, 350, 12075, 14650),
    Wall(12000, 7425, 53650, 7575),
    Wall(12000, 9225, 53650, 9375),
    Wall(17925, 9300, 18075, 14650),
    Wall(23900, 9300, 24100, 14650),
    Wall(23925, 350, 24075, 7500),
    Wall(26900, 9300, 27100, 14650),
    Wall(31400, 9300, 31600, 14650),
    Wall(35900, 9300, 36100, 14650),
    Wall(31500, 11925, 36000, 12075),
    Wall(33675, 12000, 33825, 14650),
    Wall(41925, 350, 42075, 7500),
    Wall(36300, 23925, 53650, 24075),
    Wall(41925, 24000, 42075, 29650),
    Wall(47925, 24000, 48075, 29650),
]
WALLS = [*OUTSIDE_WALLS, *PARTITIONS]

DOORS = [
    Door("D01", (9000, 200), 2000, -1, 1, pair=True),
    Door("D02", (12000, 8400), 1600, -1, -1, pair=True),
    Door("D03", (13400, 7500), 1000, -1, -1),
    Door("D04", (16800, 9300), 1000, 1, 1),
    Door("D05", (19200, 9300), 1000, -1, 1),
    Door("D06", (25450, 9300), 1100, -1, 1),
    Door("D07", (29250, 9300), 1600, -1, 1, pair=True),
    Door("D08", (33400, 9300), 1000, -1, 1),
    Door("D09", (32900, 12000), 900, 1, 1),
    Door("D10", (35200, 12000), 900, 1, 1),
    Door("D11", (31500, 10700), 1000, -1, -1),
    Door("D12", (26000, 7500), 1000, -1, -1),
    Door("D13", (44000, 7500), 1000, -1, -1),
    Door("D14", (39000, 9300), 1600, -1, 1, pair=True),
    Door("D15", (53800, 8400), 1100, -1, 1),
    Door("D16", (40600, 24000), 1100, 1, 1),
    Door("D17", (45000, 29800), 1800, -1, 1, pair=True),
    Door("D18", (51000, 29800), 1800, -1, 1, pair=True),
]
SOUTH_WINDOWS = [
    Window(f"W{index + 1:02}", (3000.0 + index * BAY, 200), 4800) for index in range(9) if index != 1
]
NORTH_WINDOWS = [
    Window("W10", (3000, 14800), 4800),
    Window("W11", (9000, 14800), 4800),
    Window("W12", (15000, 14800), 3600),
    Window("W13", (21000, 14800), 3600),
    Window("W14", (25500, 14800), 1200),
    Window("W15", (39000, 29800), 1800),
]
WEST_WINDOWS = [
    Window("W16", (200, 3750), 4800),
    Window("W17", (200, 11250), 4800),
    Window("W18", (36200, 18750), 4800),
]
EAST_WINDOWS = [
    Window("W19", (53800, 3750), 4800),
    Window("W20", (53800, 12000), 3600),
    Window("W21", (53800, 18750), 4800),
]
ARCHWAY = Opening((45000, 9300), 4000)
OPENINGS: list[Door | Window | Opening] = [
    *DOORS,
    *SOUTH_WINDOWS,
    *NORTH_WINDOWS,
    *WEST_WINDOWS,
    *EAST_WINDOWS,
    ARCHWAY,
]

ROOMS = [
    Room("G.01", "RECEPTION", (5600, 8200), 3000),
    Room("G.02", "CAFÉ", (18000, 5900), 3000),
    Room("G.03", "MEETING ROOM 1", (15000, 13750), 2700),
    Room("G.04", "MEETING ROOM 2", (21000, 13750), 2700),
    Room("G.05", "STAIR 1", (25500, 10700), 2700),
    Room("G.06", "LIFT LOBBY", (29250, 10900), 2700),
    Room("G.07", "WC LOBBY", (34300, 10500), 2400),
    Room("G.08", "WC", (32400, 13250), 2400),
    Room("G.09", "ACC. WC", (34650, 13250), 2400),
    Room("G.10", "CORRIDOR", (21000, 8250), 2700),
    Room("G.11", "OPEN PLAN OFFICE 1", (33000, 6400), 3000),
    Room("G.12", "OPEN PLAN OFFICE 2", (48200, 6400), 3000),
    Room("G.13", "OPEN PLAN OFFICE 3", (45000, 13000), 3000),
    Room("G.14", "STAIR 2", (37500, 25000), 2700),
    Room("G.15", "PLANT ROOM", (45000, 26400), 3000),
    Room("G.16", "CYCLE STORE", (51000, 25100), 3000),
]
