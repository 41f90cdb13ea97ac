"""Every change of an information request or an objection beyond the case's own: one verb each."""

from .deciding import (
    DecisionIncomplete,
    check_decision,
    draft_decision,
    sign_decision,
    submit_decision,
)
from .disputing import record_dispute, update_dispute
from .objecting import (
    AnswerIncomplete,
    decide_objection,
    draft_answer,
    lodge_objection,
    submit_answer,
)
from .paper import (
    PaperFormRefused,
    ReceiptRefused,
    RequestNotFound,
    enter_objection,
    enter_request,
    find_request,
    print_forms,
    void_form,
)
from .requesting import adopt, lodge

__all__ = [
    "AnswerIncomplete",
    "DecisionIncomplete",
    "PaperFormRefused",
    "ReceiptRefused",
    "RequestNotFound",
    "adopt",
    "check_decision",
    "decide_objection",
    "draft_answer",
    "draft_decision",
    "enter_objection",
    "enter_request",
    "find_request",
    "lodge",
    "lodge_objection",
    "print_forms",
    "record_dispute",
    "sign_decision",
    "submit_answer",
    "submit_decision",
    "update_dispute",
    "void_form",
]
