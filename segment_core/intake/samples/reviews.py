"""Sample reviews: sentences grown from a small grammar, so that hardly two of them are alike."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from segment_core.intake.samples.words import SLOTS

_THEMES: dict[str, tuple[str, ...]] = {
    "price": (
        "got the {thing} for {percent} percent off, {cheap}",
        "I always wait for the {season} sale before I buy a {thing}",
        "the voucher took the price down to something I can pay",
        "at full price the {thing} would be {dear}, with the code it was {cheap}",
        "compared it with {shop} and this was {cheap}",
        "{some} coupons later the {thing} cost {cheap}",
        "the clearance corner had a {thing} reduced again, could not resist",
        "found the same {thing} at {shop} for less, please match it",
        "shipping fees are {dear} when all I need is a {thing}",
        "last-chance {thing}, {percent} percent less than in {season}, {cheap}",
        "I check the deals every {weekday} and pounce when a {thing} drops",
        "my points paid for half of the {thing}, {cheap}",
        "a {thing} for that money is {cheap}, even without a voucher",
    ),
    "thrift": (
        "it does the job, the {thing} is {okay} for the money",
        "for so little money nobody can complain about a {thing}",
        "I buy only what is reduced and the {thing} is {okay}",
        "plain {thing}, low price, what else do you need",
        "stocked up on {some} of them while the promotion lasted",
        "the budget {thing} is {okay}, why pay for a brand",
        "every penny counts, so a marked-down {thing} suits me",
    ),
    "family": (
        "my {kid} loves the {kidthing}",
        "bought the {kidthing} for my {kid} and we use it every day",
        "with {some} children at home a {kidthing} has to survive a lot, and it does",
        "the {kidthing} wipes clean, which matters with my {kid}",
        "our {kid} outgrew the old {kidthing}, so we ordered the next size",
        "the whole family uses the {thing}, even our {kid}",
        "put the {kidthing} together while my {kid} napped",
        "the {kidthing} is sturdy enough for my {kid} and has no sharp edges",
        "weekly order for the household plus a {kidthing} for my {kid}",
        "back to school is sorted: a {kidthing} and a {thing} in one box",
        "my {kid} picked the {kidthing} and is proud of it",
    ),
    "delivery": (
        "the {kidthing} came {safe}, as always",
        "{carrier} rang first and carried the {kidthing} upstairs past my sleeping {kid}",
        "delivery {safe}, with everything for the kids in one parcel",
        "the regular {weekday} delivery saves me a trip with my {kid}",
        "I could pick a slot after nursery, {carrier} came {safe}",
        "nothing missing from a big family order, it came {safe}",
    ),
    "craft": (
        "the {craft} of the {fine} is {fair}",
        "you can tell the {fine} was made by people who care about {craft}",
        "I gladly pay more for a {fine} that {lasts}",
        "the {fine} is {fair}, the {craft} most of all",
        "solid materials, honest {craft}, the {fine} {lasts}",
        "nobody else sells a {fine} with such {craft}",
        "my third piece from this maker, the {fine} is {fair}",
        "the {fine} looks {fair} in our {room}",
        "a {fine} like this {lasts}",
        "worth every penny, the {craft} of the {fine} is {good}",
    ),
    "taste": (
        "the design is {fair} and suits the {fine} we already own",
        "guests keep asking about the {fine} in the {room}",
        "love that the {fine} comes from a small workshop and the wood is certified",
        "the lady in the store knew the story of the {fine} and advised us well",
        "the colours of the {fine} are {fair}, true to the catalogue",
        "packed like a jewel, the {fine} was {fair}",
    ),
    "gift": (
        "ordered the {thing} as a present for my {person}, wrapped very nicely",
        "my {person} was delighted with the {thing} for the {occasion}",
        "needed a last minute {occasion} gift and the {thing} saved me",
        "the ribbon and the card for the {occasion} were {good}",
        "sent the {thing} straight to my {person} with a note",
        "had no idea what to get my {person} and found a {thing} here",
        "the {occasion} present arrived in time, my {person} loves it",
        "chipped in with friends and surprised my {person} with a {thing}",
    ),
    "app": (
        "{new}, {tech} worked {easy}",
        "found this shop {found}, paid {easy}",
        "{tech} is {good}, ordered the {occasion} gift {easy}",
        "signed up {found} and got a welcome surprise",
        "{new} and {tech} made the {occasion} present simple",
        "scanned the code, chose a gift, done {easy}",
        "{tech} could remember my friends' addresses, otherwise {good}",
    ),
    "trouble": (
        "the {thing} came with {fault}, {bad}",
        "sent the {thing} back because of {fault} and still wait for the refund after {long}",
        "second replacement and again {fault}",
        "the return label did not work and {clerk} {care}",
        "waited {long} for an answer about {fault}",
        "my {thing} has {fault} and nobody feels responsible",
        "refund for the {thing} promised {long} ago, nothing yet",
        "the {thing} arrived with {fault}, the packing was {bad}",
        "what the picture shows and what I got are two different things: {fault}",
        "had to return the {thing} {some} times, {bad}",
    ),
    "service": (
        "{clerk} {care}, {bad}",
        "called {some} times, {clerk} {care}",
        "{carrier} left the {thing} {spot} and {clerk} {care}",
        "on hold forever and then {clerk} {care}",
        "wrote {some} emails about the {thing}, no reply but a form letter",
        "order cancelled after {long} without a word, {never}",
        "the complaint form asked for the same number {some} times, {never}",
    ),
    "anything": (
        "the {thing} is {okay}",
        "the {thing} arrived after {days}",
        "colour of the {thing} is {okay}",
        "fits well in the {room}",
        "the {thing} in the {room} is {good}",
        "bought the {thing} on {weekday}",
        "instructions could be clearer",
        "packaging was {okay}",
        "came with {carrier} after {days}",
    ),
}
_OPENERS = ("{hm}, ", "{hm}: ", "Update: ", "Edit: ", "Not much to say: ", "{hm}... ")
_CLOSERS = (", {again}", ", {again}", ", just saying", ", that is all", ", so there you go", ", thanks")
_ENDS = (".", ".", ".", ".", "!", "", "...")
_SLIPS = (("the ", "teh "), ("because", "becuase"), ("really", "realy"), ("which", "wich"), ("arrived", "arived"))


def review(themes: Mapping[str, float], random: np.random.Generator) -> str:
    """Write one to three sentences on themes drawn by their weights."""
    weights = np.array(list(themes.values()))
    n = int(random.choice([1, 2, 3], p=[0.2, 0.45, 0.35]))
    drawn = [str(theme) for theme in random.choice(list(themes), size=n, p=weights / weights.sum())]
    opened = _pick(_OPENERS, random) if random.random() < 0.2 else ""
    closed = _pick(_CLOSERS, random) if random.random() < 0.2 and "trouble" not in themes else ""
    last = len(drawn) - 1
    return " ".join(
        _sentence(theme, opened if position == 0 else "", closed if position == last else "", random)
        for position, theme in enumerate(drawn)
    )


def _sentence(theme: str, opened: str, closed: str, random: np.random.Generator) -> str:
    grown = _grow(opened + _pick(_THEMES[theme], random) + closed, random)
    if random.random() < 0.05:
        grown = grown.replace(*_SLIPS[int(random.integers(len(_SLIPS)))])
    if random.random() > 0.08:
        grown = grown[:1].upper() + grown[1:]
    return grown + _pick(_ENDS, random)


def _grow(text: str, random: np.random.Generator) -> str:
    grown = re.sub(r"\{(\w+)\}", lambda slot: _pick(SLOTS[slot[1]], random), text)
    return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", grown)


def _pick(entries: Sequence[str], random: np.random.Generator) -> str:
    return entries[int(random.integers(len(entries)))]
