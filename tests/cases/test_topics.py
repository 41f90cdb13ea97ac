import pytest
from django.core.management import call_command

from cases import actions
from cases.models import Case, CaseEvent, TopicModel
from cases.topics import learning
from cases.topics.regression import LEAST_EXAMPLES, Weights, train
from cases.topics.suggesting import in_words, suggest
from cases.workflow import CaseError, Privacy, Status
from infocontent.models import Topic
from office.roles import Role
from tests.cases.desk import act, page_of, see
from tests.factories import make_case, make_desk, make_user

pytestmark = pytest.mark.django_db

# Words that no keyword rule knows, so that what is suggested was learnt.
GREEN = ["Lampu taman padam", "Taman gelap sekali", "Pohon taman tumbang", "Kursi taman patah"]
BLUE = ["Kolam bocor lagi", "Air kolam keruh", "Kolam ikan kering", "Pompa kolam mati"]


def topic(code):
    return Topic.objects.get(code=code)


def learnt_examples():
    green = [({word, "taman"}, "fasilitas") for word in ("lampu", "pohon", "kursi")] * 2
    blue = [({word, "kolam"}, "antrean") for word in ("air", "pompa", "ikan")] * 2
    return green + blue


def teach(desk, monkeypatch):
    """A few cases whose topics the verifier set, and what was learnt from them."""
    monkeypatch.setattr(learning, "LEAST_EXAMPLES", 6)
    for texts, code in ((GREEN, "fasilitas"), (BLUE, "waktu-tunggu")):
        for text in texts:
            case = make_case(subject="Lapor", narrative=text, privacy=Privacy.ANONYMOUS)
            actions.set_topic(case, actor=desk.verifier, topic=topic(code))
    return learning.learn()


def test_a_word_tells_the_topic_it_came_with():
    weights = train(learnt_examples())

    assert weights.likely({"taman"})[0][0] == "fasilitas"
    assert weights.likely({"kolam"})[0][0] == "antrean"
    assert weights.telling({"taman", "kolam"}, "fasilitas") == ["taman"]


def test_the_probabilities_of_all_topics_are_one_together():
    shares = [share for _topic, share in train(learnt_examples()).likely({"taman"})]

    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_the_same_examples_teach_the_same():
    weights = train(learnt_examples())

    assert weights == train(learnt_examples())
    assert Weights.from_json(weights.as_json()) == weights


def test_a_word_that_few_examples_have_is_kept_nowhere():
    rare = [({"taman", "hartono"}, "fasilitas")] * (LEAST_EXAMPLES - 1)

    assert "hartono" not in train([*learnt_examples(), *rare]).words


@pytest.mark.parametrize(
    ("share", "words"), [(0.9, "sangat mungkin"), (0.6, "mungkin"), (0.3, "kurang pasti")]
)
def test_a_probability_is_said_in_words(share, words):
    assert in_words(share) == words


def test_corrections_are_learnt_and_the_suggestion_says_by_which_words(monkeypatch):
    desk = make_desk()

    model = teach(desk, monkeypatch)
    suggestion = suggest(make_case(subject="Lapor", narrative="Bangku di taman kotor"))

    assert model.examples == len(GREEN) + len(BLUE)
    assert suggestion.topic == topic("fasilitas")
    assert "taman" in suggestion.words


def test_confidential_redacted_and_unjudged_cases_teach_nothing():
    desk = make_desk()
    make_case(narrative="Taman", topic=topic("fasilitas"))
    secret = make_case(narrative="Taman rahasia", privacy=Privacy.CONFIDENTIAL)
    actions.set_topic(secret, actor=desk.verifier, topic=topic("fasilitas"))
    gone = make_case(status=Status.DONE, desk=desk, topic=topic("fasilitas"))
    actions.redact(gone, parts=["teks"], actor=desk.office_head)

    assert learning.examples() == []


def test_a_case_that_names_an_officer_teaches_nothing_from_the_next_night_on():
    desk = make_desk()
    case = make_case(narrative="Petugas taman kasar", privacy=Privacy.ANONYMOUS)
    actions.set_topic(case, actor=desk.verifier, topic=topic("sikap-petugas"))
    assert len(learning.examples()) == 1

    actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert learning.examples() == []


def test_a_topic_that_the_verifier_let_stand_is_an_example():
    make_case(status=Status.VERIFIED, topic=topic("fasilitas"))

    assert [code for _features, code in learning.examples()] == ["fasilitas"]


def test_a_copied_text_teaches_once():
    desk = make_desk()
    for _ in range(3):
        make_case(status=Status.VERIFIED, desk=desk, topic=topic("fasilitas"))

    assert len(learning.examples()) == 1


def test_with_few_examples_the_keyword_rules_speak(capsys):
    call_command("learn_topics")
    suggestion = suggest(make_case(subject="Akun", narrative="Kode OTP tidak masuk"))

    assert not TopicModel.objects.exists()
    assert "saran menurut kata kunci" in capsys.readouterr().out
    assert (suggestion.topic, suggestion.sureness) == (topic("mpaspor-akun"), "menurut kata kunci")


def test_what_did_worse_than_the_rules_is_not_used(monkeypatch):
    model = teach(make_desk(), monkeypatch)
    TopicModel.objects.filter(pk=model.pk).update(right=0, rules_right=1)

    assert suggest(make_case(subject="Lapor", narrative="Bangku di taman kotor")) is None


def test_the_command_says_how_it_went(monkeypatch, capsys):
    teach(make_desk(), monkeypatch)

    call_command("learn_topics")

    assert "8 contoh. Dari 2 yang disisihkan:" in capsys.readouterr().out


def test_one_click_takes_the_suggestion_and_the_event_tells_so(monkeypatch):
    desk = make_desk()
    teach(desk, monkeypatch)
    case = make_case(subject="Lapor", narrative="Bangku di taman kotor")

    text = see(desk.verifier, page_of(case))
    response = act(
        desk.verifier, case, "topik", topic="fasilitas", suggested="fasilitas", follow=True
    )

    assert "Saran topik" in text
    assert "Karena kata:" in text
    assert Case.objects.get(pk=case.pk).topic == topic("fasilitas")
    assert CaseEvent.objects.filter(case=case).last().data == {
        "topic_from": None,
        "topic_to": "fasilitas",
        "suggested": "fasilitas",
    }
    said = response.content.decode()
    assert "Topik ditetapkan: Fasilitas; saran diterima" in said
    assert "Saran topik" not in said


def test_another_topic_than_the_suggested_one_is_a_correction_in_the_history():
    desk, case = make_desk(), make_case(topic=topic("antrean"))

    said = act(
        desk.verifier, case, "topik", topic="waktu-tunggu", suggested="fasilitas", follow=True
    ).content.decode()

    assert "Topik ditetapkan: Waktu tunggu (sebelumnya Antrean); saran Fasilitas tidak dipakai" in (
        said
    )


@pytest.mark.parametrize("typed", ["", "tidak-ada", "mutu-layanan"])
def test_a_topic_that_is_not_offered_is_refused(typed):
    desk, case = make_desk(), make_case(topic=topic("antrean"))

    response = act(desk.verifier, case, "topik", topic=typed, suggested="x" * 20)

    assert response.status_code == 200
    assert Case.objects.get(pk=case.pk).topic == topic("antrean")


@pytest.mark.parametrize("code", ["antrean", "mutu-layanan"])
def test_the_same_topic_and_a_group_of_topics_are_refused(code):
    desk, case = make_desk(), make_case(topic=topic("antrean"))

    with pytest.raises(CaseError):
        actions.set_topic(case, actor=desk.verifier, topic=topic(code))


def test_only_who_verifies_sees_suggestions():
    desk = make_desk()
    case = make_case(status=Status.VERIFIED, desk=desk, narrative="Kode OTP tidak masuk")

    assert "Saran topik" in see(desk.verifier, page_of(case))
    assert "Saran topik" not in see(desk.officer, page_of(case))


def test_a_closed_case_and_one_that_has_the_topic_get_no_suggestion():
    desk, text = make_desk(), {"subject": "Akun", "narrative": "Kode OTP tidak masuk"}
    closed = make_case(status=Status.DONE, desk=desk, **text)
    has_it = make_case(topic=topic("mpaspor-akun"), **text)

    assert "Saran topik" not in see(desk.verifier, page_of(closed))
    assert "Saran topik" not in see(desk.verifier, page_of(has_it))


def test_suggesting_changes_nothing():
    case = make_case(narrative="Kode OTP tidak masuk")

    see(make_user(Role.VERIFIER), page_of(case))

    assert Case.objects.get(pk=case.pk).topic is None
