import type { Catalogues } from '../language/catalogue.ts';

export const LANGUAGES = ["en", "de"] as const;

export interface MessageValues {
  "about.active": null;
  "about.answered": null;
  "about.category": null;
  "about.closed": null;
  "about.label": null;
  "about.open": null;
  "about.product": null;
  "about.related": null;
  "about.state": null;
  "about.title": null;
  "about.unanswered": null;
  "account.company": null;
  "account.email": null;
  "account.name": null;
  "account.password": null;
  "account.passwordHint": null;
  "account.title": null;
  "answer.by": { readonly "author": string };
  "answer.changed": null;
  "answer.title": null;
  "answer.toComment": null;
  "answer.toReplies": { readonly "count": number };
  "author.anonymous": null;
  "comment.answer": null;
  "comment.asker": null;
  "comment.by": { readonly "author": string };
  "comment.deleted": null;
  "comment.justDeleted": null;
  "comment.of": { readonly "author": string };
  "comment.official": null;
  "comment.officialOf": { readonly "product": string };
  "comment.reply": null;
  "comment.replyTo": { readonly "author": string };
  "comment.verified": null;
  "crumbs.label": null;
  "error.away": null;
  "error.awayText": null;
  "error.back": null;
  "error.forbidden": null;
  "error.notFound": null;
  "error.notFoundText": null;
  "error.otherSite": null;
  "error.otherSiteText": null;
  "error.ours": null;
  "error.oursText": null;
  "error.refused": null;
  "error.tooMany": null;
  "error.tooManyText": { readonly "seconds": number };
  "footer.language": null;
  "footer.theme": null;
  "footer.theme.dark": null;
  "footer.theme.light": null;
  "footer.theme.system": null;
  "form.problems": null;
  "frame.ask": null;
  "frame.askShort": null;
  "frame.search": null;
  "frame.searchHint": null;
  "frame.signIn": null;
  "frame.signOut": null;
  "frame.skip": null;
  "list.active": null;
  "list.answered.all": null;
  "list.answered.no": null;
  "list.answered.yes": null;
  "list.asked": null;
  "list.bubbleAnswered": { readonly "count": number };
  "list.bubbleLocked": { readonly "count": number };
  "list.bubbleOpen": { readonly "count": number };
  "list.count": { readonly "count": number };
  "list.description": { readonly "site": string };
  "list.empty": null;
  "list.filter": null;
  "list.more": null;
  "list.order": null;
  "list.order.active": null;
  "list.order.comments": null;
  "list.order.hot": null;
  "list.order.newest": null;
  "list.order.top": null;
  "list.pinned": null;
  "list.title": null;
  "list.window": null;
  "list.window.all": null;
  "list.window.day": null;
  "list.window.month": null;
  "list.window.week": null;
  "list.window.year": null;
  "markdown.bold": null;
  "markdown.code": null;
  "markdown.emphasis": null;
  "markdown.item": null;
  "markdown.link": null;
  "markdown.mention": null;
  "markdown.quote": null;
  "markdown.title": null;
  "menu.close": null;
  "menu.comment": { readonly "author": string };
  "menu.delete": null;
  "menu.discussion": null;
  "menu.edit": null;
  "menu.history": null;
  "menu.lock": null;
  "menu.markAnswer": null;
  "menu.markOfficial": null;
  "menu.markVerified": null;
  "menu.pin": null;
  "menu.reopen": null;
  "menu.unlock": null;
  "menu.unmarkAnswer": null;
  "menu.unmarkOfficial": null;
  "menu.unmarkVerified": null;
  "menu.unpin": null;
  "notice.closed": null;
  "notice.closedFor": { readonly "reason": "RESOLVED" | "OUTDATED" | "DUPLICATE" | (string & {}) };
  "notice.locked": null;
  "notice.lockedFor": { readonly "reason": "OFF_TOPIC" | "RESOLVED" | "SPAM" | "TOO_HEATED" | (string & {}) };
  "pager.first": null;
  "pager.label": null;
  "post.edited": null;
  "question.answer": null;
  "question.of": null;
  "rail.categories": null;
  "rail.label": null;
  "rail.products": null;
  "rail.tags": null;
  "rail.waiting": null;
  "signIn.do": null;
  "signIn.noAccount": null;
  "signIn.title": null;
  "signIn.toPost": null;
  "signIn.toSee": null;
  "signUp.do": null;
  "signUp.haveAccount": null;
  "signUp.title": null;
  "thread.continue": { readonly "count": number };
  "thread.count": { readonly "count": number };
  "thread.hide": { readonly "count": number };
  "thread.more": null;
  "thread.moreReplies": { readonly "count": number };
  "thread.order": null;
  "thread.order.best": null;
  "thread.order.newest": null;
  "thread.order.oldest": null;
  "thread.show": { readonly "count": number };
  "undo": null;
  "vote.down": { readonly "of": string };
  "vote.net": { readonly "count": number };
  "vote.up": { readonly "of": string };
  "write.answer": null;
  "write.answerHint": null;
  "write.cancel": null;
  "write.guest": null;
  "write.markdown": null;
  "write.official": null;
  "write.postAnswer": null;
  "write.postReply": null;
  "write.preview": null;
  "write.replyTo": { readonly "author": string };
  "write.showPreview": null;
  "write.signInAndPost": null;
}

export const catalogues: Catalogues = {
  "en": {
    "about.active": "Active",
    "about.answered": "Answered",
    "about.category": "Category",
    "about.closed": "closed",
    "about.label": "About this discussion",
    "about.open": "open",
    "about.product": "Product",
    "about.related": "Related",
    "about.state": "State",
    "about.title": "About",
    "about.unanswered": "Not answered",
    "account.company": "Company (optional)",
    "account.email": "E-mail address",
    "account.name": "Name",
    "account.password": "Password",
    "account.passwordHint": "At least 10 characters of any kind.",
    "account.title": "Job title (optional)",
    "answer.by": (_, v) => "accepted by " + v["author"],
    "answer.changed": "This answer was edited after it was accepted.",
    "answer.title": "Accepted answer",
    "answer.toComment": "Go to the comment",
    "answer.toReplies": (f, v) => `${f.plural(v["count"] as number, { "one": () => `${"Go to the comment and its reply"}`, "other": () => "Go to the comment and its " + f.number(v["count"] as number) + " replies" })}`,
    "author.anonymous": "Anonymous",
    "comment.answer": "Answer",
    "comment.asker": "Asked this",
    "comment.by": (_, v) => "Comment by " + v["author"],
    "comment.deleted": "This comment was deleted. Its replies are still here.",
    "comment.justDeleted": "The comment was deleted.",
    "comment.of": (_, v) => "comment by " + v["author"],
    "comment.official": "Official",
    "comment.officialOf": (_, v) => "Official, " + v["product"],
    "comment.reply": "Reply",
    "comment.replyTo": (_, v) => "to " + v["author"],
    "comment.verified": "Verified user",
    "crumbs.label": "You are here",
    "error.away": "The forum does not answer right now",
    "error.awayText": "Nothing is lost. Try again in a moment.",
    "error.back": "Go to all discussions",
    "error.forbidden": "You can't do that",
    "error.notFound": "There is no such page",
    "error.notFoundText": "The address may be wrong, or what was here has been deleted.",
    "error.otherSite": "This form came from another site",
    "error.otherSiteText": "Nothing was changed. If you wanted to do this, go to the page here and send the form again.",
    "error.ours": "Something went wrong on our side",
    "error.oursText": "The operator can find it in the log. Try again, and if it happens again, tell them what you did.",
    "error.refused": "That did not work",
    "error.tooMany": "Too many requests",
    "error.tooManyText": (f, v) => `${f.plural(v["seconds"] as number, { "one": () => `${"Try again in a second."}`, "other": () => "Try again in " + f.number(v["seconds"] as number) + " seconds." })}`,
    "footer.language": "Language",
    "footer.theme": "Appearance",
    "footer.theme.dark": "Dark",
    "footer.theme.light": "Light",
    "footer.theme.system": "As the system",
    "form.problems": "Some values need a change. They are marked below.",
    "frame.ask": "Ask a question",
    "frame.askShort": "Ask",
    "frame.search": "Search the discussions",
    "frame.searchHint": "Search questions and answers",
    "frame.signIn": "Sign in",
    "frame.signOut": "Sign out",
    "frame.skip": "Skip to content",
    "list.active": "active",
    "list.answered.all": "All",
    "list.answered.no": "Unanswered",
    "list.answered.yes": "Answered",
    "list.asked": "asked",
    "list.bubbleAnswered": (f, v) => `${f.plural(v["count"] as number, { "one": () => "Answered, " + f.number(v["count"] as number) + " comment", "other": () => "Answered, " + f.number(v["count"] as number) + " comments" })}`,
    "list.bubbleLocked": (f, v) => `${f.plural(v["count"] as number, { "one": () => "Locked, " + f.number(v["count"] as number) + " comment", "other": () => "Locked, " + f.number(v["count"] as number) + " comments" })}`,
    "list.bubbleOpen": (f, v) => `${f.plural(v["count"] as number, { "=0": () => `${"No comments yet"}`, "one": () => "No accepted answer, " + f.number(v["count"] as number) + " comment", "other": () => "No accepted answer, " + f.number(v["count"] as number) + " comments" })}`,
    "list.count": (f, v) => `${f.plural(v["count"] as number, { "=0": () => `${"no discussions"}`, "one": () => f.number(v["count"] as number) + " discussion", "other": () => f.number(v["count"] as number) + " discussions" })}`,
    "list.description": (_, v) => "Questions and answers on " + v["site"] + ".",
    "list.empty": "No discussion matches.",
    "list.filter": "Filter",
    "list.more": "More discussions",
    "list.order": "Order",
    "list.order.active": "Active",
    "list.order.comments": "Most discussed",
    "list.order.hot": "Hot",
    "list.order.newest": "Newest",
    "list.order.top": "Top",
    "list.pinned": "Pinned",
    "list.title": "Discussions",
    "list.window": "Time",
    "list.window.all": "All time",
    "list.window.day": "Today",
    "list.window.month": "Month",
    "list.window.week": "Week",
    "list.window.year": "Year",
    "markdown.bold": "bold",
    "markdown.code": "code",
    "markdown.emphasis": "emphasis",
    "markdown.item": "list item",
    "markdown.link": "link",
    "markdown.mention": "name",
    "markdown.quote": "quote",
    "markdown.title": "How to format text",
    "menu.close": "Close",
    "menu.comment": (_, v) => "More for the comment by " + v["author"],
    "menu.delete": "Delete",
    "menu.discussion": "More for this question",
    "menu.edit": "Edit",
    "menu.history": "History",
    "menu.lock": "Lock",
    "menu.markAnswer": "Accept as the answer",
    "menu.markOfficial": "Mark as official",
    "menu.markVerified": "Mark as verified user",
    "menu.pin": "Pin",
    "menu.reopen": "Reopen",
    "menu.unlock": "Unlock",
    "menu.unmarkAnswer": "No longer the answer",
    "menu.unmarkOfficial": "No longer official",
    "menu.unmarkVerified": "No longer a verified user",
    "menu.unpin": "Unpin",
    "notice.closed": "This discussion is closed. You can still comment.",
    "notice.closedFor": (f, v) => f.select(v["reason"] as string, { "RESOLVED": () => `${"This discussion is closed: the question is answered."}`, "OUTDATED": () => `${"This discussion is closed: it is outdated."}`, "DUPLICATE": () => `${"This discussion is closed: the question is asked in another discussion."}`, "other": () => `${"This discussion is closed."}` }) + " You can still comment.",
    "notice.locked": "This discussion is locked. Only moderators can write here.",
    "notice.lockedFor": (f, v) => f.select(v["reason"] as string, { "OFF_TOPIC": () => `${"This discussion is locked: it is off topic."}`, "RESOLVED": () => `${"This discussion is locked: it is resolved."}`, "SPAM": () => `${"This discussion is locked: it attracts spam."}`, "TOO_HEATED": () => `${"This discussion is locked: it became too heated."}`, "other": () => `${"This discussion is locked."}` }) + " Only moderators can write here.",
    "pager.first": "Back to the first page",
    "pager.label": "Pages",
    "post.edited": "edited",
    "question.answer": "Answer",
    "question.of": "this question",
    "rail.categories": "Categories",
    "rail.label": "Browse",
    "rail.products": "Products",
    "rail.tags": "Tags",
    "rail.waiting": "Waiting for an answer",
    "signIn.do": "Sign in",
    "signIn.noAccount": "Create an account",
    "signIn.title": "Sign in",
    "signIn.toPost": "Sign in to finish. What you wrote is sent right after.",
    "signIn.toSee": "Sign in to see this page.",
    "signUp.do": "Create account",
    "signUp.haveAccount": "I have an account",
    "signUp.title": "Create an account",
    "thread.continue": (f, v) => `${f.plural(v["count"] as number, { "one": () => "Continue this thread: " + f.number(v["count"] as number) + " reply", "other": () => "Continue this thread: " + f.number(v["count"] as number) + " replies" })}`,
    "thread.count": (f, v) => `${f.plural(v["count"] as number, { "one": () => f.number(v["count"] as number) + " comment", "other": () => f.number(v["count"] as number) + " comments" })}`,
    "thread.hide": (f, v) => `${f.plural(v["count"] as number, { "one": () => "Hide " + f.number(v["count"] as number) + " reply", "other": () => "Hide " + f.number(v["count"] as number) + " replies" })}`,
    "thread.more": "More comments",
    "thread.moreReplies": (f, v) => `${f.plural(v["count"] as number, { "one": () => f.number(v["count"] as number) + " more reply", "other": () => f.number(v["count"] as number) + " more replies" })}`,
    "thread.order": "Order of comments",
    "thread.order.best": "Best",
    "thread.order.newest": "Newest",
    "thread.order.oldest": "Oldest",
    "thread.show": (f, v) => `${f.plural(v["count"] as number, { "one": () => "Show " + f.number(v["count"] as number) + " reply", "other": () => "Show " + f.number(v["count"] as number) + " replies" })}`,
    "undo": "Undo",
    "vote.down": (_, v) => "Vote down, " + v["of"],
    "vote.net": (f, v) => `${f.plural(v["count"] as number, { "one": () => f.number(v["count"] as number) + " net vote", "other": () => f.number(v["count"] as number) + " net votes" })}`,
    "vote.up": (_, v) => "Vote up, " + v["of"],
    "write.answer": "Your answer",
    "write.answerHint": "What did you do, and how did it go?",
    "write.cancel": "Cancel",
    "write.guest": "You sign in when you post. What you wrote is not lost.",
    "write.markdown": "You can use Markdown.",
    "write.official": "Official statement",
    "write.postAnswer": "Post answer",
    "write.postReply": "Post reply",
    "write.preview": "Preview",
    "write.replyTo": (_, v) => "Reply to " + v["author"],
    "write.showPreview": "Preview",
    "write.signInAndPost": "Sign in and post",
  },
  "de": {
    "about.active": "Aktiv",
    "about.answered": "Beantwortet",
    "about.category": "Kategorie",
    "about.closed": "geschlossen",
    "about.label": "Über diese Diskussion",
    "about.open": "offen",
    "about.product": "Produkt",
    "about.related": "Verwandt",
    "about.state": "Stand",
    "about.title": "Über",
    "about.unanswered": "Nicht beantwortet",
    "account.company": "Firma (freiwillig)",
    "account.email": "E-Mail-Adresse",
    "account.name": "Name",
    "account.password": "Passwort",
    "account.passwordHint": "Mindestens 10 beliebige Zeichen.",
    "account.title": "Berufsbezeichnung (freiwillig)",
    "answer.by": (_, v) => "angenommen von " + v["author"],
    "answer.changed": "Diese Antwort wurde bearbeitet, nachdem sie angenommen wurde.",
    "answer.title": "Angenommene Antwort",
    "answer.toComment": "Zum Kommentar",
    "answer.toReplies": (f, v) => `${f.plural(v["count"] as number, { "one": () => `${"Zum Kommentar und seiner Antwort"}`, "other": () => "Zum Kommentar und seinen " + f.number(v["count"] as number) + " Antworten" })}`,
    "author.anonymous": "Anonym",
    "comment.answer": "Antwort",
    "comment.asker": "Hat gefragt",
    "comment.by": (_, v) => "Kommentar von " + v["author"],
    "comment.deleted": "Dieser Kommentar wurde gelöscht. Seine Antworten sind noch da.",
    "comment.justDeleted": "Der Kommentar wurde gelöscht.",
    "comment.of": (_, v) => "Kommentar von " + v["author"],
    "comment.official": "Offiziell",
    "comment.officialOf": (_, v) => "Offiziell, " + v["product"],
    "comment.reply": "Antworten",
    "comment.replyTo": (_, v) => "auf " + v["author"],
    "comment.verified": "Bestätigter Nutzer",
    "crumbs.label": "Sie sind hier",
    "error.away": "Das Forum antwortet gerade nicht",
    "error.awayText": "Es ist nichts verloren. Versuchen Sie es gleich noch einmal.",
    "error.back": "Zu allen Diskussionen",
    "error.forbidden": "Das dürfen Sie nicht",
    "error.notFound": "Diese Seite gibt es nicht",
    "error.notFoundText": "Vielleicht ist die Adresse falsch, oder was hier stand, wurde gelöscht.",
    "error.otherSite": "Dieses Formular kam von einer anderen Website",
    "error.otherSiteText": "Es wurde nichts geändert. Wenn Sie das tun wollten, gehen Sie hier auf die Seite und senden Sie das Formular noch einmal.",
    "error.ours": "Bei uns ist etwas schiefgegangen",
    "error.oursText": "Der Betreiber findet es im Protokoll. Versuchen Sie es noch einmal, und wenn es wieder geschieht, sagen Sie ihm, was Sie getan haben.",
    "error.refused": "Das hat nicht geklappt",
    "error.tooMany": "Zu viele Anfragen",
    "error.tooManyText": (f, v) => `${f.plural(v["seconds"] as number, { "one": () => `${"Versuchen Sie es in einer Sekunde noch einmal."}`, "other": () => "Versuchen Sie es in " + f.number(v["seconds"] as number) + " Sekunden noch einmal." })}`,
    "footer.language": "Sprache",
    "footer.theme": "Darstellung",
    "footer.theme.dark": "Dunkel",
    "footer.theme.light": "Hell",
    "footer.theme.system": "Wie das System",
    "form.problems": "Einige Angaben passen noch nicht. Sie sind unten markiert.",
    "frame.ask": "Frage stellen",
    "frame.askShort": "Fragen",
    "frame.search": "Die Diskussionen durchsuchen",
    "frame.searchHint": "Fragen und Antworten suchen",
    "frame.signIn": "Anmelden",
    "frame.signOut": "Abmelden",
    "frame.skip": "Zum Inhalt springen",
    "list.active": "aktiv",
    "list.answered.all": "Alle",
    "list.answered.no": "Unbeantwortet",
    "list.answered.yes": "Beantwortet",
    "list.asked": "gefragt",
    "list.bubbleAnswered": (f, v) => `${f.plural(v["count"] as number, { "one": () => "Beantwortet, " + f.number(v["count"] as number) + " Kommentar", "other": () => "Beantwortet, " + f.number(v["count"] as number) + " Kommentare" })}`,
    "list.bubbleLocked": (f, v) => `${f.plural(v["count"] as number, { "one": () => "Gesperrt, " + f.number(v["count"] as number) + " Kommentar", "other": () => "Gesperrt, " + f.number(v["count"] as number) + " Kommentare" })}`,
    "list.bubbleOpen": (f, v) => `${f.plural(v["count"] as number, { "=0": () => `${"Noch keine Kommentare"}`, "one": () => "Keine angenommene Antwort, " + f.number(v["count"] as number) + " Kommentar", "other": () => "Keine angenommene Antwort, " + f.number(v["count"] as number) + " Kommentare" })}`,
    "list.count": (f, v) => `${f.plural(v["count"] as number, { "=0": () => `${"keine Diskussionen"}`, "one": () => f.number(v["count"] as number) + " Diskussion", "other": () => f.number(v["count"] as number) + " Diskussionen" })}`,
    "list.description": (_, v) => "Fragen und Antworten auf " + v["site"] + ".",
    "list.empty": "Keine Diskussion passt.",
    "list.filter": "Filter",
    "list.more": "Weitere Diskussionen",
    "list.order": "Reihenfolge",
    "list.order.active": "Aktiv",
    "list.order.comments": "Meist diskutiert",
    "list.order.hot": "Gefragt",
    "list.order.newest": "Neueste",
    "list.order.top": "Beste",
    "list.pinned": "Angeheftet",
    "list.title": "Diskussionen",
    "list.window": "Zeit",
    "list.window.all": "Gesamt",
    "list.window.day": "Heute",
    "list.window.month": "Monat",
    "list.window.week": "Woche",
    "list.window.year": "Jahr",
    "markdown.bold": "fett",
    "markdown.code": "Code",
    "markdown.emphasis": "betont",
    "markdown.item": "Listenpunkt",
    "markdown.link": "Link",
    "markdown.mention": "name",
    "markdown.quote": "Zitat",
    "markdown.title": "So wird Text formatiert",
    "menu.close": "Schließen",
    "menu.comment": (_, v) => "Mehr zum Kommentar von " + v["author"],
    "menu.delete": "Löschen",
    "menu.discussion": "Mehr zu dieser Frage",
    "menu.edit": "Bearbeiten",
    "menu.history": "Verlauf",
    "menu.lock": "Sperren",
    "menu.markAnswer": "Als Antwort annehmen",
    "menu.markOfficial": "Als offiziell kennzeichnen",
    "menu.markVerified": "Als bestätigten Nutzer kennzeichnen",
    "menu.pin": "Anheften",
    "menu.reopen": "Wieder öffnen",
    "menu.unlock": "Entsperren",
    "menu.unmarkAnswer": "Nicht mehr die Antwort",
    "menu.unmarkOfficial": "Nicht mehr offiziell",
    "menu.unmarkVerified": "Nicht mehr bestätigter Nutzer",
    "menu.unpin": "Nicht mehr anheften",
    "notice.closed": "Diese Diskussion ist geschlossen. Kommentieren können Sie trotzdem.",
    "notice.closedFor": (f, v) => f.select(v["reason"] as string, { "RESOLVED": () => `${"Diese Diskussion ist geschlossen: Die Frage ist beantwortet."}`, "OUTDATED": () => `${"Diese Diskussion ist geschlossen: Sie ist veraltet."}`, "DUPLICATE": () => `${"Diese Diskussion ist geschlossen: Die Frage steht in einer anderen Diskussion."}`, "other": () => `${"Diese Diskussion ist geschlossen."}` }) + " Kommentieren können Sie trotzdem.",
    "notice.locked": "Diese Diskussion ist gesperrt. Nur Moderatoren können hier schreiben.",
    "notice.lockedFor": (f, v) => f.select(v["reason"] as string, { "OFF_TOPIC": () => `${"Diese Diskussion ist gesperrt: Sie passt nicht zum Thema."}`, "RESOLVED": () => `${"Diese Diskussion ist gesperrt: Sie ist gelöst."}`, "SPAM": () => `${"Diese Diskussion ist gesperrt: Sie zieht Spam an."}`, "TOO_HEATED": () => `${"Diese Diskussion ist gesperrt: Sie wurde zu hitzig."}`, "other": () => `${"Diese Diskussion ist gesperrt."}` }) + " Nur Moderatoren können hier schreiben.",
    "pager.first": "Zurück zur ersten Seite",
    "pager.label": "Seiten",
    "post.edited": "bearbeitet",
    "question.answer": "Antworten",
    "question.of": "diese Frage",
    "rail.categories": "Kategorien",
    "rail.label": "Stöbern",
    "rail.products": "Produkte",
    "rail.tags": "Schlagwörter",
    "rail.waiting": "Warten auf eine Antwort",
    "signIn.do": "Anmelden",
    "signIn.noAccount": "Konto anlegen",
    "signIn.title": "Anmelden",
    "signIn.toPost": "Melden Sie sich an, um fortzufahren. Was Sie geschrieben haben, wird danach gleich gesendet.",
    "signIn.toSee": "Melden Sie sich an, um diese Seite zu sehen.",
    "signUp.do": "Konto anlegen",
    "signUp.haveAccount": "Ich habe ein Konto",
    "signUp.title": "Konto anlegen",
    "thread.continue": (f, v) => `${f.plural(v["count"] as number, { "one": () => "Hier geht es weiter: " + f.number(v["count"] as number) + " Antwort", "other": () => "Hier geht es weiter: " + f.number(v["count"] as number) + " Antworten" })}`,
    "thread.count": (f, v) => `${f.plural(v["count"] as number, { "one": () => f.number(v["count"] as number) + " Kommentar", "other": () => f.number(v["count"] as number) + " Kommentare" })}`,
    "thread.hide": (f, v) => `${f.plural(v["count"] as number, { "one": () => f.number(v["count"] as number) + " Antwort ausblenden", "other": () => f.number(v["count"] as number) + " Antworten ausblenden" })}`,
    "thread.more": "Weitere Kommentare",
    "thread.moreReplies": (f, v) => `${f.plural(v["count"] as number, { "one": () => f.number(v["count"] as number) + " weitere Antwort", "other": () => f.number(v["count"] as number) + " weitere Antworten" })}`,
    "thread.order": "Reihenfolge der Kommentare",
    "thread.order.best": "Beste",
    "thread.order.newest": "Neueste",
    "thread.order.oldest": "Älteste",
    "thread.show": (f, v) => `${f.plural(v["count"] as number, { "one": () => f.number(v["count"] as number) + " Antwort zeigen", "other": () => f.number(v["count"] as number) + " Antworten zeigen" })}`,
    "undo": "Rückgängig",
    "vote.down": (_, v) => "Dagegen stimmen, " + v["of"],
    "vote.net": (f, v) => `${f.plural(v["count"] as number, { "one": () => f.number(v["count"] as number) + " Stimme netto", "other": () => f.number(v["count"] as number) + " Stimmen netto" })}`,
    "vote.up": (_, v) => "Dafür stimmen, " + v["of"],
    "write.answer": "Ihre Antwort",
    "write.answerHint": "Was haben Sie getan, und wie ging es aus?",
    "write.cancel": "Abbrechen",
    "write.guest": "Sie melden sich beim Absenden an. Was Sie geschrieben haben, geht nicht verloren.",
    "write.markdown": "Markdown ist möglich.",
    "write.official": "Offizielle Stellungnahme",
    "write.postAnswer": "Antwort absenden",
    "write.postReply": "Antwort absenden",
    "write.preview": "Vorschau",
    "write.replyTo": (_, v) => "Antwort auf " + v["author"],
    "write.showPreview": "Vorschau",
    "write.signInAndPost": "Anmelden und absenden",
  },
};
