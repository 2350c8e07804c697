"""What a dock worker and the assistant say to each other in two hours."""

from __future__ import annotations

from typing import Final

PRODUCTS: Final = (
    "headset",
    "keyboard",
    "desk lamp",
    "webcam",
    "monitor arm",
    "charger",
    "desk mat",
    "speaker",
    "footrest",
    "seat cover",
    "microphone",
    "docking station",
    "cable set",
    "light bar",
    "laptop stand",
    "mouse",
    "wrist rest",
)
GRADES: Final = ("A", "A", "A", "A", "B", "B", "C")
REMARKS: Final = (
    "box crushed on one side",
    "cable missing",
    "smells of smoke",
    "still sealed",
    "sticker on the lid",
    "one key is loose",
    "scratched underneath",
    "wrong item in it",
    "two manuals, no plug",
    "with a thank-you note",
    "wrapped in a tea towel",
    "cat hair, lots of it",
    "no box, just a bag",
    "address label over the barcode",
    "wet on the outside",
    "has a German plug",
    "someone drew a face on it",
)
READINGS: Final = (
    "{label}, {grade}",
    "{label}, {product}, {grade}",
    "{label}, {product}, {grade}",
    "next one {label}, {grade}",
    "then {label}, {product}, {grade}",
    "{product}, {label}, {grade}",
    "{label}... {grade}",
    "and {label}, {grade}",
)
ANSWERS: Final = (
    "{label}, {grade}. Next.",
    "Got {label}.",
    "{label} noted as {grade}.",
    "{grade} for {label}. Go on.",
    "{label}, thank you. Next, please.",
    "Thanks, that's {count}.",
    "{label}. And the next?",
    "OK, {label} is {grade}.",
)
CORRECTIONS: Final = (
    ("Sorry, {label} is {right}, not {wrong}.", "Changed: {label} is {right}."),
    ("No, wait, make {label} a {right}.", "{label} is a {right} now."),
    ("Ah, there's a crack. {label} down as {right}.", "{label}, {right}. Thank you for looking twice."),
    ("Scratch that, {label} goes to {right}.", "Done, {right} for {label}."),
)
SAVED: Final = (
    "Pallet {pallet} is saved. Next one, please.",
    "Saved. Ready for the pallet after {pallet}.",
    "Pallet {pallet} is in. Go ahead.",
)
UNSAVED: Final = (
    "Pallet {pallet} is noted. Next one, please.",
    "I have pallet {pallet}. Go ahead.",
    "All right, that was pallet {pallet}. Carry on.",
)
INTERLUDES: Final = (
    ("How many do you think we'll get today?", "Last Friday it was 870. I'd expect a few more.", 0),
    ("Hold on, forklift.", "I'm waiting.", 21),
    (
        "Do the red ones come back more often than the grey ones?",
        "I only see the labels, not the colours.",
        0,
    ),
    ("Give me a second, the tape is stuck.", "Take your time.", 34),
    ("Do you ever get bored of this?", "No, and you're quicker than yesterday.", 0),
    ("What was the last pallet's number again?", "That was pallet eleven, and all its labels are in.", 0),
    ("I'm getting a coffee, don't go away.", "I'll be here.", 164),
    ("There's half a bar of chocolate in here. What grade is that?", "The bin, please, not the list.", 0),
    ("Are you still there?", "Yes, I'm listening.", 0),
    ("How long have we been at it?", "For about an hour.", 0),
    ("That was the bell. Two minutes.", "Enjoy the break.", 128),
    ("Lena from dock two says hello.", "Hello to Lena.", 0),
    ("Do you know what's for lunch tomorrow?", "The canteen is closed on Saturdays.", 0),
    ("My glove is caught, one moment.", "No hurry.", 17),
    ("How many A's do we have so far?", "A little more than half of all labels are an A.", 0),
    ("It's getting loud here, do you still understand me?", "Yes, quite well.", 0),
    ("Did the last pallet take longer to save?", "It took a little longer. Please carry on.", 0),
    ("My scanner doesn't show the last pallets. Are they saved?", "They are noted. Please carry on.", 0),
    ("The office says refunds are down. Does that touch us?", "I have no news about that.", 0),
    ("Last pallet for now, then I want to see the total.", "Gladly.", 0),
)
"""A question, its answer, and how many seconds the worker is away after it."""
