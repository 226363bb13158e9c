"""The Personas page: cards whose sentences show their evidence, and edits that are kept."""

import html
import re
from dataclasses import replace

import pandas as pd
import pytest

from pages._shared import booklets, editing, jobs, personagrid, sections, state, versions, view
from pages._shared import evidence as shown
from pages._shared.tallies import BLIND
from pages._shared.words import plain
from segment_core import grounding, tasks
from segment_core.artifacts import (
    SECTIONS,
    Brief,
    Claim,
    Contents,
    Customers,
    Evidence,
    EvidenceItem,
    Note,
    Persona,
    Personas,
    Piece,
    Step,
    Tally,
    Version,
)
from segment_core.exporting import personas_html, personas_markdown
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.store import Workspace, default_folder
from segment_core.study import MOST_VERSIONS, Study

SHEET = Evidence(
    (EvidenceItem("S1.f1", "S1", "median", "Income", "over", 10, "Income", 58138.0, 51381.0, effect=0.4),), {}, {}, 100
)
FIGURE = grounding.figure(SHEET.items[0])
PERSONA = Persona(
    "S1",
    "High income",
    ("S1.f1",),
    Claim("Well paid.", ("S1.f1",)),
    (Claim("They earn more: ⟦S1.f1⟧", ("S1.f1",)), Claim("They stay.")),
    *([(Claim("As ever."),)] * 4),
)


def kept() -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def edit(part: str, *texts: str) -> Persona:
    return editing.edited(PERSONA, part, texts, SHEET, "en")


def test_what_was_not_changed_is_not_the_analysts() -> None:
    assert edit("who", f"They earn more: {FIGURE}", "They stay.", "") == PERSONA


def test_a_changed_sentence_is_the_analysts_and_its_figure_stays_tied_to_the_evidence() -> None:
    first, second = edit("who", f"They earn a lot: {FIGURE}", "They stay.").who
    assert first == Claim("They earn a lot: ⟦S1.f1⟧", ("S1.f1",), author="analyst")
    assert second.author == "builtin"


def test_an_emptied_sentence_goes_and_a_new_one_comes() -> None:
    found = edit("who", "", "They stay.", "  Mostly\nparents. ")
    assert [claim.text for claim in found.who] == ["They stay.", "Mostly parents."]
    assert found.who[1].author == "analyst"
    assert edit("needs", " ").needs == ()


def test_a_name_and_a_tagline_cannot_be_emptied() -> None:
    assert edit("name", " ") == PERSONA == edit("tagline", " ")
    named = edit("name", "Big spenders")
    assert (named.name, named.name_author) == ("Big spenders", "analyst")


def codes(part: str, claim: Claim, text: str) -> set[str]:
    found = editing.problems(PERSONA, part, claim, text, evidence=SHEET, language="en")
    return {problem.code for problem in found}


def test_the_analyst_is_told_what_a_writer_could_not_say() -> None:
    claim = PERSONA.who[0]
    assert codes("who", claim, f"They earn more: {FIGURE}") == set()  # as it was
    assert codes("who", claim, f"They earn a lot more: {FIGURE}") == set()  # its figure is still the evidence's
    assert "digit" in codes("who", claim, "They earn 99 more.")
    assert {"cause", "no-evidence"} <= codes("who", Claim(""), "They buy because of the rain.")
    assert "no-evidence" not in codes("tone", Claim(""), "Speak plainly.")
    assert "digit" in codes("name", Claim(""), "The 99")
    assert codes("name", Claim(""), "High income") == set()


def personas_of(*persons: Persona) -> Personas:
    return Personas(persons, Step("builtin"))


OTHER = replace(PERSONA, segment="S2", name="Night owls")
THEN = Version(10.0, say("Then"), personas_of(PERSONA, OTHER))


def test_a_difference_names_the_sentences_that_went_and_came() -> None:
    after = Version(20.0, say("Now"), personas_of(edit("who", "They left."), OTHER))
    (found,) = versions.differences(THEN, after, SHEET, "en")
    assert (found.segment, found.part, found.after) == ("S1", "who", ("They left.",))
    assert found.before == (f"They earn more: {FIGURE}", "They stay.")
    assert versions.differences(THEN, after, SHEET, "en", "S2") == []


def piece(segment: str, text: str) -> Piece:
    return Piece(segment, "sms", 1, {"text": Claim(text)})


def messages(*pieces: Piece) -> Contents:
    return Contents(pieces, Brief(), Step("builtin"))


def a_study(personas: Personas, contents: Contents | None, history: tuple[Version, ...]) -> Study:
    study = Study(Plan(), Plan(), Customers(pd.DataFrame(index=["c1"]), (), "id", 1), "shop.csv")
    return study.having(evidence=SHEET, personas=personas, contents=contents, history=history)


def test_restoring_one_segment_leaves_the_others_and_their_messages() -> None:
    then = replace(THEN, contents=messages(piece("S1", "old 1"), piece("S2", "old 2")))
    here = personas_of(replace(PERSONA, name="New 1"), replace(OTHER, name="New 2"))
    study = a_study(here, messages(piece("S1", "new 1"), piece("S2", "new 2")), (then,))
    one = versions.restored(study, then, "S1")
    assert [persona.name for persona in one["personas"].personas] == ["High income", "New 2"]
    assert [each.lines["text"].text for each in one["contents"].pieces] == ["old 1", "new 2"]
    assert versions.restored(study, then) == {"personas": then.personas, "contents": then.contents}
    assert "contents" not in versions.restored(study, THEN)  # there were no messages yet: those of now stay


def test_when_a_part_was_edited_is_read_from_the_history() -> None:
    later = Version(30.0, say("Later"), personas_of(edit("who", "They left."), OTHER))
    study = a_study(personas_of(replace(edit("who", "They left."), name="New"), OTHER), None, (THEN, later))
    assert versions.edited_at(study, "S1", "who") == 10.0
    assert versions.edited_at(study, "S1", "name") == 30.0
    assert versions.edited_at(study, "S2", "who") is None


def test_empty_page_leads_back_to_the_data(empty) -> None:
    app = empty("personas")
    assert not app.exception
    app.button(key="empty_action").click().run()
    assert app.title[0].value == "Data"


def opened(full, segment: str):
    """Open the page with one segment over its whole width."""
    app = full("personas")
    app.session_state[view.PERSONA] = segment
    return app.run()


def typed(app, segment: str, part: str, *texts: str):
    """Edit a part of a persona and save it."""
    app.button(key=f"edit.{segment}.{part}").click().run()
    for number, text in enumerate(texts):
        boxes = app.text_input if part == "name" else app.text_area
        boxes(key=f"part.{segment}.{part}.{number}").set_value(text).run()
    app.button(key=f"part.{segment}.{part}.save").click().run()
    assert not app.exception
    return app


def written(segment: str = "", part: str = "", language: str = "zh") -> None:
    """Let the built-in writer write again, as the worker would."""
    workspace = Workspace(default_folder())
    args = {
        "workspace": str(workspace.folder),
        "study": workspace.studies()[0].id,
        "personas": {"name": "builtin", "options": {"language": language}},
        "only": [segment] if segment else [],
        "part": part,
    }
    tasks.write_personas(args, {}, lambda done, total, note: None)


def test_full_page_has_a_card_a_segment(full) -> None:
    app = full("personas")
    assert not app.exception
    assert len(app.subheader) == 4
    texts = " ".join(element.value for element in app.markdown)
    assert "all customers" in texts and "⟦" not in texts
    assert "built-in writer" in " ".join(caption.value for caption in app.caption)
    assert len(app.get("plotly_chart")) == 4


def test_many_segments_come_a_page_at_a_time(full, monkeypatch) -> None:
    monkeypatch.setattr(personagrid, "A_PAGE", 3)
    app = full("personas")
    assert len(app.subheader) == 3
    app.session_state["persona_cards.2"] = 2
    app.run()
    assert not app.exception and len(app.subheader) == 1


def test_a_card_opens_over_the_whole_width_and_the_next_one_follows(full) -> None:
    app = full("personas")
    app.button(key="open.S2").click().run()
    assert not app.exception
    persona = kept().personas.of("S2")
    assert app.header[0].value.endswith(plain(persona.name))
    assert not app.subheader
    headings = " ".join(element.value for element in app.markdown)
    for section in (each for each in SECTIONS if persona.section(each)):
        assert f"**{sections.title(section)}**" in headings
    assert "advice, not data" in headings
    app.button(key="persona_next").click().run()
    assert app.header[0].value.endswith(plain(kept().personas.of("S3").name))


def test_every_sentence_leads_to_as_many_customers_as_it_counts(full) -> None:
    study, app = kept(), opened(full, "S1")
    persona, data = study.personas.of("S1"), study.customers.frame
    inside = set(data.index[study.clustering.ids == "S1"])
    n_looked = 0
    for section in SECTIONS:
        for claim in persona.section(section):
            for cited in claim.evidence:
                item = study.evidence.item(cited)
                found = set(data.index[shown.behind(item, study)])
                assert found <= inside and found
                if item.kind == "quote":
                    assert found == {item.source}
                elif item.kind == "share":
                    assert len(found) == round(item.value * item.n)
                elif item.kind != "term":
                    assert len(found) == item.n
                n_looked += 1
    assert n_looked > 8
    claim = persona.who[0]
    item = study.evidence.item(claim.evidence[-1])
    app.session_state["chip.S1.who.0"] = True
    app.run()
    said = " ".join(caption.value for caption in app.caption)
    assert "95 % confidence" in said and f"Customers counted: {item.n:,}." in said
    app.button(key=f"chip.S1.who.0.{item.id}.customers").click().run()
    assert app.title[0].value == "Explore"
    assert set(app.session_state[state.SELECTION]) == set(data.index[shown.behind(item, study)])
    assert app.metric[0].label == "Selected customers"


def test_an_edit_is_kept_marked_dated_and_undone(full) -> None:
    before = kept().personas
    app = typed(opened(full, "S1"), "S1", "who", "They come before nine.")
    persona = kept().personas.of("S1")
    first = before.of("S1").who[0]
    assert persona.who[0] == Claim("They come before nine.", first.evidence, first.quote, "analyst")
    assert persona.who[1:] == before.of("S1").who[1:]
    assert any("edited by you, 20" in caption.value for caption in app.caption)
    (version,) = kept().history
    assert version.personas == before
    app.button(key="undo_kept").click().run()
    assert kept().personas == before and not kept().history
    assert "undo_kept" not in {button.key for button in app.button}


def test_a_name_by_hand_is_shown_as_it_was_typed(full) -> None:
    app = typed(opened(full, "S1"), "S1", "name", "Early *birds*")
    assert app.header[0].value.endswith("Early \\*birds\\*")
    persona = kept().personas.of("S1")
    assert (persona.name, persona.name_author) == ("Early *birds*", "analyst")


def test_a_sentence_is_removed_and_another_added(full) -> None:
    app, before = opened(full, "S1"), kept().personas.of("S1").who
    app.button(key="edit.S1.who").click().run()
    app.button(key="part.S1.who.0.remove").click().run()
    app.text_area(key=f"part.S1.who.{len(before)}").set_value("They whistle.").run()
    assert app.text_area(key=f"part.S1.who.{len(before) + 1}").value == ""  # room for one more
    app.button(key="part.S1.who.save").click().run()
    after = kept().personas.of("S1").who
    assert after[:-1] == before[1:] and after[-1] == Claim("They whistle.", author="analyst")


def test_what_a_writer_could_not_say_is_told_while_typing_and_saved_all_the_same(full) -> None:
    app = opened(full, "S1")
    app.button(key="edit.S1.who").click().run()
    app.text_area(key="part.S1.who.0").set_value("They are 30 because of the rain.").run()
    told = [caption.value for caption in app.caption if "A writer could not say this" in caption.value]
    assert len(told) == 1 and "claims a cause" in told[0] and "a figure that is not filled in" in told[0]
    app.button(key="part.S1.who.save").click().run()
    assert kept().personas.of("S1").who[0].text == "They are 30 because of the rain."


def test_cancelling_leaves_a_part_as_it_was(full) -> None:
    app, before = opened(full, "S1"), kept().personas
    app.button(key="edit.S1.who").click().run()
    app.text_area(key="part.S1.who.0").set_value("Not this.").run()
    app.button(key="part.S1.who.cancel").click().run()
    assert kept().personas == before and not app.text_area


def test_edits_survive_writing_another_part_and_writing_all(full) -> None:
    app = typed(opened(full, "S2"), "S2", "name", "Night owls")
    typed(app, "S2", "who", "They come at night.")
    for part in ("needs", ""):
        written("S2" if part else "", part)
        app.run()
        persona = kept().personas.of("S2")
        assert not app.exception
        assert persona.name == "Night owls" and persona.who[0].text == "They come at night."
        assert app.header[0].value.endswith("Night owls")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in kept().personas.of("S1").tagline.text)  # written anew


def test_the_history_brings_a_version_back_and_remembers_that_too(full) -> None:
    first = kept().personas
    app = typed(opened(full, "S1"), "S1", "name", "Early birds")
    typed(app, "S1", "who", "They come before nine.")
    app.session_state["history"] = True
    app.run()
    shown_now = " ".join(element.value for element in app.markdown)
    assert "They come before nine" in shown_now and plain(first.of("S1").who[0].text.split("⟦")[0]) in shown_now
    app.selectbox(key="history.version.2").set_value(0).run()
    app.button(key="restore.S1").click().run()
    assert not app.exception
    study = kept()
    assert study.personas.of("S1") == first.of("S1")
    assert len(study.history) == 3 and study.history[-1].personas.of("S1").name == "Early birds"
    app.selectbox(key="history.version.3").set_value(2).run()
    app.button(key="restore").click().run()
    assert kept().personas.of("S1").who[0].text == "They come before nine."
    app.button(key="undo_kept").click().run()
    assert kept().personas.of("S1") == first.of("S1") and len(kept().history) == 3


def test_fifty_edits_are_kept_without_fifty_copies_and_each_comes_back_whole() -> None:
    study = a_study(personas_of(PERSONA, OTHER), messages(piece("S1", "first"), piece("S2", "second")), ())
    states = []
    for number in range(MOST_VERSIONS + 3):
        states.append((study.personas, study.contents))
        changed = replace(PERSONA if number % 2 else OTHER, name=f"Name {number}")
        pieces = messages(piece("S1", f"text {number}"), *study.contents.of("S2"))
        study = study.remembering(say("Change {n}.", n=number))
        study = study.having(personas=editing.replaced(study.personas, changed), contents=pieces)
    assert len(study.history) == MOST_VERSIONS
    for number, (personas, contents) in enumerate(states[-MOST_VERSIONS:]):
        found = study.version(number)
        assert (found.personas, found.contents) == (personas, contents)
    assert sum(len(version.personas.personas) for version in study.history) == MOST_VERSIONS + 1


def test_what_customers_wrote_is_text_on_the_page_and_in_every_file(full) -> None:
    bad = "<img src=x onerror=alert(1)> [click](http://evil.example) $x$ :red[x] www.evil.example"
    workspace = Workspace(default_folder())
    entry, study = workspace.studies()[0], kept()
    quoted = next(claim.quote for claim in study.personas.of("S1").claims if claim.quote)
    items = tuple(
        replace(item, text=bad) if item.id == quoted else replace(item, label=bad) if item.id == "S1.f2" else item
        for item in study.evidence.items
    )
    persona = replace(study.personas.of("S1"), name=bad)
    study = replace(study, evidence=replace(study.evidence, items=items), source=bad)
    study = replace(study, personas=editing.replaced(study.personas, persona))
    workspace.save_study(entry.id, study, summary=dict(entry.summary))
    app = opened(full, "S1")
    assert not app.exception
    drawn = [element.value for element in (*app.markdown, *app.header, *app.caption, *app.subheader)]
    assert any("onerror" in text for text in drawn)
    drawn = [text.replace("\\<img", "") for text in drawn]
    assert not any("<img" in text or "](http" in text or "$x$" in text or ":red[x]" in text for text in drawn)
    assert any(bad in element.value for element in app.text)  # the quote, as text
    page = personas_html(study)
    assert "&lt;img" in page and "<img" not in page and "<script" not in page and "default-src &#x27;none" not in page
    markdown = personas_markdown(study)
    bare = re.sub(r"`[^`\n]*`", "", markdown)  # an address may stand as code, where it is no link
    assert "<img" not in bare.replace("\\<img", "") and "](http" not in bare and "www.evil" not in bare


def test_the_page_to_print_holds_every_sentence_in_the_language_of_the_page(full) -> None:
    app = opened(full, "S1")
    app.session_state["booklets"] = True
    app.run()
    assert not app.exception
    study = kept()
    page = personas_html(study, tell=booklets.teller("zh"), language="zh", colours=("#0E78FE",))
    persona = study.personas.of("S2")
    assert html.escape(persona.name) in page and "#0E78FE" in page
    for claim in persona.claims:
        assert html.escape(grounding.render(claim.text, study.evidence, "zh")) in page
    assert personas_markdown(study).count("\n## ") == 4


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict]]:
    """Note the jobs that are started instead of starting them."""
    found: list[tuple[str, dict]] = []
    monkeypatch.setattr(jobs, "start", lambda task, args: found.append((task, dict(args))))
    return found


def test_a_part_a_segment_or_all_are_written_again_with_the_chosen_writer(full, started) -> None:
    app = opened(full, "S3")
    app.selectbox(key="writer.builtin.language").set_value("zh").run()
    for key in ("rewrite.S3.needs", "rewrite.S3.name", "rewrite.S3", "write"):
        app.button(key=key).click().run()
    assert not app.exception
    asked = [(args["only"], args["part"]) for task, args in started if task == jobs.WRITE_PERSONAS]
    assert asked == [(["S3"], "needs"), (["S3"], "name"), (["S3"], ""), ([], "")]
    assert started[0][1]["personas"] == {"name": "builtin", "options": {"language": "zh"}}


def test_the_button_says_that_ones_own_words_stay(full) -> None:
    app = opened(full, "S1")
    assert "What you wrote here yourself stays" not in app.button(key="rewrite.S1.who").help
    typed(app, "S1", "who", "They come before nine.")
    assert "What you wrote here yourself stays" in app.button(key="rewrite.S1.who").help
    assert "What you wrote here yourself stays" not in app.button(key="rewrite.S1.needs").help


def test_a_model_writes_a_part_only_after_what_leaves_was_shown(full, started) -> None:
    app = opened(full, "S1")
    app.selectbox(key="writer").set_value("model").run()
    assert app.button(key="rewrite.S1.needs").disabled
    app.text_input(key="writer.model.url").set_value("http://127.0.0.1:9/v1").run()
    app.text_input(key="writer.model.model").set_value("tiny").run()
    app.button(key="rewrite.S1.needs").click().run()
    assert not app.exception and started == []
    app.button(key="send.S1.needs").click().run()
    (task, args), *others = started
    assert not others and task == jobs.WRITE_PERSONAS and (args["only"], args["part"]) == (["S1"], "needs")
    assert "send.S1.needs" not in {button.key for button in app.button}


def test_what_a_model_would_be_sent_is_shown_before_it_is_asked(full, started) -> None:
    app = full("personas")
    app.selectbox(key="writer").set_value("model").run()
    assert not app.exception
    assert app.button(key="write").disabled
    app.text_input(key="writer.model.url").set_value("http://127.0.0.1:9/v1").run()
    app.text_input(key="writer.model.model").set_value("tiny").run()
    assert not app.exception
    assert not app.button(key="write").disabled
    payload = app.code[0].value
    study = kept()
    assert '"S1"' in payload and "S1.f1" in payload
    assert not any(str(customer) in payload for customer in study.customers.frame.index)
    assert started == []


def test_what_the_checker_refused_is_listed(full) -> None:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    study = kept()
    note = Note("figure", say("The sentence has the figure {figure}, which no fact carries.", figure="73 %"))
    personas = replace(study.personas, notes=(note,))
    workspace.save_study(entry.id, replace(study, personas=personas), summary=dict(entry.summary))
    app = full("personas")
    assert any("73" in element.value and "no fact" in element.value for element in app.markdown)


def test_how_a_models_sentences_fared_is_shown_in_shares(full) -> None:
    workspace = Workspace(default_folder())
    entry, study = workspace.studies()[0], kept()
    found = replace(study.personas, tally=Tally(first=80, mended=12, dropped=8, filled=8))
    workspace.save_study(entry.id, replace(study, personas=found), summary=dict(entry.summary))
    app = full("personas")
    assert [metric.value for metric in app.metric] == ["80%", "12%", "8%", "8%"]
    assert "Filled by the built-in writer" in {metric.label for metric in app.metric}


def test_the_help_lists_what_the_checker_cannot_see(full) -> None:
    app = full("personas")
    texts = " ".join(element.value for element in app.markdown)
    for message in BLIND:
        assert plain(str(message)) in texts


def test_a_model_that_failed_is_said_outright(full) -> None:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    study = kept()
    note = Note("model-failed", say("The server does not answer."), level="warning")
    personas = replace(study.personas, notes=(note,))
    workspace.save_study(entry.id, replace(study, personas=personas), summary=dict(entry.summary))
    app = full("personas")
    assert [element.value for element in app.warning] == [plain("The server does not answer.")]
    assert not any("What the checker did" in element.label for element in app.expander)
