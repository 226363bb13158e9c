"""Tickets: what the invented customers write to the help desk, in both languages."""

import re

import numpy as np

from segment_core.intake.samples.chinese import grow
from segment_core.intake.samples.chinese_words import SLOTS as CHINESE_SLOTS
from segment_core.intake.samples.words import SLOTS

TOPICS = ("delivery", "refund", "fault", "invoice", "account", "product")

_ENGLISH: dict[str, tuple[str, ...]] = {
    "delivery": (
        "Where is my {thing}? It was promised {days} ago.",
        "{carrier} left the {thing} {spot}. Please have it collected.",
        "Can my parcel come on {weekday} instead?",
        "The tracking page has said the same for {days}.",
        "Part of the order is missing: no {thing} in the box.",
    ),
    "refund": (
        "I sent the {thing} back {long} ago and see no refund.",
        "The refund is short by the shipping fee.",
        "Please confirm that the {thing} reached your returns desk.",
        "I cancelled on {weekday} and was charged all the same.",
    ),
    "fault": (
        "The {thing} has {fault}. I would like a replacement.",
        "Second {thing} in a row with {fault}.",
        "After {days} I see that the {thing} has {fault}, is that covered?",
        "Your picture of the {thing} did not show {fault}.",
    ),
    "invoice": (
        "I need an invoice for the {thing} with our company's address.",
        "The invoice names the wrong month, please send it again.",
        "Could all orders of the {season} sale go on one invoice?",
    ),
    "account": (
        "I cannot sign in since {weekday}.",
        "Please merge my two accounts, my points are on the old one.",
        "The voucher for my {occasion} order is not accepted.",
        "Please change the delivery address of my account.",
    ),
    "product": (
        "Does the {thing} fit a small {room}?",
        "Will the {thing} be back in stock before {season}?",
        "Which {thing} would you advise for my {person}?",
        "Is the {kidthing} safe for my {kid}?",
    ),
}
_CHINESE: dict[str, tuple[str, ...]] = {
    "delivery": (
        "我的{thing}到哪里了？说好{days}就到的。",
        "{carrier}把{thing}{spot}，请安排取回。",
        "包裹能改到{weekday}送吗？",
        "物流信息{days}没有更新了。",
        "少发了一件，箱子里没有{thing}。",
    ),
    "refund": (
        "{thing}退回{long}了，还没收到退款。",
        "退款少了运费，请补上。",
        "请确认退回的{thing}仓库有没有签收。",
        "{weekday}已经取消订单，还是扣了款。",
    ),
    "fault": (
        "{thing}{fault}，要求换货。",
        "连续两次收到的{thing}都{fault}。",
        "收到{thing}{days}才发现{fault}，能保修吗？",
        "图片上的{thing}可没有{fault}。",
    ),
    "invoice": (
        "{thing}需要开公司抬头的发票。",
        "发票月份开错了，请重开。",
        "{season}的几笔订单能不能开在一张发票上？",
    ),
    "account": (
        "从{weekday}起就登录不上了。",
        "请把我的两个账号合并，积分在旧账号里。",
        "{occasion}订单的优惠券用不了。",
        "请修改账号里的收货地址。",
    ),
    "product": (
        "{thing}放在小{room}里合适吗？",
        "{season}之前{thing}还会补货吗？",
        "送{person}的话，推荐哪款{thing}？",
        "{kidthing}给{kid}用安全吗？",
    ),
}
_EVEN = (0.22, 0.13, 0.12, 0.15, 0.20, 0.18)
_UPSET = (0.24, 0.32, 0.28, 0.05, 0.06, 0.05)


def ticket(language: str, upset: bool, random: np.random.Generator) -> tuple[str, str]:
    """Write a message to the help desk; return its topic and its text."""
    topic = TOPICS[int(np.searchsorted(np.cumsum(_UPSET if upset else _EVEN), random.random() * 0.999))]
    entries = (_CHINESE if language == "zh" else _ENGLISH)[topic]
    text = entries[int(random.integers(len(entries)))]
    if language == "zh":
        return topic, grow(text, CHINESE_SLOTS, random)
    grown = re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", grow(text, SLOTS, random))
    return topic, grown[:1].upper() + grown[1:]
