"""Wordings: the instructions a language model gets, for names, for a persona, and for one section of it."""

_RULES = """\
Rules, checked by a program that refuses what breaks them:
- Every factual sentence cites one to four evidence ids of its own segment, in its list "evidence".
- Write no digits and no numbers or fractions as words, no "half", "twice" or "percent". Where a figure belongs, write \
⟦id⟧ with a cited id: the reader sees label, value and the value of all customers there.
- Say "more" or "less" only where the direction of the cited fact says so. Speak of a majority only with a share \
above half.
- Name no age, family, income, gender, health, origin, belief or occupation, unless it is in the label of a cited fact.
- Claim no causes. Promise nothing. Do not speak of everybody or nobody.
- Plain text: no links, addresses, HTML or markdown."""

_NAME = """\
Give each such segment: segment (its id), name (at most {longest} characters, vivid yet exact), basis (exactly two \
evidence ids of that segment, of facts or terms, that the name rests on; at least one of them from its "contrasts", \
which list in what it differs from the segment "with" and what that one has "there"), and tagline (the segment in one \
sentence, with the evidence ids it cites; leave its "quote" empty).

- A name says what its two pieces of evidence say, and holds no figures and no ⟦id⟧.
- No two names alike, none of those in "taken", and no two segments with names that rest on the same facts.
"""

NAMES = (
    """\
You name customer segments for a marketing team. Write in {language}.
You get a short evidence sheet for each segment, side by side. Name each segment marked "write": true; the others keep \
the names they have and are there to contrast with.

"""
    + _NAME
    + "\n"
    + _RULES
)

PAIR = (
    """\
You name customer segments for a marketing team. Write in {language}.
The names of these two segments could be mistaken for each other, or rest on the same facts. Their "contrasts" say \
what tells just these two apart. Give each segment marked "write": true another name, so that nobody takes one for \
the other.

"""
    + _NAME
    + "\n"
    + _RULES
)

_ABOUT = """\
You get the evidence sheet of the segment, the names of the other segments, and in which facts it differs from the \
segment most like it ("contrasts", with what that one has "there"). Write what would be true of this segment and of \
none of the others.
"""

_SECTIONS = """\
- who: what marks them. needs: what may serve them. frustrations: what troubles them. objections: what may hold them \
back. values: what they value. channels: where to meet them. These are factual: each sentence cites evidence.
- tone: how to speak to them. dos and donts: what to do and what not to do. day: a day with the product, told in the \
present tense. These are creative: cite evidence where it is spoken of, write no ⟦id⟧ and no figures, and nothing \
about the people that the sheet does not hold.
- Give a quote by putting its id into "quote"; never repeat its words in a sentence. Leave "quote" empty otherwise.
"""

PERSONA = (
    """\
You describe one customer segment as a persona, for a marketing team. Write in {language}.
"""
    + _ABOUT
    + """
Write {fewest} to {most} sentences for each of these sections, each an entry of its list:
"""
    + _SECTIONS
    + "\n"
    + _RULES
)

SECTION = (
    """\
You write the section "{section}" of a persona, which describes one customer segment for a marketing team. Write in \
{language}.
"""
    + _ABOUT
    + """
Write {fewest} to {most} sentences for the section "{section}", each an entry of the list "claims". What the sections \
are:
"""
    + _SECTIONS
    + "\n"
    + _RULES
)
