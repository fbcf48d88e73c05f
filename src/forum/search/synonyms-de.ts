/* German words of support forums that are used for each other: see synonyms.ts for how they are written. */
export const GERMAN = `
anmelden: anmeld*, melde mich an, melden sich an, einlogg*, log mich ein, logge mich ein, login*, *einwahl, authentifizier*, komme nicht rein
abmelden: abmeld*, abgemeldet, auslogg*, ausgeloggt, logout*, sitzung*
registrieren: registrier*, konto anlegen, konto erstellen, konto eröffnen, neues konto, account anlegen, account erstellen, beitreten
passwort: *passwort*, *passwörter*, *kennwort*, *kennwörter*, zugangsdaten, *passphrase*
zwei-faktor: zwei faktor*, zweifaktor*, 2fa, zweistufig*, zwei schritt*, einmalcode*, einmalpasswort*, bestätigungscode*, authenticator*, mfa
sso: sso, single sign*, saml, oauth*, openid, ldap, active directory, verzeichnisdienst*
konto: *konto, *konten, *kontos, *account, *accounts, *profil, *profile
benutzer: *benutzer*, nutzer*, *anwender*, *user, *users, *mitglied*, person*, leute
mitarbeiter: *mitarbeiter*, mitarbeitend*, *kolleg*, angestellt*, personal, beschäftigt*, belegschaft, teammitglied*
kunde: kund*, *kunde, *kunden, klient*, mandant*, käufer*, auftraggeber*, kontakt, kontakte, kontakten
administrator: admin*, verwalter*, inhaber*, eigentümer*, besitzer*
recht: *recht, *rechte, *rechten, *berechtigung*, *rolle, *rollen, zugriff*, befugnis*, dürfen, darf, erlaub*, freigeb*
sperren: sperr*, gesperrt, blockier*, verbann*, aussperr*, ausgesperrt
einladen: einlad*, eingeladen, lade ein, hinzuhol*, dazuhol*
löschen: lösch*, gelöscht, entfern*, loswerden, beseitig*, weg bekomm*, wegbekomm*, wegmachen, verwerfen, bereinig*
erstellen: erstell*, anleg*, angelegt, lege an, hinzufüg*, hinzugefügt, hinzu, erzeug*, einricht*, eintragen, neu anlegen, erfass*
ändern: *änder*, bearbeit*, anpass*, angepasst, passe an, korrigier*, aktualisier*, modifizier*, editier*, überarbeit*
umbenennen: umbenenn*, umbenannt, anderer name, neuer name, anderen namen, neuen namen, umtauf*
verschieben: verschieb*, verschob*, umzieh*, umzug*, übertrag*, migrier*, migration*, umstell*, wechsel*, mitnehmen
kopieren: kopier*, kopie, kopien, duplizier*, klon*, vervielfältig*
exportieren: *export*, ausführen, herunterlad*, heruntergeladen, runterlad*, download*, ausles*, extrahier*, rausholen, ausgeben, herausbekomm*
importieren: *import*, einles*, hochlad*, hochgeladen, upload*, einspiel*, übernehm*, übernahme*, einfüg*
speichern: speicher*, gespeichert, sichern, ablegen, abgelegt, aufbewahr*, aufheben, sicher ab
wiederherstellen: wiederherstell*, wiederhergestellt, zurückhol*, rückgängig, zurücksetz*, rettet, retten, zurückbekomm*, widerruf*
sicherung: *sicherung, *sicherungen, backup*, *sicherungskopie*, datensicherung*
senden: *send*, gesendet, *schick*, geschickt, *versand*, verschickt, zustell*, zugestellt, weiterleit*
erhalten: erhalt*, erhält, bekomm*, empfang*, empfäng*, kommt an, kommen an, ankomm*, angekommen, eintreff*, kriege*
suchen: *such*, find*, gefunden, auffind*, nachschlag*, aufspür*
anzeigen: anzeig*, angezeigt, zeig*, darstell*, dargestellt, ansicht*, anseh*, sehen, sicht*, sichtbar*, erschein*, einblend*
ausblenden: ausblend*, ausgeblendet, versteck*, verberg*, verborgen, unsichtbar*
fehlen: fehlt, fehlen, fehlend*, verschwund*, verschwind*, weg, verloren, verlier*, nicht da, nicht mehr da, nicht gefunden, nicht auffindbar
verbinden: *verbind*, *verbund*, *anbind*, *anbindung*, integr*, *schnittstelle*, koppel*, kopplung*, verknüpf*, anschließ*, plugin*, erweiterung*, zusammenarbeit*
abgleichen: abgleich*, abgeglichen, synchron*, aktuell halten, veraltet*, auf dem laufenden
zusammenführen: zusammenführ*, zusammengeführt, zusammenleg*, vereinig*, kombinier*, vereinheitlich*, zusammenfass*
trennen: trenn*, getrennt, aufteil*, aufgeteilt, teilen auf, aufspalt*, separat*
teilen: teil*, gemeinsam*, freigab*, freigeb*, zugänglich*
veröffentlichen: veröffentlich*, publizier*, öffentlich*, live schalten, freischalt*
drucken: *druck*, papier*, *ausdruck*
kündigen: kündig*, gekündigt, stornier*, storno*, beend*, austret*, auflös*, aussteig*
abschalten: abschalt*, abgeschaltet, ausschalt*, ausgeschaltet, deaktivier*, abstell*, abgestellt, stopp*, verhinder*, abbestell*, unterdrück*, stummschalt*, stelle ab, schalte aus, schalte ab
einschalten: einschalt*, eingeschaltet, aktivier*, anschalt*, freischalt*, schalte ein, schalte an
starten: start*, gestartet, beginn*, anfang*, loslegen
installieren: *install*, einricht*, eingerichtet, aufsetz*, inbetriebnahme, richte ein, ausroll*
aktualisieren: aktualisier*, update*, upgrade*, neue version, neuere version, neueste version, neuen version, *aktualisierung*
einstellung: *einstellung*, konfigur*, *option, *optionen, anpass*, voreinstell*, präferenz*
testen: *test, *tests, test*, demo*, ausprobier*, probier*, probezeit*, probe*, evaluier*
automatisch: automat*, zeitgesteuert*, geplant*, von selbst, von allein*, selbsttätig*, ohne manuell*, *regel, *regeln
regelmäßig: regelmäßig*, wiederkehr*, wiederhol*, jeden tag, jede woche, jeden monat, jedes jahr, täglich*, wöchentlich*, monatlich*, jährlich*, turnus*, periodisch*, dauer*
benachrichtigen: *benachricht*, *erinner*, hinweis*, *alarm*, informier*, mitteil*, bescheid, *meldung, *meldungen, verständig*
genehmigen: genehmig*, freigeb*, *freigabe*, bestätig*, absegn*, zustimm*, bewillig*
ablehnen: ablehn*, abgelehnt, zurückweis*, zurückgewiesen, verweiger*, abweis*
zuweisen: zuweis*, zugewiesen, zuordn*, zugeordnet, zuteil*, delegier*, übertrag*, verantwortlich*, zuständig*
filtern: *filter*, eingrenz*, einschränk*, nur bestimmte
sortieren: sortier*, reihenfolge*, anordn*, ordnen
grenze: *grenze*, begrenz*, limit*, maximal*, höchst*, wie viele, zu viele, kontingent*, beschränk*, obergrenze*
groß: groß, große*, größe*, größer*, riesig*, zu lang, umfangreich*
langsam: *langsam*, dauert lang*, dauert so lang*, dauert zu lang*, dauert ewig, ewig, schnell*, performan*, träge, zäh, *geschwindigkeit*, *ladezeit*, wartezeit*, lahm*, ruckel*, hakt
abstürzen: *absturz*, *abstürz*, abgestürzt, stürzt, hängt, hängen, einfrier*, eingefroren, friert, reagiert nicht, aufgehängt
fehler: *fehler*, fehlgeschlagen, fehlschlag*, funktioniert nicht, funktionieren nicht, geht nicht, gehen nicht, klappt nicht, klappen nicht, läuft nicht, kaputt, *problem*, *störung*, defekt*, streikt, scheiter*, bug, bugs, schief*
nicht-können: kann nicht, können nicht, kann ich nicht, kann mich nicht, nicht möglich, unmöglich, lässt sich nicht, lassen sich nicht, gelingt nicht, schaffe es nicht
falsch: falsch*, inkorrekt*, ungültig*, stimmt nicht, stimmen nicht, unrichtig*, verkehrt*, irrtum*, irrtümlich*, versehentlich*, tippfehler*
ausfall: *ausfall*, ausgefallen, offline, nicht erreichbar, unerreichbar, nicht verfügbar, *wartung*, down
preis: *preis*, *kosten*, kostet, *gebühr*, teuer, wie viel, wieviel, *tarif*
rechnung: *rechnung*, *rechnungen, *beleg, *belege, quittung*, faktur*, abrechn*
zahlen: *zahl*, *zahlung*, bezahl*, begleich*, überweis*, lastschrift*, kreditkart*, abbuch*
erstattung: *erstatt*, geld zurück, rückzahl*, gutschrift*, rückbuch*, zurückzahl*
rabatt: *rabatt*, *nachlass*, gutschein*, *ermäßig*, vergünstig*, sonderangebot*, *aktion, skonto, billiger, günstiger
abonnement: *abo, *abos, *abonnement*, *lizenz*, mitgliedschaft*, *paket, *pakete, *tarif*
kostenlos: kostenlos*, gratis, kostenfrei*, umsonst, unentgeltlich*
steuer: *steuer, *steuern, *steuersatz*, mwst, ust, umsatzsteuer*, mehrwertsteuer*
bestellen: *bestell*, *auftrag, *aufträge, kauf*, gekauft, *erwerb*
lieferung: *liefer*, *versand*, *paket, sendungsverfolg*, zustell*
e-mail: *email*, e mail*, mail*, *mails, *post, *postfach, posteingang, elektronische post
nachricht: *nachricht*, chat*, *mitteilung*, unterhaltung*
handy: *handy*, *smartphone*, mobil*, *telefon*, iphone*, ipad*, android*, *tablet*, unterwegs
webseite: webseite*, website*, *homepage*, internetseite*, *seite, *seiten, internetauftritt*
browser: *browser*, chrome, firefox, safari
anwendung: *anwendung, *anwendungen, *app, *apps, *programm*, *software, *tool, *tools, werkzeug*
datei: *datei*, *dokument*, *anhang*, *anhäng*, angehängt, unterlagen
bild: *bild, *bilder*, *foto*, *avatar*, *symbol*, grafik*, *screenshot*, *logo*
aussehen: aussehen, *design*, *farbe*, *gestalt*, erscheinungsbild*, *layout*, *logo*, corporate
bericht: *bericht*, *auswertung*, *statistik*, *report*, *übersicht*, *dashboard*, *diagramm*, *analyse*, *kennzahl*
tabelle: *tabelle*, excel, csv, kalkulation*
datum: datum*, *frist*, fällig*, *termin*, *tag, *tage, stichtag*
kalender: *kalender*, *termin*, *besprechung*, *veranstaltung*, *sitzungstermin*
uhrzeit: *uhrzeit*, zeitzone*, *stunde*, ortszeit
sprache: *sprach*, *übersetz*, mehrsprach*, lokalisier*
währung: *währung*, euro, dollar, franken, geld
adresse: *adresse*, *anschrift*, *straße*, *standort*
name: *name, *namen, bezeichn*, *titel*, heißt, nennen
nummer: *nummer*, *nummern, kennung*, kennziffer*, *zähler
kategorie: *kategor*, *gruppe*, *gruppen, *ordner*, *etikett*, schlagw*, *tags, rubrik*, einordn*, gliedern
feld: *feld, *felder, *feldern, *spalte*, *attribut*, *eigenschaft*
kommentar: *kommentar*, *kommentier*, *antwort*, *anmerkung*, *notiz*, *bemerkung*
hilfe: *hilfe*, helfen, *support*, unterstütz*, *kontakt*, ansprechpartner*, hotline*, *beratung*, erreiche ich, kundendienst*
anleitung: *anleitung*, handbuch*, dokumentation*, *tutorial*, erklär*, schritt für schritt, *beispiel*
schulung: *schulung*, *kurs, *kurse, lernen, einarbeit*, *training*, *seminar*, weiterbild*
sicherheit: *sicherheit*, sicher, *schutz*, geschützt, *schütz*, verschlüssel*
datenschutz: datenschutz*, dsgvo, privat*, vertraulich*, personenbezogen*
gehackt: *hack*, gestohlen, missbrauch*, verdächtig*, *virus*, schadsoftware, phishing*, fremd*, unbefugt*
spam: spam*, unerwünscht*, werbung*, werbe*, junk*
api: api, apis, *schnittstelle*, webhook*, entwickler*, programmatisch*
datenbank: *datenbank*, db, sql
server: *server*, hosting*, *gehostet*, selbst betreiben, eigenen server*, cloud, rechenzentr*, serverstandort*
verlauf: *verlauf*, *historie*, *version, *versionen, frühere*, vorherige*, *protokoll*, nachvollzieh*, wer hat geändert, änderungsverlauf*
doppelt: doppel*, dublett*, duplikat*, zweimal, zwei mal, mehrfach*
massen: *massen*, mehrere, viele, gleichzeitig*, auf einmal, gesammelt*, stapel*, auf einen schlag, alle auf
standard: standard*, vorgabe*, vorbeleg*, voreinge*
vorlage: *vorlage*, *muster*, *template*, formular*
archiv: *archiv*, inaktiv*, alte, alten, ältere*, ablage*
vergessen: vergess*, verloren, erinnere mich nicht, weiß nicht mehr, zurücksetz*
abwesenheit: *abwesen*, *urlaub*, *ferien*, *vertret*, stellvertret*, krank*, fehlzeit*
firma: *firma, *firmen*, *unternehmen*, *betrieb, *betriebe, organisation*, *abteilung*, *team, *teams, niederlassung*, filiale*
aufgabe: *aufgabe*, *ticket*, to do*, todo*, vorgang*, vorgänge*
vertrag: *vertrag*, *verträge*, *vereinbarung*, agb
tastenkürzel: *kürzel*, tastenkombination*, shortcut*, *tastatur*, *hotkey*
dunkel: dunkel*, dunkler modus, nachtmodus, darkmode, dark mode
unterschrift: *unterschr*, *signatur*, signier*
lager: *lager, *lagers, *lagerbestand*, *bestand, *bestände, *inventar*, *vorrat*
vergleich: *unterschied*, *vergleich*, gegenüber
speicherplatz: *speicherplatz*, *platz, speicher, voll, kapazität*
pflicht: *pflicht, *pflichtfeld*, erforderlich*, notwendig*, müssen, muss, voraussetz*, benötig*, zwingend*
`;
