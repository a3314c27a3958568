"""What an event of the audit log is called in words; whoever did it stands before the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klimaplan.domain.errors import Text

PLANS = {
    "plan.created": Text("oprettede planen »{title}«", "made the plan “{title}”"),
    "plan.variant-created": Text("lavede varianten »{title}«", "made the variant “{title}”"),
    "plan.part-added": Text("tilføjede {part}", "added {part}"),
    "plan.part-changed": Text("ændrede {part}", "changed {part}"),
    "plan.part-removed": Text("fjernede {part}", "removed {part}"),
    "plan.part-restored": Text("hentede {part} frem igen", "brought {part} back"),
    "plan.parts-changed": Text("ændrede flere på én gang: {parts}", "changed several at once: {parts}"),
    "plan.parts-reordered": Text("ændrede rækkefølgen: {kind}", "changed the order: {kind}"),
    "plan.parts-copied": Text("kopierede fra »{origin}«: {parts}", "copied from “{origin}”: {parts}"),
    "plan.evidence-added": Text("lagde {part} ved", "added {part}"),
    "plan.exported": Text("hentede planen som regneark", "took the plan away as a workbook"),
    "plan.workbook-applied": Text(
        "læste et regneark ind: {added} nye, {changed} ændrede, {removed} fjernede",
        "read in a workbook: {added} new, {changed} changed, {removed} removed",
    ),
    "plan.version-named": Text("gemte {version}", "kept {version}"),
    "plan.published": Text("offentliggjorde {version}", "published {version}"),
    "plan.version-restored": Text("satte planen tilbage til {version}", "took the plan back to {version}"),
    "plan.commented": Text("skrev om {about}", "wrote about {about}"),
    "plan.comment-resolved": Text("afsluttede en samtale om {about}", "closed a discussion about {about}"),
    "plan.task-added": Text("lavede opgaven »{title}«{terms}", "made the task “{title}”{terms}"),
    "plan.task-completed": Text("meldte opgaven »{title}« udført", "reported the task “{title}” done"),
    "plan.task-reopened": Text("åbnede opgaven »{title}« igen", "opened the task “{title}” again"),
    "plan.action-assigned": Text(
        "satte {person} til at holde {part} opdateret", "asked {person} to keep {part} up to date"
    ),
    "plan.action-unassigned": Text(
        "tog opgaven med at holde {part} opdateret fra {person}", "no longer asks {person} to keep {part} up to date"
    ),
    "link.made": Text("lavede et link til at melde fremdrift på {part}", "made a link for reporting on {part}"),
    "link.revoked": Text("trak et link til {part} tilbage", "withdrew a link to {part}"),
    "link.reported": Text("meldte fremdrift på {part}", "reported progress on {part}"),
}

CERTIFICATION = {
    "case.opened": Text("åbnede en sag om certificering", "opened a case of certification"),
    "case.step-taken": Text("førte en sag om certificering videre", "took a case of certification a step on"),
    "case.handed-over": Text("gav en sag om certificering videre", "handed a case of certification over"),
    "case.second-reviewer-added": Text("fik en bedømmer mere på en sag", "added a second reviewer to a case"),
    "case.self-assessed": Text("vurderede et kriterium selv", "assessed a criterion themselves"),
    "case.scored": Text("bedømte et kriterium", "scored a criterion"),
    "case.asked": Text("stillede et spørgsmål om et kriterium", "asked about a criterion"),
    "case.question-taken-back": Text("trak et spørgsmål tilbage", "took a question back"),
    "case.replied": Text("svarede på et spørgsmål", "replied to a question"),
    "revision.rule-recorded": Text("registrerede en regel om revision", "recorded a rule of revision"),
    "revision.opened": Text("begyndte en revision af planen", "began a revision of the plan"),
    "revision.judged": Text("bedømte en del af den gamle plan", "judged a part of the old plan"),
    "revision.closed": Text("afsluttede en revision med en ny plan", "closed a revision with a new plan"),
    "adoption.recorded": Text(
        "registrerede en politisk beslutning om planen", "recorded a political decision on the plan"
    ),
    "commitment.recorded": Text("registrerede en politisk forpligtelse", "recorded a political commitment"),
}

PEOPLE = {
    "person.added": Text("fik oprettet en konto: {person}", "had an account made: {person}"),
    "person.profile-changed": Text("ændrede sin profil", "changed their profile"),
    "person.digest-changed": Text("valgte, hvor tit der kommer mail", "chose how often mail comes"),
    "person.account-closed": Text("lukkede {person}s konto", "closed the account of {person}"),
    "person.account-opened": Text("åbnede {person}s konto igen", "opened the account of {person} again"),
    "person.email-asked-for": Text("bad om at skifte e-mail", "asked to change their e-mail"),
    "person.email-changed": Text("skiftede e-mail", "changed their e-mail"),
    "department.added": Text("tilføjede afdelingen »{title}«", "added the department “{title}”"),
    "department.renamed": Text("kaldte afdelingen »{title}«", "named the department “{title}”"),
    "department.closed": Text("lukkede afdelingen »{title}«", "closed the department “{title}”"),
    "role.placed": Text("ændrede {person}s afdeling", "changed the department of {person}"),
    "role.given": Text("gav {person} rollen {role}", "gave {person} the role {role}"),
    "role.ended": Text("afsluttede rollen {role} for {person}", "ended the role {role} of {person}"),
    "invitation.made": Text("inviterede en {role}", "invited a {role}"),
    "invitation.accepted": Text("tog imod en invitation", "accepted an invitation"),
    "invitation.withdrawn": Text("trak en invitation tilbage", "withdrew an invitation"),
    "session.begun": Text("loggede ind", "logged in"),
    "session.ended": Text("loggede ud", "logged out"),
    "session.refused": Text("blev afvist ved login", "was refused at login"),
    "session.expired": Text("blev logget ud efter for lang tid", "was logged out after too long"),
    "session.provider-connected": Text("forbandt sin konto med en anden tjeneste", "connected their account elsewhere"),
    "password.changed": Text("skiftede adgangskode", "changed their password"),
    "password.reset": Text("valgte en ny adgangskode via et link", "chose a new password by a link"),
    "second-factor.app-added": Text("tilføjede en app til login", "added an app for login"),
    "second-factor.app-removed": Text("fjernede en app til login", "removed an app for login"),
    "second-factor.passkey-added": Text("tilføjede en adgangsnøgle", "added a passkey"),
    "second-factor.passkey-removed": Text("fjernede en adgangsnøgle", "removed a passkey"),
    "second-factor.codes-made": Text("lavede nye genoprettelseskoder", "made new recovery codes"),
    "token.made": Text("lavede en nøgle til API'et", "made a token for the API"),
    "token.revoked": Text("trak en nøgle til API'et tilbage", "revoked a token for the API"),
}

INSTALLATION = {
    "account.imported": Text("indlæste et klimaregnskab", "imported an account"),
    "installation.loaded": Text("indlæste grunddata", "loaded the reference data"),
    "installation.restored": Text(
        "genskabte alt fra en sikkerhedskopi", "restored everything from a backup"
    ),
}  # fmt: skip

SENTENCES: Mapping[str, Text] = MappingProxyType({**PLANS, **CERTIFICATION, **PEOPLE, **INSTALLATION})
"""What was done → the words; every code that is recorded anywhere has its own."""

FILLED_IN = (
    "about", "added", "changed", "kind", "origin", "part", "parts", "person", "removed", "role", "terms", "title",
    "version", "what",
)  # fmt: skip
"""What a sentence may leave open; empty where an event does not say it."""

OTHER = Text("gjorde noget ({what})", "did something ({what})")
"""For what was recorded by a later or an earlier edition of this program."""

NOBODY = {
    "command line": Text("Kommandolinjen", "The command line"),
    "demonstration": Text("Demonstrationen", "The demonstration"),
    "link in a letter": Text("Et link i en mail", "A link in a letter"),
    "nobody signed in": Text("Nogen, der ikke var logget ind,", "Somebody not logged in"),
}
"""Who did something without an account, as the log has it → in words."""


def sentence(what: str) -> Text:
    """The words for a code of the log."""
    return SENTENCES.get(what, OTHER)
