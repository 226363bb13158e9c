"""The word lists: negation, degree, turns and signs are heard, and what was planted in the sample is found."""

import numpy as np
import pandas as pd
import pytest

from segment_core.intake import sample, sample_tables
from segment_core.traits import RUBRIC, words_en, words_zh
from segment_core.traits.lexicon import rate, rate_all
from segment_core.traits.moods import language_of_text, rate_text
from segment_core.traits.wordlists import chinese, english
from segment_core.traits.writings import quotable
from tests.planted import customers_of, typed


def scores(text: str) -> dict[str, float]:
    found = rate_text(text)
    assert found is not None
    return {rating.name: rating.score for rating in found}


def mood(text: str) -> float:
    return scores(text)["sentiment"]


def auc(truth: np.ndarray, values: np.ndarray) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(truth, values))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("I like it", "I do not like it"),
        ("it isn't bad", "it is bad"),
        ("It is very good", "It is good"),
        ("It is good", "It is slightly good"),
        ("It's great!", "It's great"),
        ("Slow delivery, but the lamp is lovely", "The lamp is lovely, but slow delivery"),
        ("The lamp is here 😍", "The lamp is here 😡"),
        ("The lamp is here :)", "The lamp is here :("),
        ("5 stars", "2 stars"),
        ("4/5", "1 out of 5"),
        ("9/10", "3/10"),
        ("No problems", "Problems"),
        ("Never disappoints", "Disappoints"),
        ("It is GREAT", "It is fine"),
        ("味道不错", "味道不好"),
        ("很好吃", "不好吃"),
        ("非常满意", "不太满意"),
        ("送得慢，但是很好吃", "很好吃，但是送得慢"),
        ("没失望", "失望"),
        ("五星好评", "一星差评"),
        ("好吃😋", "好吃🤮"),
    ],
)
def test_moods_are_told_apart(better: str, worse: str) -> None:
    assert mood(better) > mood(worse)


@pytest.mark.parametrize(
    "text",
    [
        "The lamp arrived on Tuesday.",
        "I always wait for the parcel van here",
        "周一买的台灯。",
        "Where do I find the lid",
    ],
)
def test_what_judges_nothing_is_about_neutral(text: str) -> None:
    assert abs(mood(text)) < 0.5


def test_what_stands_before_a_but_counts_less() -> None:
    assert mood("It is lovely and slow") > 0.3
    assert abs(mood("It is lovely, but slow")) < 0.15


def test_aspects_have_moods_of_their_own() -> None:
    assert scores("送餐很快")["sentiment: delivery"] > 0.3
    found = scores("The dress is gorgeous, but customer service was rude and shipping took forever.")
    assert found["sentiment: look"] > 0.3 > -0.3 > found["sentiment: service"]
    assert found["sentiment: delivery"] < -0.3
    assert "sentiment: packaging" not in found
    zh = scores("味道很好，就是送餐太慢了")
    assert zh["sentiment: taste"] > 0 > zh["sentiment: delivery"]


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("Waited for the sale and used a voucher", "price_sensitivity"),
        ("The workmanship will last for decades", "quality_seeking"),
        ("So convenient, ordered from my phone without any fuss", "convenience"),
        ("The hotline is no help, I want a refund", "service_need"),
        ("My first time here, found you on social media", "novelty_seeking"),
        ("I always order here and would recommend it", "loyalty"),
        ("A birthday present for my sister", "gift_giving"),
        ("For my toddler, the whole family uses it", "family_focus"),
        ("Elegant design, so many compliments", "style_seeking"),
        ("打折时用券买的，很划算", "price_sensitivity"),
        ("做工扎实，可以传给下一代", "quality_seeking"),
        ("躺在床上就下单了，很省心", "convenience"),
        ("客服不理人，退款也没到", "service_need"),
        ("第一次买，看博主种草的", "novelty_seeking"),
        ("老顾客了，会回购", "loyalty"),
        ("送给朋友的生日礼物", "gift_giving"),
        ("给女儿买的，全家都用", "family_focus"),
        ("设计很好看，也很搭", "style_seeking"),
    ],
)  # fmt: skip
def test_each_trait_is_heard_in_both_languages(text: str, trait: str) -> None:
    found = scores(text)
    assert found[trait] >= 0.5
    others = {name for name in found if RUBRIC[name].kind == "trait"} - {trait}
    assert all(found[name] <= found[trait] for name in others)


def test_the_opposite_of_a_trait_is_0_and_silence_is_nothing() -> None:
    assert scores("I gladly pay more, money is no object")["price_sensitivity"] == 0
    assert scores("Never again, I will shop elsewhere")["loyalty"] == 0
    assert "price_sensitivity" not in scores("The lamp is blue")


def test_what_only_holds_a_cue_is_none() -> None:
    assert "family_focus" not in scores("女孩子吃正好")
    assert "price_sensitivity" not in scores("The sales associate was here")
    assert "sentiment: look" not in scores("I waited in store")
    assert scores("numerous compliments")["sentiment"] > 0.3  # listed as a cue, and still an inflection of a mood


def test_a_score_cites_the_sentence_it_rests_on() -> None:
    found = {
        rating.name: rating for rating in rate_text("It came on Monday. Awful zip! My sister got it as a gift.") or ()
    }
    assert found["sentiment"].sentence == "Awful zip!"
    assert found["gift_giving"].sentence == "My sister got it as a gift."
    assert found["sentiment: quality"].sentence == "Awful zip!"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The delivery was late", "en"),
        ("Perfect!", "en"),
        ("味道不错", "zh"),
        ("App很好用", "zh"),
        ("Die Lieferung kam zwei Tage zu spät und niemand hat sich gemeldet", "other"),
        ("La entrega llegó tarde y nadie me dijo nada", "other"),
        ("とても美味しかったです", "other"),
        ("배송이 빨라요", "other"),
        ("Доставка была быстрой", "other"),
    ],
)
def test_no_language_is_read_with_the_words_of_another(text: str, language: str) -> None:
    assert language_of_text(text) == language
    assert (rate_text(text) is None) == (language == "other")


def test_texts_in_other_languages_are_counted_and_not_rated() -> None:
    made = typed({"review": "text"}, review=["Die Lieferung kam zwei Tage zu spät und beschädigt", "Lovely"])
    found = rate(made)
    assert [(note.code, note.count, note.level) for note in found.notes] == [("not-rated", 1, "warning")]
    assert np.isnan(found.scores[0]).all()


@pytest.mark.parametrize(
    "text", ["", "...", "1234", "[NAME 1]", "a" * 100_000, "好" * 5000, "=1+1", "<b>x</b>\x00", "\ud83d"]
)
def test_odd_texts_do_no_harm(text: str) -> None:
    for rating in rate_text(text) or ():
        assert RUBRIC[rating.name].low <= rating.score <= 1
        assert len(quotable(rating.sentence)) <= 240


def test_tags_of_masked_data_are_no_words() -> None:
    assert list(scores("[EMAIL 1] [PHONE] is the lamp")) == ["sentiment"]


def test_several_texts_of_a_customer_are_averaged() -> None:
    csv = pd.DataFrame(
        {"customer_id": ["A", "A", "B"], "review": ["Awful, the worst lamp ever.", "I love this lamp.", "Fine."]}
    )
    made = customers_of(csv)
    found = rate(made)
    own = found.quotes[(found.quotes["customer"] == "A") & (found.quotes["trait"] == "sentiment")]
    assert len(own) == 2
    assert found.scores[0, 0] == pytest.approx(own["score"].mean())


def test_the_lists_are_whole() -> None:
    for words in (words_en, words_zh):
        assert {f"sentiment: {aspect}" for aspect in words.ASPECTS} == {n for n in RUBRIC if RUBRIC[n].kind == "aspect"}
        assert set(words.CUES) == {name for name in RUBRIC if RUBRIC[name].kind == "trait"}
    assert len(english().moods.entries) > 900
    assert len(chinese().moods.entries) > 800


@pytest.mark.parametrize(
    ("trait", "segment"),
    [
        ("price_sensitivity", "bargain hunters"),
        ("family_focus", "family planners"),
        ("quality_seeking", "quality lovers"),
        ("style_seeking", "quality lovers"),
        ("gift_giving", "young gift givers"),
        ("novelty_seeking", "young gift givers"),
        ("service_need", "let down"),
    ],
)
def test_planted_attitudes_are_strongest_where_they_were_planted(
    trait: str, segment: str, planted: pd.DataFrame
) -> None:
    means = planted.groupby("planted")[trait].mean()
    assert means.idxmax() == segment
    assert means[segment] >= 0.6
    everybody = planted[planted["sentiment"].notna()]
    so = (everybody["planted"] == segment).to_numpy()
    assert auc(so, everybody[trait].fillna(-1.0).to_numpy()) >= (0.68 if trait == "novelty_seeking" else 0.78)
    known = everybody[trait].notna().to_numpy()
    if not so[known].all():
        assert auc(so[known], everybody[trait][known].to_numpy()) >= 0.9


def test_the_let_down_sound_it(planted: pd.DataFrame) -> None:
    known = planted[planted["sentiment"].notna()]
    assert auc((known["planted"] == "let down").to_numpy(), -known["sentiment"].to_numpy()) >= 0.95


@pytest.fixture(scope="module")
def planted() -> pd.DataFrame:
    frame, truth = sample(1200, seed=3)
    made = customers_of(frame)
    found = rate(made)
    table = pd.DataFrame(found.scores, index=made.frame.index, columns=list(found.names))
    return table.assign(planted=truth.reindex(table.index))


@pytest.fixture(scope="module")
def reviews() -> pd.DataFrame:
    return sample_tables(900, seed=2).tables["reviews"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sentiment_agrees_with_the_stars_of_the_shop(language: str, reviews: pd.DataFrame) -> None:
    own = reviews[reviews["text"].map(language_of_text) == language]
    ratings, _ = rate_all(own["text"].tolist())
    sentiment = pd.Series([ratings[text][0].score for text in own["text"]])
    stars = own["stars"].astype(int).reset_index(drop=True)
    clear = stars != 3
    assert auc((stars[clear] >= 4).to_numpy(), sentiment[clear].to_numpy()) >= 0.9
    assert sentiment.corr(stars, method="spearman") >= 0.35
