"""The roles of the office as groups of duties (permission codenames of the apps above)."""

from django.db import models


class Role(models.TextChoices):
    """Names of the groups; a person may hold several."""

    OFFICER = "petugas", "Petugas"
    SECTION_HEAD = "kepala_seksi", "Kepala Seksi"
    VERIFIER = "verifikator", "Verifikator (meja PPID)"
    PPID = "ppid", "PPID"
    # Not the Kepala Kantor's by itself: where the head is the PPID, the superior sits higher up.
    PPID_SUPERIOR = "atasan_ppid", "Atasan PPID"
    OFFICE_HEAD = "kepala_kantor", "Kepala Kantor"
    YANKOMAS = "yankomas", "Petugas Yankomas"
    HUMAS = "humas", "Tim Humas"
    ADMINISTRATOR = "administrator", "Administrator"


def all_of(*models: str) -> set[str]:
    """May see, add and change these tables."""
    return {f"{verb}_{model}" for model in models for verb in ("add", "change", "view")}


# May turn what they answered into a draft for the team.
PROPOSES = {"propose_item", "view_item"}
# May tell everybody at once and alone: an outage does not wait for a second person.
ANNOUNCES = {"view_announcement", "approve_announcement", "announce_now"}
KEEPS_THE_LISTS = all_of("publicinformation", "exclusion")
# Settles what people ask about their data, keeps the breach register, signs what is destroyed.
PROTECTS_DATA = {
    "handle_subject_request",
    "correct_identity",
    "redact_case",
    "keep_breaches",
    "sign_retention",
}

# Reads the reports of the PPID and the figures behind them.
READS_REPORTS = {"view_report"}
# Prepares the monthly evaluation meeting and keeps its minutes.
WRITES_MEETINGS = {"write_meeting"}

# Keeps the figures of every way in that is neither a case nor a visit.
READS_TALLIES = {"view_tally"}
KEEPS_TALLIES = {"enter_tally", *READS_TALLIES}
# Reads what people wrote into the survey's box, and prints its QR codes.
KEEPS_SURVEYS = {"sort_comments", "keep_survey_counters"}
# Writes the report of a survey; publishing puts its result before everybody.
WRITES_SURVEYS = {"write_survey_report"}
PUBLISHES_SURVEYS = {*WRITES_SURVEYS, "publish_survey_report"}

# Every role that touches cases reads them through Case.objects.visible_to(user).
DUTIES: dict[Role, set[str]] = {
    Role.OFFICER: {"view_case", "work_case", "reveal_identity", *PROPOSES},
    Role.SECTION_HEAD: {
        *READS_TALLIES,
        *READS_REPORTS,
        *WRITES_MEETINGS,
        "view_case",
        "work_case",
        "assign_case",
        "approve_answer",
        "close_case",
        "reveal_identity",
        "export_case",
        "head_section",
        "check_decision",
        "extend_case",
        *PROPOSES,
        *ANNOUNCES,
    },
    Role.VERIFIER: {
        *KEEPS_TALLIES,
        *READS_REPORTS,
        *WRITES_SURVEYS,
        *WRITES_MEETINGS,
        "view_case",
        "view_all_cases",
        "verify_case",
        "assign_case",
        "close_case",
        "decide_due_changes",
        "reveal_identity",
        "reveal_confidential_identity",
        "export_case",
        "view_visit",
        "export_visit",
        "enter_request",
        *PROPOSES,
    },
    Role.PPID: {
        *KEEPS_TALLIES,
        *READS_REPORTS,
        *WRITES_MEETINGS,
        "sign_meeting",
        "write_report",
        "publish_report",
        "freeze_recap",
        *PUBLISHES_SURVEYS,
        "view_case",
        "view_all_cases",
        "assign_case",
        "approve_answer",
        "close_case",
        "decide_due_changes",
        "reveal_identity",
        "export_case",
        "view_visit",
        "export_visit",
        "enter_request",
        *PROPOSES,
        *ANNOUNCES,
        "approve_item",
        *KEEPS_THE_LISTS,
        *KEEPS_SURVEYS,
        "sign_decision",
        "extend_case",
        "record_dispute",
        *PROTECTS_DATA,
    },
    Role.PPID_SUPERIOR: {
        *READS_TALLIES,
        *READS_REPORTS,
        "view_case",
        "view_all_cases",
        "decide_objection",
        "record_dispute",
        "reveal_identity",
        "export_case",
    },
    Role.OFFICE_HEAD: {
        *READS_TALLIES,
        *READS_REPORTS,
        "freeze_recap",
        *PUBLISHES_SURVEYS,
        *WRITES_MEETINGS,
        "sign_meeting",
        "view_case",
        "view_all_cases",
        "assign_case",
        "approve_answer",
        "close_case",
        "reveal_identity",
        "reveal_confidential_identity",
        "export_case",
        "view_visit",
        "export_visit",
        *PROPOSES,
        *ANNOUNCES,
        "approve_item",
        "view_publicinformation",
        "view_exclusion",
        "sort_comments",
        *PROTECTS_DATA,
    },
    Role.YANKOMAS: {
        "serve_visit",
        "view_visit",
        "enter_request",
        "keep_survey_counters",
        *KEEPS_TALLIES,
        *PROPOSES,
    },
    Role.HUMAS: {
        *KEEPS_TALLIES,
        "view_topic",
        *all_of("item", "announcement", "tariff", "synonym", "placement", "publicinformation"),
        "delete_synonym",
        "delete_placement",
        "approve_item",
        "propose_item",
        "approve_announcement",
        *KEEPS_SURVEYS,
    },
    Role.ADMINISTRATOR: {
        *(
            f"{verb}_{model}"
            for model in ("user", "section", "holiday", "openinghours")
            for verb in ("add", "change", "view")
        ),
        "delete_holiday",
        "delete_openinghours",
        "change_office",
        "view_office",
        *(
            f"{verb}_{model}"
            for model in (
                "topic",
                "deadlinerule",
                "answertemplate",
                "keywordrule",
                "lettertemplate",
                "reportrule",
            )
            for verb in ("add", "change", "view")
        ),
        "delete_keywordrule",
        "view_privacynotice",
        "add_privacynotice",
        *(
            f"{verb}_{model}"
            for model in ("service", "counter")
            for verb in ("add", "change", "view")
        ),
        "view_queuerules",
        "change_queuerules",
        *all_of("clockrule", "retentionrule", "breachletter"),
        *all_of("instrument", "surveyedservice"),
        "view_askingrules",
        "change_askingrules",
    },
}
