"""The Campaigns page: planned, kept, taken along, deleted with a way back, and read out."""

import pytest

from pages._shared import audits
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


def kept() -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def words(app) -> str:
    return " ".join(element.value for element in (*app.caption, *app.markdown, *app.warning, *app.error))


def test_without_a_study_the_page_leads_to_one(empty) -> None:
    app = empty("campaigns")
    assert not app.exception and app.button(key="empty_action")


def test_a_campaign_is_kept_taken_along_read_out_and_deleted_with_a_way_back(full) -> None:
    app = full("campaigns")
    assert not app.exception
    app.text_input(key="campaign_goal").set_value("win *back*")
    app.number_input(key="campaign_rate").set_value(4.0).run()
    assert "percentage points" in words(app)
    assert "differ from the others by 0" in words(app), "too few to be alike, and said before the campaign is kept"
    found = app.selectbox(key="campaign_address_email").value
    assert found == "email"
    app.button(key="export_campaign").click().run()
    assert not app.exception
    (campaign,) = kept().campaigns
    assert campaign.address == found and {note.code for note in campaign.notes} >= {"held_unlike"}
    assert campaign.baseline == pytest.approx(0.04) and campaign.goal == "win *back*"
    place = campaign.id
    downloads = {button.key for button in app.download_button}
    assert {f"campaign_{code}.{place}" for code in ("csv", "docx", "html", "md")} <= downloads
    # A wrong file keeps everything, a right one is read.
    app.file_uploader(key=f"results.{place}").upload("wrong.csv", b"customer_id,outcome\nnobody,1\nno one,0\n").run()
    app.button(key=f"results_read.{place}").click().run()
    assert "Nobody in this file is in the campaign" in words(app) and kept().campaigns == (campaign,)
    treated = "\n".join(f"{id_},1" for cell in campaign.cells for id_ in cell.treated)
    file = f"customer_id,outcome\n{treated}\n".encode()
    app.file_uploader(key=f"results.{place}").upload("right.csv", file).run()
    app.button(key=f"results_read.{place}").click().run()
    assert not app.exception
    overall = kept().campaigns[0].readout.uplifts[0]
    assert overall.difference == pytest.approx(1.0) and overall.tells
    app.button(key=f"campaign_delete.{place}").click().run()
    assert kept().campaigns == ()
    app.button(key="undo_kept").click().run()
    assert [one.id for one in kept().campaigns] == [place]


def test_the_warning_of_the_proxy_audit_stands_on_this_page(full, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(audits, "warn", lambda study: seen.append("page"))
    monkeypatch.setattr(audits, "warn_of", seen.append)
    app = full("campaigns")
    assert not app.exception
    assert seen == ["page", "S1"]
