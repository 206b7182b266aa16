"""The closed vocabulary of the starter world: every name, thing, place, day and verb its texts can mention."""

NAMES = (
    "Ada", "Aisha", "Akira", "Alba", "Amir", "Anna", "Ben", "Bela", "Carla", "Cem", "Chen", "Clara", "Dana", "David",
    "Diego", "Elena", "Elif", "Emil", "Emma", "Erik", "Fatima", "Felix", "Finn", "Greta", "Hana", "Hugo", "Ida", "Ines",
    "Ivan", "Jana", "Jonas", "Juan", "Kai", "Kofi", "Lara", "Lea", "Leo", "Lina", "Luca", "Maja", "Marco", "Mia",
    "Mila", "Mina", "Nadia", "Nico", "Nils", "Nora", "Noah", "Olga", "Omar", "Oskar", "Paula", "Pia", "Priya", "Ravi",
    "Rosa", "Samir", "Sara", "Sofia", "Tara", "Theo", "Tom", "Uma", "Vera", "Wei", "Yara", "Yuki", "Zoe", "Max",
)  # fmt: skip

# Plural, because every count in the world is two or more.
NOUNS = (
    "apples", "bags", "balls", "baskets", "bells", "belts", "books", "boots", "bottles", "boxes", "bowls", "brushes",
    "buttons", "candles", "caps", "carpets", "chairs", "clocks", "coats", "cups", "dolls", "drums", "flags", "flowers",
    "gloves", "hats", "jars", "kites", "lamps", "lemons", "maps", "mirrors", "mugs", "onions", "pears", "pencils",
    "pillows", "plates", "plums", "pots", "ropes", "scarves", "shells", "shirts", "spoons", "stones", "tents", "towels",
    "toys", "umbrellas",
)  # fmt: skip

ADJECTIVES = (
    "big", "black", "blue", "broken", "brown", "cheap", "clean", "green", "heavy", "little", "new", "old", "pretty",
    "red", "round", "soft", "white", "yellow",
)  # fmt: skip

PLACES = (
    "airport", "bakery", "bank", "beach", "bridge", "cafe", "castle", "cinema", "factory", "farm", "fountain",
    "gallery", "garage", "harbour", "hospital", "hotel", "library", "market", "mill", "museum", "office", "park",
    "river", "school", "stadium", "station", "temple", "theatre", "tower", "zoo",
)  # fmt: skip

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

COUNTS = {
    2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven",
    12: "twelve",
}  # fmt: skip

# Past form, base form.
VERBS = {
    "bought": "buy", "sold": "sell", "found": "find", "lost": "lose", "saw": "see", "painted": "paint", "hid": "hide",
    "counted": "count", "carried": "carry", "repaired": "repair",
}  # fmt: skip

# Every field of a fact and the labels that records may give it. "number" spells the count, "count" writes digits.
LABELS = {
    "who": ("who", "name", "person"),
    "did": ("did", "action"),
    "count": ("count", "number"),
    "what": ("what", "item", "things"),
    "where": ("where", "place"),
    "day": ("day", "when"),
}
