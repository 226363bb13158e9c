"""Messages on the Personas page: briefed, written, read, edited in place, taken along."""

from pages._shared import messagecards, messageform
from segment_core.artifacts import silent
from segment_core.contents import CHANNELS
from segment_core.store import Workspace, default_folder
from segment_core.study import Study
from segment_core.writing_contents import WRITE, write_contents


def kept() -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def written(**more: object) -> None:
    workspace = Workspace(default_folder())
    args = {
        "workspace": str(workspace.folder),
        "study": workspace.studies()[0].id,
        "writer": {"name": "builtin", "options": {}},
        "brief": {"offer": "10 % off", "brand": "*Oak*"},
    }
    write_contents(args | more, {}, silent)


def words(app) -> str:
    return " ".join(element.value for element in (*app.caption, *app.markdown, *app.warning))


def test_without_messages_the_page_says_what_to_do(full) -> None:
    app = full("personas", part="messages")
    assert not app.exception
    assert "No messages are written yet" in words(app)
    assert not app.button(key="write_messages").disabled


def test_the_brief_goes_to_the_writer(full, started) -> None:
    app = full("personas", part="messages")
    app.text_input(key="message_goal").set_value("win back")
    app.text_area(key="message_offer").set_value("10 % off")
    app.text_input(key="message_avoid").set_value("cheap, deal").run()
    app.button(key="write_messages").click().run()
    (task, args) = started[-1]
    assert task == WRITE
    assert args["brief"] | {"goal": "win back", "offer": "10 % off", "avoid": "cheap, deal"} == args["brief"]
    assert args["channels"] == list(CHANNELS) and args["only"] == [] and args["variant"] == 0
    assert args["writer"]["name"] == "builtin"


def test_without_a_channel_nothing_can_be_written(full) -> None:
    app = full("personas", part="messages")
    app.button_group(key="message_channels").set_value([]).run()
    assert app.button(key="write_messages").disabled


def test_variants_stand_side_by_side_with_counts_as_the_channel_counts(full) -> None:
    app = full("personas", part="messages")
    written()
    app.run()
    assert not app.exception
    said = words(app)
    assert "of 60 · Email subject" in said and "of 160 · SMS text · 1 part" in said and "of 30 · Ad headline 1" in said
    assert len(app.code) == 3 * sum(map(len, CHANNELS.values()))
    assert any("10 % off" in code.value and "*Oak*" in code.value for code in app.code)
    assert app.text_input(key="message_brand").value in ("", "*Oak*")


def test_an_edit_is_warned_about_kept_and_remembered(full) -> None:
    app = full("personas", part="messages")
    written(channels=["email"])
    app.run()
    place = "S1.email.1"
    app.toggle(key=f"message_edit.{place}").set_value(True).run()
    app.text_area(key=f"message_line.{place}.subject").set_value("Free delivery " + "and more " * 10).run()
    said = words(app)
    assert "of 60 · Email subject" in said and "Too long for its channel" in said and "Promise nothing" in said
    app.button(key=f"message_save.{place}").click().run()
    assert not app.exception
    piece = kept().contents.of("S1", "email")[0]
    assert piece.lines["subject"].author == "analyst" and piece.lines["body"].author == "builtin"
    assert kept().history[-1].contents.of("S1", "email")[0].lines["subject"].author == "builtin"
    assert "Promise nothing" in words(app) and "you" in words(app)


def test_saving_what_was_not_changed_changes_nothing(full) -> None:
    full("personas", part="messages")
    written()
    found = kept().contents
    piece = found.pieces[0]
    texts = {name: claim.text for name, claim in piece.lines.items()}
    assert messagecards.edited(found, (piece.segment, piece.channel, piece.variant), texts) == found
    assert messagecards.edited(found, (piece.segment, piece.channel, piece.variant), dict.fromkeys(texts, " ")) == found


def test_another_one_asks_for_that_variant_alone(full, started) -> None:
    app = full("personas", part="messages")
    written(channels=["sms"])
    app.run()
    app.button(key="message_again.S1.sms.2").click().run()
    (task, args) = started[-1]
    assert (task, args["only"], args["channels"], args["variant"]) == (WRITE, ["S1"], ["sms"], 2)
    assert args["writer"]["options"]["turn"] == 1


def test_a_chip_says_why_and_leads_to_the_customers(full) -> None:
    app = full("personas", part="messages")
    written(channels=["push"])
    app.run()
    app.session_state["message_chip.S1.push.1"] = True
    app.run()
    assert not app.exception
    cited = [button for button in app.button if (button.key or "").startswith("message_chip.S1.push.1.")]
    app.button(key=cited[0].key).click().run()
    assert app.title[0].value == "Explore"


def test_three_files_can_be_taken_along(full) -> None:
    app = full("personas", part="messages")
    written()
    app.run()
    assert {"messages_csv", "messages_md", "messages_html"} <= {button.key for button in app.download_button}


def test_a_model_shows_what_would_leave_before_it_can_be_asked(full) -> None:
    app = full("personas", part="messages")
    app.selectbox(key="message_writer").set_value("model").run()
    assert app.button(key="write_messages").disabled
    app.text_input(key="message_writer.model.url").set_value("http://127.0.0.1:9/v1")
    app.text_input(key="message_writer.model.model").set_value("small").run()
    assert not app.exception
    assert not app.button(key="write_messages").disabled
    assert any("You write marketing messages" in code.value for code in app.code)


def test_every_channel_and_line_has_a_name() -> None:
    for channel, lines in CHANNELS.items():
        assert messageform.channel_name(channel)
        assert all(messageform.line_name(channel, line) for line in lines)
