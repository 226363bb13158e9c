"""The Personas page: cards whose sentences show their evidence, and edits that are kept."""

import pytest

from pages._shared import editing, jobs, state
from pages._shared.words import plain
from segment_core import grounding, tasks
from segment_core.artifacts import Claim, Evidence, EvidenceItem, Note, Persona
from segment_core.messages import say
from segment_core.store import Workspace, default_folder
from segment_core.study import Study

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


def edit(**texts: object) -> Persona:
    given = {"name": PERSONA.name, "tagline": "Well paid.", "sections": {}} | texts
    return editing.edited(PERSONA, SHEET, "en", **given)


def test_what_was_not_changed_is_not_the_analysts() -> None:
    assert edit(sections={"who": [f"They earn more: {FIGURE}", "They stay.", ""]}) == PERSONA


def test_a_changed_sentence_is_the_analysts_and_its_figure_stays_tied_to_the_evidence() -> None:
    first, second = edit(sections={"who": [f"They earn a lot: {FIGURE}", "They stay."]}).who
    assert first == Claim("They earn a lot: ⟦S1.f1⟧", ("S1.f1",), author="analyst")
    assert second.author == "builtin"


def test_an_emptied_sentence_goes_and_a_new_one_comes() -> None:
    found = edit(sections={"who": ["", "They stay.", "  Mostly\nparents. "], "needs": [" "]})
    assert [claim.text for claim in found.who] == ["They stay.", "Mostly parents."]
    assert found.who[1].author == "analyst"
    assert found.needs == ()


def test_a_name_cannot_be_emptied() -> None:
    assert edit(name=" ", tagline=" ") == PERSONA
    named = edit(name="Big spenders")
    assert (named.name, named.name_author) == ("Big spenders", "analyst")


def test_empty_page_leads_back_to_the_data(empty) -> None:
    app = empty("personas")
    assert not app.exception
    app.button(key="empty_action").click().run()
    assert app.title[0].value == "Data"


def test_full_page_has_a_card_a_segment(full) -> None:
    app = full("personas")
    assert not app.exception
    assert len(app.subheader) == 4
    texts = " ".join(element.value for element in app.markdown)
    assert "all customers" in texts and "⟦" not in texts
    assert "built-in writer" in " ".join(caption.value for caption in app.caption)


def test_a_chip_opens_the_figure_and_leads_to_its_customers(full) -> None:
    app = full("personas")
    app.session_state["chip.S1.who"] = True
    app.run()
    assert not app.exception
    cited = [button for button in app.button if button.key.startswith("chip.S1.who.")]
    app.button(key=cited[0].key).click().run()
    assert app.title[0].value == "Explore"
    study = kept()
    assert set(app.session_state[state.SELECTION]) <= set(study.customers.frame.index[study.clustering.ids == "S1"])
    assert app.metric[0].label == "Selected customers"


def test_an_edit_is_kept_shown_and_undone(full) -> None:
    before = kept().personas
    app = full("personas")
    app.toggle(key="edit.S1").set_value(True).run()
    app.text_input(key="edit.S1.name").set_value("Early *birds*")
    app.text_area(key="edit.S1.who.0").set_value("They come before nine.")
    app.button(key="edit.S1.save").click().run()
    assert not app.exception
    assert not app.toggle(key="edit.S1").value
    assert app.subheader[0].value.endswith("Early \\*birds\\*")
    persona = kept().personas.of("S1")
    assert (persona.name, persona.name_author) == ("Early *birds*", "analyst")
    assert persona.who[0] == Claim(
        "They come before nine.", before.of("S1").who[0].evidence, before.of("S1").who[0].quote, "analyst"
    )
    app.button(key="undo").click().run()
    assert kept().personas == before
    assert "undo" not in {button.key for button in app.button}


def test_an_edit_survives_writing_all_again(full) -> None:
    app = full("personas")
    app.toggle(key="edit.S2").set_value(True).run()
    app.text_input(key="edit.S2.name").set_value("Night owls")
    app.button(key="edit.S2.save").click().run()
    workspace = Workspace(default_folder())
    args = {
        "workspace": str(workspace.folder),
        "study": workspace.studies()[0].id,
        "personas": {"name": "builtin", "options": {"language": "zh"}},
        "only": [],
    }
    tasks.write_personas(args, {}, lambda done, total, note: None)
    app.run()
    assert not app.exception
    assert app.subheader[1].value.endswith("Night owls")
    assert kept().personas.of("S1").name != "Night owls"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict]]:
    """Note the jobs that are started instead of starting them."""
    found: list[tuple[str, dict]] = []
    monkeypatch.setattr(jobs, "start", lambda task, args: found.append((task, dict(args))))
    return found


def test_one_or_all_are_written_again_with_the_chosen_writer(full, started) -> None:
    app = full("personas")
    app.selectbox(key="writer.builtin.language").set_value("zh").run()
    app.button(key="rewrite.S3").click().run()
    app.button(key="write").click().run()
    assert not app.exception
    one, everyone = (args for task, args in started if task == jobs.WRITE_PERSONAS)
    assert one["only"] == ["S3"] and everyone["only"] == []
    assert one["personas"] == {"name": "builtin", "options": {"language": "zh"}}


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
    from dataclasses import replace

    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    study = kept()
    note = Note("figure", say("The sentence has the figure {figure}, which no fact carries.", figure="73 %"))
    personas = replace(study.personas, notes=(note,))
    workspace.save_study(entry.id, replace(study, personas=personas), summary=dict(entry.summary))
    app = full("personas")
    assert any("73" in element.value and "no fact" in element.value for element in app.markdown)


def test_a_model_that_failed_is_said_outright(full) -> None:
    from dataclasses import replace

    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    study = kept()
    note = Note("model-failed", say("The server does not answer."), level="warning")
    personas = replace(study.personas, notes=(note,))
    workspace.save_study(entry.id, replace(study, personas=personas), summary=dict(entry.summary))
    app = full("personas")
    assert [element.value for element in app.warning] == [plain("The server does not answer.")]
    assert not any("What the checker did" in element.label for element in app.expander)
