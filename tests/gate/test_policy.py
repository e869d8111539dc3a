"""Policy and decide: the decision rule, label by label."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside.codebook import BY_NAME, LABELS, NAMES, Group, Rule
from beside.gate.policy import PRESETS, Caution, Policy, PolicyError, Scale, decide, support
from beside.gate.reading import Action, Decision, Reading, Span
from beside.gate.reasons import WORDS
from tests.conftest import count

SCALE = Scale(
    cutoffs=dict.fromkeys(NAMES, 0.5),
    levels={"open": 0.4, "careful": 0.6, "very careful": 0.8},
    slope=0.9,
    facts=0.2,
    change=1.1,
    bias=0.1,
)
DECLINED = {"hostility", "hate", "threat", "sexual", "spam"}
WELCOME = {"comfort", "practical_help", "shared_loss", "information", "faith", "question"}
SUPPORT = WELCOME - {"question"}


def reading(deliver=0.95, language="en", flags=(), spans=(), **scores):
    return Reading(
        scores={name: scores.get(name, 0.01) for name in NAMES},
        deliver=deliver,
        language=language,
        flags=flags,
        spans=spans,
        model="test-1",
    )


def decided(policy=None, **what):
    return decide(reading(**what), policy or Policy(), SCALE)


def test_comfort_is_delivered_with_everything_it_carries():
    span = Span("minimizing", 1, 4)
    got = decided(comfort=0.9, spans=(span,))
    assert got == Decision(
        action=Action.DELIVER,
        labels=("comfort",),
        support=support(reading(comfort=0.9), Policy(), SCALE),
        codes=("support",),
        reasons=("It gives support.",),
        spans=(),
        model="test-1",
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_label_alone_follows_the_default_policy(name):
    got = decided(**{name: 0.99})
    if name in SUPPORT:
        expected = (Action.DELIVER, ("support",))
    elif name == "question":
        expected = (Action.HOLD, ("no_support",))
    else:
        expected = (Action.DECLINE if name in DECLINED else Action.HOLD, (name,))
    assert (got.action, got.codes) == expected
    assert got.labels == (name,)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WELCOME])
def test_a_kind_word_does_not_carry_an_unwelcome_one_through(name):
    got = decided(comfort=0.99, **{name: 0.99})
    assert got.action is (Action.DECLINE if name in DECLINED else Action.HOLD)
    assert got.codes == (name,)
    assert set(got.labels) == {"comfort", name}


def test_the_cutoff_itself_counts():
    assert decided(comfort=0.5).labels == ("comfort",)
    assert decided(comfort=0.4999).codes == ("no_support",)
    assert decided(comfort=0.9, blaming=0.5).codes == ("blaming",)
    assert decided(comfort=0.9, blaming=0.4999).labels == ("comfort",)


def test_the_strictest_label_wins():
    assert decided(comfort=0.9, blaming=0.9, spam=0.9).action is Action.DECLINE
    assert decided(comfort=0.9, blaming=0.9, spam=0.9).codes == ("spam",)
    assert decided(blaming=0.9, advice=0.9).codes == ("advice", "blaming")


def test_crisis_is_held_whatever_else_is_there():
    for name in DECLINED - {"threat"}:
        got = decided(crisis=0.9, **{name: 0.99})
        assert (got.action, got.codes) == (Action.HOLD, ("crisis",))
    got = decided(crisis=0.9, threat=0.9)
    assert (got.action, got.codes) == (Action.HOLD, ("crisis", "threat"))
    assert decided(crisis=0.9, language="other", flags=("disguised",)).codes == ("crisis",)


def test_crisis_is_never_delivered_under_any_preset():
    for policy in PRESETS.values():
        assert decided(policy, crisis=0.9, comfort=0.99).action is Action.HOLD


@pytest.mark.parametrize(("caution", "needed"), [("open", 0.4), ("careful", 0.6), ("very careful", 0.8)])
def test_caution_is_a_level_of_support(caution, needed):
    policy = Policy(caution=Caution(caution))
    for step in range(1, 100):
        got = decided(policy, comfort=0.9, deliver=step / 100)
        expected = (Action.DELIVER, ("support",)) if got.support >= needed else (Action.HOLD, ("not_sure",))
        assert (got.action, got.codes) == expected
    assert decided(policy, comfort=0.9, deliver=0.01).action is Action.HOLD
    assert decided(policy, comfort=0.9, deliver=0.99).action is Action.DELIVER


def test_the_level_itself_delivers():
    exact = support(reading(comfort=0.9, deliver=0.7), Policy(), SCALE)
    at = Scale(SCALE.cutoffs, dict.fromkeys(SCALE.levels, exact), 0.9, 0.2, 1.1, 0.1)
    assert decide(reading(comfort=0.9, deliver=0.7), Policy(), at).action is Action.DELIVER


def test_another_language_is_held_and_never_declined():
    assert decided(comfort=0.99, language="other").codes == ("language",)
    got = decided(hostility=0.99, language="other")
    assert (got.action, got.codes) == (Action.HOLD, ("language",))
    assert decided(Policy(languages=("en", "other")), comfort=0.99, language="other").action is Action.DELIVER
    assert decided(comfort=0.99, language="").action is Action.DELIVER


@pytest.mark.parametrize("flag", ["too_long", "empty", "disguised", "failed"])
def test_a_flag_holds_and_says_so(flag):
    got = decided(comfort=0.99, flags=(flag,))
    assert (got.action, got.codes, got.support) == (Action.HOLD, (flag,), 0.0)
    assert decided(comfort=0.99, flags=(flag,), language="other").codes == (flag, "language")
    assert decided(spam=0.99, flags=(flag,)).action is Action.DECLINE


@pytest.mark.parametrize("bad", [math.nan, math.inf, -0.1, 1.1])
def test_scores_that_are_no_probabilities_are_held_as_failed(bad):
    for what in ({"deliver": bad, "comfort": 0.9}, {"comfort": bad}, {"blaming": bad, "comfort": 0.9}):
        got = decided(**what)
        assert (got.action, got.codes, got.labels, got.model) == (Action.HOLD, ("failed",), (), "test-1")


def test_a_missing_score_is_held_as_failed():
    scores = {name: 0.01 for name in NAMES if name != "blaming"} | {"comfort": 0.99}
    assert decide(Reading(scores, deliver=0.99), Policy(), SCALE).codes == ("failed",)


def test_scores_of_exactly_zero_and_one_are_sound():
    assert decided(comfort=1.0, deliver=1.0, blaming=0.0).action is Action.DELIVER
    assert decided(comfort=0.0, deliver=0.0).codes == ("no_support",)


def test_spans_shown_are_those_of_unwelcome_labels_present():
    spans = (Span("blaming", 0, 3), Span("platitude", 4, 8), Span("spam", 9, 12))
    got = decided(comfort=0.9, blaming=0.9, platitude=0.9, spans=spans)
    assert got.spans == spans[:2]
    allowed = Policy.from_dict({"labels": {"platitude": "welcome"}})
    assert decided(allowed, comfort=0.9, blaming=0.9, platitude=0.9, spans=spans).spans == spans[:1]


def test_no_faith_holds_faith():
    assert decided(PRESETS["no faith"], comfort=0.9, faith=0.9).codes == ("faith",)
    assert decided(PRESETS["no faith"], comfort=0.9).action is Action.DELIVER


def test_rainbow_stories_welcome():
    policy = PRESETS["rainbow stories welcome"]
    assert decided(policy, comfort=0.9, other_pregnancy=0.9).action is Action.DELIVER
    assert decided(policy, other_pregnancy=0.9).codes == ("no_support",)
    assert decided(comfort=0.9, other_pregnancy=0.9).codes == ("other_pregnancy",)


def test_no_stories_of_other_losses():
    policy = PRESETS["no stories of other losses"]
    assert decided(policy, comfort=0.9, shared_loss=0.9).codes == ("shared_loss",)
    assert decided(policy, comfort=0.9).action is Action.DELIVER


def test_quiet_lets_nothing_through_and_still_declines():
    policy = PRESETS["quiet"]
    assert decided(policy, comfort=0.9).codes == ("comfort",)
    assert decided(policy, comfort=0.9).support == 0.0
    assert decided(policy, question=0.9).codes == ("question",)
    assert decided(policy, spam=0.9).action is Action.DECLINE


def test_presets_are_the_five_of_the_documentation():
    assert {name: policy.name for name, policy in PRESETS.items()} == {
        name: name
        for name in (
            "support only",
            "no faith",
            "rainbow stories welcome",
            "no stories of other losses",
            "quiet",
        )
    }
    assert PRESETS["support only"] == Policy()


def test_default_rules_are_the_codebooks():
    assert dict(Policy().labels) == {label.name: label.default for label in LABELS}
    assert Policy().caution is Caution.CAREFUL
    assert Policy().languages == ("en",)
    assert {name for name, rule in Policy().labels.items() if rule is Rule.DECLINE} == DECLINED
    assert {name for name, rule in Policy().labels.items() if rule is Rule.WELCOME} == WELCOME


def test_support_is_the_scale_applied():
    seen = reading(comfort=0.9, faith=0.2, blaming=0.3, deliver=0.8)
    unsupported = 0.1 * 0.8 * 0.99**3
    clean = math.log(0.7) + 14 * math.log(0.99)
    usual = math.log(1 - unsupported) + clean
    logit = 0.9 * math.log(0.8 / 0.2) + 0.2 * usual + 0.1
    assert support(seen, Policy(), SCALE) == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-12)
    wanted = math.log(1 - 0.1 * 0.99**3) + clean + math.log(0.8)
    logit += 1.1 * (wanted - usual)
    assert support(seen, PRESETS["no faith"], SCALE) == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-12)


@pytest.mark.parametrize("deliver", [0.0, 1.0])
def test_support_stays_a_probability_at_the_ends(deliver):
    everything = dict.fromkeys(NAMES, 1.0)
    for scores in ({}, everything, {"comfort": 1.0}):
        value = support(reading(deliver=deliver, **scores), Policy(), SCALE)
        assert 0.0 <= value <= 1.0
    steep = Scale(SCALE.cutoffs, SCALE.levels, slope=50.0, facts=50.0, change=50.0, bias=-500.0)
    assert support(reading(deliver=0.0), Policy(), steep) == pytest.approx(math.exp(-40), rel=1e-6)


RISKS = [label.name for label in LABELS if label.group in (Group.HURT, Group.SAFETY)]
ORDER = {Action.DELIVER: 0, Action.HOLD: 1, Action.DECLINE: 2}
scores_of = st.fixed_dictionaries({name: st.floats(0, 1) for name in NAMES})


@settings(max_examples=count(full=10_000, reduced=400), deadline=None)
@given(scores_of, st.sampled_from(RISKS), st.floats(0, 1), st.floats(0, 1), st.sampled_from(sorted(PRESETS)))
def test_a_higher_risk_never_softens_the_decision(scores, risk, higher, deliver, preset):
    policy = PRESETS[preset]
    before = decide(Reading(scores, deliver=deliver), policy, SCALE)
    worse = scores | {risk: max(higher, scores[risk])}
    after = decide(Reading(worse, deliver=deliver), policy, SCALE)
    assert after.support <= before.support + 1e-12
    assert ORDER[after.action] >= ORDER[before.action] or after.codes[0] == "crisis"


def test_from_dict_keeps_what_is_not_named():
    policy = Policy.from_dict({"caution": "very careful", "labels": {"faith": "hold", "spam": "hold"}})
    expected = dict(Policy().labels) | {"faith": Rule.HOLD, "spam": Rule.HOLD}
    assert dict(policy.labels) == expected
    assert (policy.name, policy.caution, policy.languages) == ("support only", Caution.VERY_CAREFUL, ("en",))


def test_from_dict_starts_from_a_preset():
    policy = Policy.from_dict({"preset": "no faith", "name": "ours", "labels": {"advice": "welcome"}})
    assert dict(policy.labels) == dict(PRESETS["no faith"].labels) | {"advice": Rule.WELCOME}
    assert policy.name == "ours"
    assert Policy.from_dict({"preset": "no faith"}) == PRESETS["no faith"]


def test_to_dict_goes_there_and_back():
    for policy in (
        *PRESETS.values(),
        Policy.from_dict({"name": "x", "caution": "open", "languages": ["en", "fr"]}),
    ):
        assert Policy.from_dict(policy.to_dict()) == policy
    assert Policy().to_dict() == {
        "name": "support only",
        "caution": "careful",
        "labels": {},
        "languages": ["en"],
    }


@pytest.mark.parametrize("written", ["very careful", "very_careful", "very-careful"])
def test_caution_may_be_written_with_any_gap(written):
    assert Policy.from_dict({"caution": written}).caution is Caution.VERY_CAREFUL


RULE_HINT = 'Write "welcome", "hold" or "decline"'


@pytest.mark.parametrize(
    ("data", "key", "message", "hint"),
    [
        (
            {"colour": 1},
            "colour",
            "'colour' is not a setting",
            "Settings: preset, name, caution, labels, languages",
        ),
        ({"preset": "mild"}, "preset", "there is no preset 'mild'", f"Presets: {', '.join(PRESETS)}"),
        ({"preset": 3}, "preset", "there is no preset 3", f"Presets: {', '.join(PRESETS)}"),
        ({"name": " "}, "name", "the name must be some words in quotes", 'For example: name = "our rules"'),
        ({"name": 5}, "name", "the name must be some words in quotes", 'For example: name = "our rules"'),
        (
            {"caution": "wild"},
            "caution",
            "'wild' is not a level of caution",
            'Write one of "open", "careful", "very careful"',
        ),
        (
            {"labels": "faith"},
            "labels",
            "labels must be a table of label = rule",
            'For example: faith = "hold"',
        ),
        ({"labels": {"fath": "hold"}}, "fath", "'fath' is not a label", f"Labels: {', '.join(NAMES)}"),
        ({"labels": {"faith": "maybe"}}, "faith", "'maybe' is not a rule for 'faith'", RULE_HINT),
        ({"labels": {"threat": "welcome"}}, "threat", "'threat' is never softer than hold", 'Write "hold"'),
        ({"labels": {"crisis": "welcome"}}, "crisis", "'crisis' is never softer than hold", 'Write "hold"'),
        (
            {"labels": {"crisis": "decline"}},
            "crisis",
            "'crisis' is met with help, never declined",
            'Write "hold"',
        ),
        (
            {"languages": []},
            "languages",
            "languages must be a list of codes",
            'For example: languages = ["en"]',
        ),
        (
            {"languages": "en"},
            "languages",
            "languages must be a list of codes",
            'For example: languages = ["en"]',
        ),
        (
            {"languages": [1]},
            "languages",
            "languages must be a list of codes",
            'For example: languages = ["en"]',
        ),
    ],
)
def test_a_bad_policy_says_what_to_write(data, key, message, hint):
    with pytest.raises(PolicyError) as caught:
        Policy.from_dict(data)
    assert (caught.value.message, caught.value.key, caught.value.hint) == (message, key, hint)
    assert str(caught.value) == f"{message}. {hint}"


def test_an_error_without_hint_is_its_message():
    assert str(PolicyError("no")) == "no"
    assert (PolicyError("no").key, PolicyError("no").hint) == ("", "")


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_within_the_limits_is_allowed(name):
    label = BY_NAME[name]
    order = [Rule.WELCOME, Rule.HOLD, Rule.DECLINE]
    for rule in order[order.index(label.softest) : order.index(label.strictest) + 1]:
        assert Policy.from_dict({"labels": {name: str(rule)}}).labels[name] is rule


def test_limits_are_the_codebooks_two():
    limited = {label.name: (label.softest, label.strictest) for label in LABELS}
    free = (Rule.WELCOME, Rule.DECLINE)
    assert {name: limits for name, limits in limited.items() if limits != free} == {
        "threat": (Rule.HOLD, Rule.DECLINE),
        "crisis": (Rule.HOLD, Rule.HOLD),
    }


def test_threat_may_be_held_and_never_delivered():
    softer = Policy.from_dict({"labels": {"threat": "hold"}})
    assert decided(softer, comfort=0.9, threat=0.9).codes == ("threat",)
    assert decided(softer, comfort=0.9, threat=0.9).action is Action.HOLD


def test_every_code_has_words():
    codes = {
        *NAMES,
        "support",
        "language",
        "no_support",
        "not_sure",
        "too_long",
        "empty",
        "disguised",
        "failed",
    }
    assert set(WORDS) == codes
    assert all(words.endswith(".") for words in WORDS.values())
