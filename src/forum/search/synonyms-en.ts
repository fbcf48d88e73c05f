/** English words of support forums that are used for each other: see synonyms.ts for how they are written. */
export const ENGLISH = `
login: log in, logs in, logging in, logged in, log into, logging into, login*, logon, log on, sign in, signing in, signed in, sign into, signin, sign on, authenticat*
logout: log out, logs out, logging out, logged out, logs me out, logout, log off, logged off, sign out, signing out, signed out, signout, kicked out
register: register*, registration*, sign up, signing up, signed up, signup*, create an account, open an account, new account, enrol*
password: password*, passwd, passphrase*, passcode*, credential*
two-factor: two factor, 2fa, mfa, multi factor, multifactor, two step, authenticator*, one time code*, otp, verification code*, security code*
single-sign-on: sso, single sign*, saml, oauth*, openid, ldap, active directory, identity provider*
account: account*, profile*
user: user*, member*, people, person*
employee: employee*, staff, colleague*, coworker*, co worker*, worker*, teammate*, team member*, personnel
customer: customer*, client, clients, buyer*, contact, contacts
admin: admin*, superuser*, owner*, manager*
permission: permission*, rights, privilege*, role, roles, access, authoriz*, authoris*, allowed
block: block*, ban, bans, banned, banning, lock*, suspend*, forbid*
invite: invit*, add people, add someone, add users, onboard*
delete: delet*, remov*, eras*, get rid, getting rid, purg*, wipe*, wiping, clear*, discard*
create: creat*, add, adds, adding, added, insert*, make a, making a, set up a
change: chang*, edit*, modif*, updat*, alter, altering, adjust*, amend*, revis*, correct, correcting
rename: renam*, change the name, different name, other name, new name
move: move*, moving, transfer*, migrat*, switch, switching, relocat*, hand over
copy: copy*, copies, copied, duplicat*, clone*, cloning, replicat*
export: export*, download*, extract*, get out of, get data out, dump*
import: import*, upload*, bring in, bulk add, ingest*, take over from, migrat*
save: save*, saving, stor*, keep, keeps, retain*, preserv*
restore: restor*, recover*, undo*, undelet*, bring back, get back, getting back, revert*, roll back, rolling back, rollback*
backup: backup*, back up, backing up, backs up, snapshot*
send: send*, sent, deliver*, dispatch*, forward*
receive: receiv*, arriv*, come through, coming through, get any, getting any, delivered
search: search*, find*, found, look up, looking up, lookup*, locat*
show: show*, display*, view*, see, visible, visibility, appear*
hide: hide*, hidden, hiding, invisible, conceal*
missing: missing, disappear*, gone, vanish*, lost, lose, losing, not there, not showing, not found, can t find, cannot find, no longer
connect: connect*, integrat*, link*, hook up, hooking up, plug in, plugin*, addon*, add on, add ons, extension*, work with, works with
sync: sync*, keep in step, kept in step, two way, up to date, out of date, stale, outdated
merge: merg*, combin*, consolidat*, unif*, put together, into one
split: split*, separat*, divid*, break up
share: shar*, collaborat*, together with, give access
publish: publish*, public, go live, going live, release*
print: print*, paper, hard copy
cancel: cancel*, terminat*, quit*, opt out, end my, close my, closing my, give notice, stop paying
disable: disabl*, deactivat*, turn off, turning off, turned off, switch off, switching off, stop*, mute*, muting, unsubscrib*, prevent*
enable: enabl*, activat*, turn on, turning on, turned on, switch on, switching on
start: start*, begin*, launch*, boot*, get going
install: install*, set up, setting up, setup*, deploy*
upgrade: upgrad*, updat*, newer version, latest version, new version, newest version, new release
settings: setting*, configur*, preference*, option*, customi*, adjust*
trial: trial*, demo*, try out, trying out, try it, evaluat*, sandbox*, test it
automatic: automat*, schedul*, by itself, on its own, without manual*, trigger*, workflow*, rule, rules
recurring: recur*, repeat*, regular*, periodic*, every day, every week, every month, every year, daily, weekly, monthly, yearly, annual*
notify: notif*, alert*, remind*, inform*, push message*, let me know
approve: approv*, sign off, signing off, confirm*, accept*
reject: reject*, declin*, refus*, deny, denied, denies
assign: assign*, delegat*, allocat*, responsible, in charge
filter: filter*, narrow*, only show, show only
sort: sort*, order by, order of, arrang*, rank*, reorder*
limit: limit*, maximum, max, quota*, restrict*, how many, too many, cap, threshold*
large: large*, big, bigger, biggest, huge, size*, too long
slow: slow*, performance, lag, lags, lagging, laggy, take so long, takes so long, taking so long, take too long, takes too long, takes long, take long, takes forever, taking forever, long time, sluggish, speed*, faster, unresponsive, latency
crash: crash*, freez*, froze*, hang, hangs, hanging, not responding, stuck
fail: fail*, error*, not work*, doesn t work, don t work, isn t working, won t work, stopped working, broken, broke, bug, bugs, problem*, issue*, trouble*, fault*, malfunction*
cannot: can t, cannot, can not, couldn t, could not, unable, not able, won t let, doesn t let, not possible, impossible
wrong: wrong*, incorrect*, inaccura*, mistake*, not right, false, invalid, not correct, typo, typos
down: down, outage*, offline, unavailable, unreachable, downtime, maintenance
price: price*, pricing, cost*, fee, fees, charge*, charging, expens*, how much
bill: bill, bills, billing, billed, invoic*, receipt*
pay: pay*, paid, credit card*, debit*, bank transfer*, checkout
refund: refund*, money back, reimburs*, chargeback*
discount: discount*, coupon*, voucher*, promo*, rebate*, cheaper, special offer*, price reduction*, reduced
subscription: subscri*, plan, plans, licen*, membership*, seat, seats, tier*
free: free, for nothing, gratis, without paying, no charge
tax: tax*, vat, gst
order: order, orders, ordered, ordering, purchas*, buy, buys, buying, bought
shipping: ship*, deliver*, parcel*, tracking
email: email*, e mail*, mail, mails, mailed, mailing, inbox
message: message*, chat*, conversation*
mobile: mobile*, phone*, smartphone*, iphone*, ipad*, android, tablet*, on the go
website: website*, web site*, site, sites, page, pages, webpage*, homepage
browser: browser*, chrome, firefox, safari
app: app, apps, application*, program, programs, software, tool, tools
file: file*, document, documents, attachment*, attach*
image: picture*, image*, photo*, avatar*, icon*, screenshot*
branding: logo*, brand*, theme*, colour*, color*, appearance, design*, look and feel, look like, white label
report: report*, statistic*, analytic*, dashboard*, chart*, graph*, overview*, summar*, evaluation*
spreadsheet: spreadsheet*, excel, csv, sheet*, table, tables
date: date*, deadline*, due, day, days
calendar: calendar*, appointment*, meeting*, event, events
time: timezone*, time zone*, hour*, clock, time of day, local time
language: language*, translat*, locali*, multilingual
currency: currenc*, dollar*, euro, euros, money
address: address*, street*, location*
name: name*, title*, call, called
number: number*, id, ids, identifier*
category: categor*, group*, folder*, label*, tag, tags, tagging, organi*, classif*, section*
field: field*, column*, attribute*, property, properties
comment: comment*, reply, replies, replied, replying, answer*, respon*, note, notes, remark*
help: help*, support*, assist*, contact*, hotline, get in touch, reach you, reach someone
guide: guide*, tutorial*, documentation, manual*, instruction*, step by step, example*
train: train*, course*, learn*, lesson*, teach*
security: secur*, safe*, protect*, encrypt*
privacy: privacy, private, gdpr, data protection, confidential*, personal data
hacked: hack*, compromis*, breach*, stolen, phish*, malware, virus*, suspicious
spam: spam*, junk*, unwanted, unsolicited
api: api, apis, webhook*, interface*, endpoint*, developer*, programmatic*, rest
database: database*, db, sql
server: server*, host*, self host*, on premise*, cloud, data center*, data centre*, where is the data
history: history, version*, previous, earlier, audit*, log, logs, track changes, changelog, who changed
duplicate: duplicat*, double*, twice, two times, same thing
bulk: bulk, batch*, mass, multiple, several, many, at once, at the same time, in one go
default: default*, standard, preset*, initial*
template: template*, sample*, layout*, form letter*, boilerplate
archive: archiv*, inactive, old, older, put away
forgot: forgot*, forget*, don t remember, can t remember, lost my, reset*
absence: vacation*, holiday*, out of office, absent, absence*, time off, on leave, away, substitut*, stand in, deput*
company: compan*, organisation*, organization*, business*, firm, firms, team, teams, department*, branch*
task: task*, todo, todos, to do list, ticket*, job, jobs
contract: contract*, agreement*, terms and conditions
shortcut: shortcut*, hotkey*, keyboard*, key combination*
dark: dark mode, night mode, dark theme, dark
sign: signature*, sign a, sign documents, signing documents, esign*, e sign*
stock: stock*, inventory, warehouse*
compare: differen*, compar*, versus, vs
storage: storage, disk space, space, out of space, capacity, full
required: requir*, mandatory, necessary, must, have to, need to, prerequisite*
`;
