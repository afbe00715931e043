package topic

// inflections says, for each language, which endings a word of its kind can
// have. Groups (of nouns, of adjectives) are divided by empty lines; in each,
// the longest ending that the term has decides: "y: y ies" lets a term in -y
// be found in -y and -ies. A capital C or V stands for a consonant or vowel
// that stays, "C" and 1 for a consonant that may be the first letter, "*" for any
// letter, "-" for no ending. Accents count only
// where the term has some, and those behind "!" always. Derivation isn't inflection: technology
// finds technologies and not technological.
var inflections = map[string]string{
	// Nouns only: for words of English in other languages.
	"en-": `
Cy: y ies
Cies: ies
s: s
ss: ss sses
us: us uses
x: x xes
ch: ch ches
sh: sh shes
es: es
ches: ches
Cs: s
Vs: s
- : - s`,
	"en": `
- : - s ed ing
Cy: y ies ied ying
Cies: y ies
s: s ses sed sing
ss: ss sses ssed ssing
us: us uses
is: is es
x: x xes xed xing
z: z zes zzes zed zing
ch: ch ches ched ching
sh: sh shes shed shing
e: e es ed ing
*ee: ee ees eed eeing
*ie: ie ies ied ying
um: um ums a
f: f fs ves
fe: fe fes ves
lf: lf lves lfs
ff: ff ffs ffed ffing
o: o os oes oed oing
man: man men
Vb: b bs bbed bbing bed bing
Vd: d ds dded dding ded ding
Vg: g gs gged gging ged ging
Vl: l ls lled lling led ling
Vm: m ms mmed mming med ming
Vn: n ns nned nning ned ning
Vp: p ps pped pping ped ping
Vr: r rs rred rring red ring
Vt: t ts tted tting ted ting
ing: ing ings
ed: ed
Cs: - s
Vs: s ses - sed sing
es: e es
Vses: se ses s
ches: ch ches
shes: sh shes
sses: ss sses
xes: x xes
ves: ve ves f fe
Voes: o oes
Coes: o oes
men: man men`,
	"de": `
- : - s es e en n er ern em nen
e: e en em er es n ns s
el: el els eln ele elen eles elem eler
en: en ens ene enen enes enem ener e
er: er ers ern ere eren eres erem erer
ern: ern er ers
in: in innen
innen: in innen
s: s ses se sen es en e er ern
nis: nis nisses nisse nissen
um: um ums en a
us: us usse ussen usses en i
ma: ma mas men mata
a: a as en ae
o: o os en
y: y ys ies
i: i is
ien: ie ien
ungen: ung ungen
tten: tt tte tten ttes
eien: ei eien
täten: tät täten
schaften: schaft schaften
ionen: ion ionen
heiten: heit heiten
keiten: keit keiten`,
	"fr": `
- : - s
d: d ds de des
i: i is ie ies
u: u us ue ues
nt: nt nts nte ntes
at: at ats ate ates
it: it its ite ites
ut: ut uts ute utes
ct: ct cts cte ctes
*ert: ert erts erte ertes
aut: aut auts aute autes
in: in ins ine ines
un: un uns une unes
an: an ans ane anes
il: il ils ile iles
eul: eul euls eule eules
gnol: gnol gnols gnole gnoles
oir: oir oirs oire oires
air: air airs aire aires
ieur: ieur ieurs ieure ieures
scur: scur scurs scure scures
e: e es
s: s se ses
es: - e es s
x: x se ses
eau: eau eaux elle elles
eaux: eau eaux
eu: eu eux
ou: ou ous oux
al: al ale ales aux als
aux: al ale ales aux ail
ail: ail ails aux
el: el els elle elles
eil: eil eils eille eilles
en: en ens enne ennes
on: on ons
er: er ers ère ères
eur: eur eurs euse euses
teur: teur teurs trice trices teuse teuses
if: if ifs ive ives
ifs: if ifs
eux: eux euse euses
!é: é és ée ées
!ée: ée ées
c: c cs
et: et ets
z: z`,
	"es": `
- : - es s
a: a as
e: e es
o: o os
i: i is
u: u us ues
á: á ás
é: é és
í: í íes ís
ó: ó ós
ú: ú úes ús
z: z ces
ces: z ces
ión: ión iones
iones: ión iones
ón: ón ones ona onas
án: án anes ana anas
én: én enes
ín: ín ines ina inas
ún: ún unes una unas
ás: ás ases
ís: ís íses
ús: ús uses
as: a as
os: o os
Cs: - s
es: - e es
s: s ses
is: is

és: és eses esa esas`,
	"pt": `
- : - s es
a: a as
e: e es
o: o os
i: i is
u: u us
*ão: ão ões ães ãos
*ões: ão ões
*ãos: ão ãos
*ães: ão ães
al: al ais
ais: al ais
el: el éis eis
ol: ol óis ois
ul: ul uis
il: il is eis
m: m ns
ns: m ns
r: r res
z: z zes
ês: ês eses esa esas
s: s ses
as: a as
os: o os
es: - e es
res: r res
zes: z zes`,
	"it": `
- : - s
a: a e
o: o i
e: e i
i: i o e
ca: ca che
ga: ga ghe
che: ca che
ghe: ga ghe
co: co chi ci
go: go ghi gi
chi: co chi
ci: co ci cio
io: io i ii
ia: ia ie
cia: cia ce cie
gia: gia ge gie
ista: ista isti iste
ma: ma mi me
ie: ia ie e
à: à
è: è
ì: ì
ò: ò
ù: ù`,
	"ca": `
- : - s es os
a: a es
e: e es s
o: o os
ca: ca ques
ga: ga gues
ja: ja ges
ça: ça ces
ó: ó ons ona ones
ió: ió ions
à: à ans ana anes
í: í ins ina ines
és: és esos esa eses
es: a es e
s: s sos ses`,
	"ro": `
- : - ul ului i ii ilor uri urile urilor e ele elor a ei u lui le
e: e ea ei i ile ilor ele elor le
a: a ei e ele elor i ii ile ilor le lor le
ă: ă a ei e ele elor i ii ile ilor uri
ie: ie ia iei ii iile iilor
u: u ul ului i ii ilor uri urile
i: i ii ilor ul ului
or: or oare orul orului ori orii orilor oarei
t: t tul tului ti tii tilor te tele telor ta tei
d: d dul dului zi zii zilor de dele delor da dei`,
	"nl": `
C1aben: aben aab
C1aden: aden aad
C1afen: afen aaf
C1agen: agen aag
C1aken: aken aak
C1alen: alen aal
C1amen: amen aam
C1anen: anen aan
C1apen: apen aap
C1aren: aren aar
C1asen: asen aas
C1aten: aten aat
C1eben: eben eeb
C1eden: eden eed
C1efen: efen eef
C1egen: egen eeg
C1eken: eken eek
C1epen: epen eep
C1esen: esen ees
C1eten: eten eet
C1oben: oben oob
C1oden: oden ood
C1ofen: ofen oof
C1ogen: ogen oog
C1oken: oken ook
C1olen: olen ool
C1omen: omen oom
C1onen: onen oon
C1open: open oop
C1oren: oren oor
C1osen: osen oos
C1oten: oten oot
C1uben: uben uub
C1uden: uden uud
C1ufen: ufen uuf
C1ugen: ugen uug
C1uken: uken uuk
C1ulen: ulen uul
C1umen: umen uum
C1unen: unen uun
C1upen: upen uup
C1uren: uren uur
C1usen: usen uus
C1uten: uten uut
ven: ven f v ve
zen: zen s ze
- : - s en e er n
e: e en n s r
f: f fs ven
s: s sen zen se ze
*aal: aal alen ale
*eel: eel elen ele
*oon: oon onen
*aan: aan anen
*oom: oom omen
*oot: oot oten ote
*aat: aat aten ate
*aar: aar aren are
*eer: eer eren ere
*oor: oor oren
*uur: uur uren ure
eur: eur euren eurs
eit: eit eiten
*ool: ool olen
*uut: uut uten ute
*eek: eek eken
*aak: aak aken
*ook: ook oken
eg: eg egen
ef: ef even
ief: ief ieven ieve
ijf: ijf ijven
ijs: ijs ijzen
*aad: aad aden
*aaf: aaf aven
*aag: aag agen
*aam: aam amen
*aap: aap apen
*aas: aas azen asen
*eed: eed eden
*eef: eef even
*eeg: eeg egen
*eem: eem emen
*een: een enen
*eep: eep epen
*ees: ees ezen esen
*eet: eet eten
*ood: ood oden
*oof: oof oven
*oog: oog ogen
*oop: oop open
*oos: oos ozen osen
*uud: uud uden
*uuf: uuf uven
*uug: uug ugen
*uuk: uuk uken
*uul: uul ulen
*uum: uum umen
*uun: uun unen
*uup: uup upen
*uus: uus uzen usen
um: um ums a
ie: ie ies ien iën
y: y s ys
o: o os
a: a as
i: i is
en: en - e
bben: bben b
dden: dden d
ffen: ffen f
ggen: ggen g
kken: kken k
llen: llen l
mmen: mmen m
nnen: nnen n
ppen: ppen p
rren: rren r
ssen: ssen s
tten: tten t

Vk: k ks kken ken kke
Vl: l ls llen len lle
Vn: n ns nnen nen
Vm: m ms mmen men
Vp: p ps ppen pen
Vt: t ts tten ten tte
Vb: b bs bben
Vg: g gs ggen gen
Vd: d ds dden den
Vs: s ssen sse
Vf: f ffen
Vr: r rren

C1aben: aab
C1aden: aad
C1afen: aaf
C1agen: aag
C1aken: aak
C1alen: aal
C1amen: aam
C1anen: aan
C1apen: aap
C1aren: aar
C1asen: aas
C1aten: aat
C1aven: aaf
C1azen: aas
C1eben: eeb
C1eden: eed
C1efen: eef
C1egen: eeg
C1eken: eek
C1elen: eel
C1emen: eem
C1enen: een
C1epen: eep
C1eren: eer
C1esen: ees
C1eten: eet
C1even: eef
C1ezen: ees
C1oben: oob
C1oden: ood
C1ofen: oof
C1ogen: oog
C1oken: ook
C1olen: ool
C1omen: oom
C1onen: oon
C1open: oop
C1oren: oor
C1osen: oos
C1oten: oot
C1oven: oof
C1ozen: oos
C1uben: uub
C1uden: uud
C1ufen: uuf
C1ugen: uug
C1uken: uuk
C1ulen: uul
C1umen: uum
C1unen: uun
C1upen: uup
C1uren: uur
C1usen: uus
C1uten: uut
C1uven: uuf
C1uzen: uus`,
	"sv": `
- : - s en ens n ns et ets t ts ar ars arna arnas er ers erna ernas or e es a as na nas
a: a as an ans or ors orna ornas t n
e: e es en ens ar ars arna arnas r rs rna rnas t ts a
el: el els eln elns let lets lar lars larna larnas ler lerna
er: er ers ern erns rar rars rarna rarnas ret rets arna
are: are ares aren arens arna arnas
ör: ör ören örer örerna
um: um ums et umet er erna a
ll: ll lls llen llens llet llets llar llarna ller llerna lla llt
n: n ns nen nens net nets nar narna ner nerna na nas nn nnen nnar`,
	"no": `
- : - s en ens et ets er ers ene enes a as e es n ns t ts
e: e es en ens er ers ene enes a t ts n r rs
er: er ers eren erens ere eres erne ernes rer rene
el: el els elen elens elet eler lene ler ler

Vk: k ks kken kker kkene ken ker kene
Vl: l ls llen ller llene len ler lene let
Vm: m ms mmen mmer mmene met men
Vn: n ns nnen nner nnene nen ner nene net
Vp: p ps ppen pper ppene pen per pene
Vt: t ts tten tter ttene tet ten ter tene`,
	"da": `
- : - s en ens et ets er ers erne ernes e es ene enes n ns t ts
e: e es en ens et r rs rne rnes t ts n ns
er: er ers eren erens ere eres erne ernes re rne
el: el els elen elens let ler lerne ler

Vk: k ks kken kker kkerne ken ker ket
Vl: l ls llen ller llerne len ler let
Vm: m ms mmen mmer mmerne met
Vn: n ns nnen nner nnerne nen ner
Vp: p ps ppen pper pperne pen per
Vt: t ts tten tter tterne tet ten ter`,
	"pl": `
ca: ca cy ce cę cą co c ców com cami cach
sz: sz sza szu szowi szem sze szy szów szom szami szach
cz: cz cza czu czowi czem cze czy czów czom czami czach czą
rz: rz rza rzu rzowi rzem rze rzy rzów rzom rzami rzach rzą
ż: ż ża żu żowi żem że ży żów żom żami żach żą
c: c ca cu cowi cem ce cy ców com cami cach cą
dz: dz dza dzu dzem dze dzy dzów dzom dzami dzach
l: l la lu lowi lem le li lów lom lami lach lą
j: j ja ju jowi jem je i jów jom jami jach
sta: sta sty ście stę stą sto st stom stami stach ści stów
da: da dy dzie dę dą do d dom dami dach
ła: ła ły le łę łą ło ł łom łami łach
cha: cha chy sze chę chą cho ch chom chami chach
sła: sła sły śle słę słą seł słom słami słach
cja: cja cji cję cją cjo cje cjom cjami cjach
sto: sto sta stu stem ście st stom stami stach
ło: ło ła łu łem le ł łom łami łach
dło: dło dła dłu dłem dle deł dłom dłami dłach
sło: sło sła słu słem śle seł słom słami słach
to: to ta tu tem cie t tom tami tach
wo: wo wa wu wem wie w wom wami wach
d: d du da dowi dem dzie dy dów dom dami dach dzi
st: st stu sta stowi stem ście sty stów stom stami stach ści
ł: ł łu ła łowi łem le ły łów łom łami łach
ch: ch chu cha chowi chem chy chów chom chami chach si szy
ń: ń nia niowi niem niu nie ni niom niami niach nią
eń: eń nia niowi niem niu nie ni niom niami niach
ień: ień nia niowi niem niu nie ni niom niami niach ienia ieniowi ieniem ieniu ienie ieni ieniom ieniami ieniach ienią
ś: ś si sią sie siom siami siach
ść: ść ści ścią ściom ściami ściach
ź: ź zi zią zie ziom ziami ziach
dź: dź dzi dzią dzie dziom dziami dziach
ęć: ęć ęci ęcią ęciom ęciami ęciach
mię: mię mienia mieniu mieniem miona mion mionom mionami mionach
ę: ę ęcia ęciu ęciem ęta ąt ętom ętami ętach
ól: ól ola olu olowi olem ole oli olów olom olami olach óla ólu ólowi ólem óle óli ólów ólom ólami ólach
ówka: ówka ówki ówce ówkę ówką ówek ówkom ówkami ówkach
- : - a u owi em ie e y i ów om ami ach owie iem
a: a y i e ie ę ą o - om ami ach ze
ia: ia i ii ię ią io iom iami iach
ja: ja ji ję ją jo je jom jami jach j
ka: ka ki ce kę ką ko ek kom kami kach
ga: ga gi dze gę gą go g gom gami gach
ra: ra ry rze rę rą ro r rom rami rach
ta: ta ty cie tę tą to t tom tami tach ci tów
o: o a u em ie e om ami ach - ów
e: e a u em om ami ach - i
ie: ie ia iu iem iom iami iach ń ń eń
k: k ka ku kowi kiem ki ków kom kami kach cy
g: g gu ga gowi giem gi gów gom gami gach dze
ek: eku eka ekowi ekiem eki eków ekom ekami ekach ek ka ku kowi kiem ki ków kom kami kach
ec: eca ecu ecowi ecem ece ecy eców ecom ecami ecach ec ca cu cowi cem ce cy ców com cami cach
t: t tu ta towi tem cie ty tów tom tami tach ci
r: r ra ru rowi rem rze ry rów rom rami rach rzy
um: um a ów om ami ach
ość: ość ości ością ościom ościami ościach
ć: ć ci cią cie ciom ciami ciach

ny: ny na ne nego nej nemu ną nym nych nymi ni
wy: wy wa we wego wej wemu wą wym wych wymi wi
ty: ty ta te tego tej temu tą tym tych tymi ci
ły: ły ła łe łego łej łemu łą łym łych łymi li
ki: ki ka kie kiego kiej kiemu ką kim kich kimi cy
gi: gi ga gie giego giej giemu gą gim gich gimi
ni: ni nia nie niego niej niemu nią nim nich nimi
czy: czy cza cze czego czej czemu czą czym czych czymi
na: ny na ne nego nej nemu ną nym nych nymi ni
wa: wy wa we wego wej wemu wą wym wych wymi
ka: ki ka kie kiego kiej kiemu ką kim kich kimi
ne: ny na ne nego nej nemu ną nym nych nymi
we: we wego wej wemu wą wym wych wymi wa wy
y: y a e i ów om ami ach -
i: i a u ów om ami ach -

ów: owa owie owem owi owu
ód: odu odowi odem odzie ody odów odom odami odach
ór: oru orowi orem orze ory orów orom orami orach
ół: ołu ołowi ołem ole oły ołów ołom ołami ołach
óz: ozu ozowi ozem ozie ozy ozów ozom ozami ozach
óg: ogu ogowi ogiem ogi ogów ogom ogami ogach
ój: oju ojowi ojem oje ojów oi ojom ojami ojach
óż: oża ożowi ożem oże oży ożom ożami ożach
óst: ostu ostowi ostem oście osty ostów ostom ostami ostach
óź: ozi ozią
ódź: odzi odzią odzie odziom odziami odziach
ąd: ędu ędem ędzie ędy ędów
ąg: ęgu ęgiem ęgi ęgów
ąż: ęża ężem ęże ęży
oba: ób
oda: ód
oga: óg
oła: ół
ora: ór
owa: ów
owo: ów
ola: ól
ole: ól
orze: órz
orza: órz
ęka: ąk
ęba: ąb
ęga: ąg
ęto: ąt
ęda: ąd

ia: i iego iej iemu ią im ich imi ie
i: i ia ie iego iej iemu ią im ich imi`,
	"cs": `
ha: ha hy ze hu ho hou h hám hách hami
ga: ga gy ze gu go gou g gám gách gami
cha: cha chy še chu cho chou ch chám chách chami
ra: ra ry ře ru ro rou r rám rách rami
h: h hu ha hovi hem hy hů hům zích zi hové
ch: ch chu cha chovi chem chy chů chům ších ši chové
r: r ru ra rovi rem ry rů rům rech ři rové ře
eň: eň ně ni ní ním ních němi
ň: ň ně ni ní ním ních němi
ť: ť tě ti tí tím tích těmi
ev: ev ve vi ví vím vích vemi
el: el la lu lovi lem li lů lům lech elu elem ely elů elům elech ela elovi elé
er: er ra ru rovi rem ry rů rům rech eru erem ery erů erům erech era erovi eři erové
šť: šť ště šti ští štím štích
- : - a u ovi em e ě y i ů ům ech ích ami ové om
a: a y ě e u o ou - ám ách ami
o: o a u em ě e - ům ech ách y
e: e i í em ím ích emi - ete
ka: ka ky ce ku ko kou ek kám kách kami
k: k ka ku kovi kem ky ků kům cích kách ci
ek: eku ekem eky eků ekům ecích ek ka ku ka kovi kem ky ků kům cích
ec: ec ce ci cem ců cům cích covi
ie: ie ii ií iím iích iemi
ce: ce ci cí cím cích cemi
ost: ost osti ostí ostem ostech ostmi
st: st sti stí stem stech stmi
ní: ní ního nímu ním ních ními
um: um a u em ů ům ech y

ý: ý á é ého ému ém ým ou ých ými í
í: í ího ímu ím ích ími
á: ý á é ého ému ém ým ou ých ými í
é: ý á é ého ému ém ým ou ých ými í

ům: omu omem omě omy omů omům omech
ůl: olu olem ole oly olů olům olech
ůr: oru orem oře ory orů orům orech
Cla: el
Clo: el
Cno: en
Cna: en
Cra: er
Cro: er
Cmo: em
Cva: ev
Cba: eb
Cvo: ev

ský: ští
cký: čtí`,
	"sk": `
- : - a u ovi om e y i ov och mi ami ia
a: a y e u ou - ám ách ami i
o: o a u om e - ám ách ami
e: e a u om ia í
ka: ka ky ke ku kou iek ok kám kách kami
k: k ka ku kovi kom ky kov koch kmi ci
ek: ek ku kom ky kov koch kami
ia: ia ie ii iu iou ií iám iách iami
osť: osť osti osťou ostí ostiam ostiach osťami
ie: ie ia iu ím í iam iach iami

ý: ý á é ého ému ej ú om ým ou ých ými í
á: ý á é ého ému ej ú om ým ou ých ými í
é: ý á é ého ému ej ú om ým ou ých ými í

Clo: iel el
Cla: iel el
Cno: ien en
Cna: ien en
Cba: ieb
Cra: ier
ôl: ola olu olom ole oly olov
ec: ca covi com ci cov ce coch cami
er: ra ru rom re ry rov roch rami
ský: skí
cký: ckí`,
	"sl": `
- : - a u om em i e ov ev ih ami ma oma
a: a e i o - am ah ami
o: o a u om i ih - om
e: e a u em i ih
ek: ek ka ku kom ki kov kih
ija: ija ije iji ijo ij ijam ijah ijami
ost: ost osti ostjo

i: i a o e ega emu em im ih imi
en: en ni na no nega nemu nem nim nih nimi ne

er: ra ru rom ri rov rih re
ec: ca cu cem ci cev ce cih
elj: lja lju ljem lji
el: la lu lom li lov
k: ci cih
g: zi zih
h: si
Cno: en
Cna: en
Clo: el
Cla: el`,
	"hr": `
- : - a u om em e i ovi ove ova ovima ima
a: a e i u o om - ama
o: o a u om ima -
e: e a u em ima
ija: ija ije iji iju ijo ijom ijama
ka: ka ke ki ku kom ka kama ci
k: k ka ku kom če ci cima ke
ac: ac ca cu cem ci ce aca cima
ost: ost osti ošću ostima
je: je ja ju jem jima

i: i a o e og oga om omu oj u im ih ima
an: an ni na no nog noga nom nomu noj nu nim nih nima ne
ni: ni na no ne nog noga nom nomu noj nu nim nih nima

ga: zi
ha: si
g: zi zima
h: si sima
ar: ra ru rom ri ara re rima
Cna: ana
Clo: ala
Cno: ana
Cka: aka
Cva: ava
Cba: aba
anj: nja nju njem nji anja nje njima
ao: la lu lom li

ak: ka ku kom kovi kova kove ci cima aka ke`,
	"ru": `
ц: ц ца цу цем цом це цы цев цов цам цами цах
ж: ж жа жу жом жем же жи жей жам жами жах
ш: ш ша шу шом шем ше ши шей шам шами шах
ч: ч ча чу чом чем че чи чей чам чами чах
щ: щ ща щу щом щем ще щи щей щам щами щах
чь: чь чи чью чей чам чами чах
жь: жь жи жью жей жам жами жах
шь: шь ши шью шей шам шами шах
щь: щь щи щью щей щам щами щах
ча: ча чи че чу чей чам чами чах ч
жа: жа жи же жу жей жам жами жах ж
ша: ша ши ше шу шей шам шами шах ш
ща: ща щи ще щу щей щам щами щах щ
ья: ья ьи ье ью ьей ьям ьями ьях ей
йка: йка йки йке йку йкой кам йками йках ек
ово: ово ова ову овом овым ове
ево: ево ева еву евом евым еве
ино: ино ина ину ином иным ине
- : - а у ом е ы и ов ам ами ах ем ой
а: а ы и е у ой ою ам ами ах -
я: я и е ю ей ею ям ями ях ь й -
ия: ия ии ию ией иею ий иям иями иях
о: о а у ом е - ам ами ах
е: е я ю ем й ям ями ях а у ом ей -
ие: ие ия ию ием ии ий иям иями иях
ье: ье ья ью ьем ий ьям ьями ьях ьев
ь: ь я ю ем ём е и ью ей ям ями ях
й: й я ю ем ём е и ев ям ями ях
ий: ий ия ию ием ии иев иям иями иях
ы: ы - ов ам ами ах а у ом е
и: и - ов ей ам ами ах ям ями ях а у ом е ь я ю й
ии: ия ии ию ией ий иям иями иях ие ием
ка: ка ки ке ку кой кою кам ками ках к ок ек
ко: ко ка ку ком ке ки ов кам ками ках к ек ок
ки: ки кам ками ках ок ек ков ка ку кой ке
ца: ца цы це цу цей цам цами цах ц ец иц
ок: ока оку оком оке оки оков окам оками оках ок ка ку ком ке ки ков кам ками ках
ек: ека еку еком еке еки еков екам еками еках ек ка ку ком ке ки ков кам ками ках
ец: еца ецу ецом еце ецы ецов ецам ецами ецах ец ца цу цом цем це цы цов цев цам цами цах
ёк: ёк ька ьку ьком ьке ьки ьков
мя: мя мени менем мена мён менам менами менах
ние: ние ния нию нием нии ний ниям ниями ниях

ый: ый ая ое ого ому ым ом ой ую ою ые ых ыми
ой: ой ая ое ого ому ым ом ую ою ые ых ыми
кий: кий кая кое кого кому ким ком кой кую кие ких кими
гий: гий гая гое гого гому гим гом гой гую гие гих гими
хий: хий хая хое хого хому хим хом хой хую хие хих хими
жий: жий жая жее жего жему жим жем жей жую жие жих жими
чий: чий чая чее чего чему чим чем чей чую чие чих чими чья чье чьи
ший: ший шая шее шего шему шим шем шей шую шие ших шими
щий: щий щая щее щего щему щим щем щей щую щие щих щими
ний: ний няя нее него нему ним нем ней нюю ние них ними
ая: ый ий ая ое ого ому ым им ом ой ую ою ые ие ых их ыми ими
яя: ий яя ее его ему им ем ей юю ие их ими
ое: ый ий ой ое ая ого ому ым им ом ой ую ые ие ых их ыми ими
ее: ий ее яя его ему им ем ей юю ие их ими ая ую
ые: ый ой ая ое ого ому ым ом ую ые ых ыми
ие: ий ая ое ого ому им ом ой ую ие их ими яя ее его ему ем ей юю

ать: ать ал ала ало али ает ают аю аешь аем аете ай айте ан ана ано аны
ять: ять ял яла яло яли яет яют яю яешь яем яете
ить: ить ил ила ило или ит ят ат ишь им ите ен ена ено ены
еть: еть ел ела ело ели еет еют ит ят
овать: овать овал овала овало овали ует уют ую уешь уем уете ован ована овано ованы
ться: ться лся лась лось лись тся

ов: овым овых овыми
ев: евым евых евыми
ин: иным иных иными
ын: ыным ыных ыными
анин: ане ан анам анами анах
янин: яне ян янам янами янах
енок: ята ят ятам ятами ятах
онок: ата ат атам атами атах
Cно: ен
Cла: ел
кла: кол
Cло: ел
кло: кол кел
Cля: ель
Cра: ер
Cро: ер
Cня: ен ень онь
ьмо: ем
ьма: ем
ьба: еб
дьба: деб
йна: ен

тить: чу щу щен щена щено щены чен чена чено чены
дить: жу жден ждена ждено ждены
сить: шу шен шена шено шены
зить: жу
стить: щу щен щена щено щены
бить: блю блен блена блено блены
вить: влю влен влена влено влены
мить: млю млен млена млено млены
пить: плю плен плена плено плены`,
	"uk": `
ша: ша ші шу шею ш шам шами шах
жа: жа жі жу жею ж жам жами жах
ча: ча чі чу чею ч чам чами чах
ц: ц ца цу цем цеві ці ців цам цями цах
ж: ж жа жу жем жеві жі жів жам жами жах
ч: ч ча чу чем чеві чі чів чам чами чах
ш: ш ша шу шем шеві ші шів шам шами шах
р: р ра ря ру рю ром рем рові реві рі ри рів рам рями рами рах рях
- : - а у ом ові ів и і ам ами ах ою е ем
а: а и і у ою о ам ами ах -
я: я і ї ю ею єю е ь й - ям ями ях
ія: ія ії ію ією іє ій іям іями іях
о: о а у ом і - ам ами ах
е: е я а ю у ем і ь - ям ями ях ам ами ах
ня: ня ню нням ні нь нями нях
ння: ння нню нням нні нь нями ннях ннями
ь: ь я ю ем еві і ів ям ями ях ею
й: й я ю єм єві ї їв ям ями ях
ій: ій ія ію ієм ії їв іям іями іях
и: и - ів ам ами ах а у
і: і - ів ам ами ах їв ей ям ями ях
ка: ка ки ці ку кою ко ок кам ками ках к
ок: ок ку ка ком кові ки ків кам ками ках ока оку оком окові оки оків окам оками оках
ість: ість ості істю остей остям остями остях
ець: ець ця цю цем цеві ці ців цям цями цях
ик: ик ика ику иком икові ики иків икам иками иках иці
ік: ік іка іку іком іки іків ікам іками іках оку оки року роки

ий: ий а е ого ому им ім ої ій у ою і их ими
ій: ій я є ього ьому ім ьої ю ьою і іх іми
а: ий а е ого ому им ім ої ій у ою і их ими
е: ий а е ого ому им ім ої ій у ою і их ими
і: ий а е ого ому им ім ої ій у ою і их ими

ів: ова ову овом ові овим ових овими ови
їв: єва єву євом єві євим
га: зі
ха: сі
г: зі
х: сі
к: ці
ов: овим ових овими
єв: євим євих євими
ин: иним иних иними
ін: іним іних іними
анин: ани ан анам анами анах
янин: яни ян янам янами янах
хід: ходу ходом ходові ході ходи ходів ходам ходами ходах
від: воду водом водові воді води водів водам водами водах
бір: бору бором борові борі бори борів борам борами борах
вір: вору вором ворові ворі вори ворів ворам ворами ворах
зір: зору зором зорові зорі зори зорів зорам зорами зорах
тік: току током токові тоці токи токів токам токами токах
ріст: росту ростом ростові рості
гін: гону гоном гонові гоні гони гонів
Cно: ен он
Cло: ел ол
Cра: ер
Cня: ень
Cля: ель`,
	"be": `
- : - а у ам ом е ы і аў оў ах амі
а: а ы і у е ай ой - ам амі ах аў
я: я і ю е яй ей ям ямі ях яў
ія: ія іі ію іяй ій іям іямі іях
о: о а у ом е ам амі ах
ь: ь і ю ям ямі ях яў
ка: ка кі цы ку кай ак кам камі ках

ы: ы ая ае ага аму ым ай ую ыя ых ымі`,
	"bg": `
к: к ка кът ци ците кове ковете
г: г га гът зи зите гове говете
х: х ха хът си сите хове ховете
ър: ър ъра ърът ри рите рове ровете
ник: ник ника никът ници ниците
ка: ка ката ки ките ко
ин: ин ина инът и ите ини ините
- : - а ът и ите ове овете я ят е ете
а: а ата и ите о
я: я ята и ите
ия: ия ията ии иите
о: о ото а ата
е: е ето та тата
ие: ие ието ия ията
ст: ст стта сти стите
ец: ец еца ецът ци ците
ен: ен на но ни ният ния ната ното ните

ен: ен ният ния на ната но ното ни ните
ски: ски ският ския ска ската ско ското ските`,
	"mk": `
- : - от а и ите ови овите та
а: а ата и ите
ја: ја јата и ите
о: о ото а ата
е: е ето иња ињата
ст: ст ста сти стите

к: ци ците
г: зи зите
р: рот ри рите`,
	"sr": `
- : - а у ом ем е и ови ове ова овима има
а: а е и у о ом - ама
о: о а у ом има -
е: е а у ем има
ија: ија ије ији ију ијо ијом ијама
ка: ка ке ки ку ком кама ци
к: к ка ку ком че ци цима ке
ац: ац ца цу цем ци це аца цима
ост: ост ости ошћу остима
ње: ње ња њу њем њима

и: и а о е ог ога ом оме ој у им их има
ан: ан ни на но ног нога ном ној ну ним них нима не
ни: ни на но не ног нога ном ној ну ним них нима

га: зи
ха: си
г: зи зима
х: си сима
ар: ра ру ром ри ара ре рима
Cна: ана
Cла: ала
Cка: ака
Cва: ава
Cба: аба
ањ: ња њу њем њи
ао: ла лу лом ли`,
	"el": `
εας: εας εα εις εων
αδα: αδα αδας αδες αδων
- : - s
ος: ος ου ο ε οι ων ους
ης: ης η ες ων εις εων
ας: ας α ες ων
α: α ας ες ων
η: η ης ες ων εις εων
ση: ση σης σεις σεων σεως
ξη: ξη ξης ξεις ξεων ξεως
ψη: ψη ψης ψεις ψεων ψεως
ο: ο ου α ων
ι: ι ιου ια ιων
μα: μα ματος ματα ματων
υς: υς υ εις εων εος
ες: α η ας ες ων
οι: ος ου ο οι ων ους
ια: ια ιας ιες ιων ι ιου
εις: η ης εις εων

ος: ος η ο ου ης ων οι ες α ους
ικος: ικος ικη ικο ικου ικης ικων ικοι ικες ικα ικους
ικη: ικος ικη ικο ικου ικης ικων ικοι ικες ικα ικους
ικο: ικος ικη ικο ικου ικης ικων ικοι ικες ικα ικους
ητη: ητος ητη ητο ητου ητης ητων ητοι ητες ητα ητους`,
	"lt": `
as: as o ui ą u e ai ų ams us ais uose
is: is io iui į iu yje iai ių iams ius iais iuose ys ies
ys: ys io iui į iu yje iai ių iams ius iais iuose
a: a os ai ą oje os ų oms as omis ose
ė: ė ės ei ę e ėje ės ių ėms es ėmis ėse
us: us aus ui ų umi uje ūs ums umis uose
ija: ija ijos ijai iją ijoje ijų ijoms ijas ijomis ijose
tis: tis ties čiai tį timi tyje tys čių tims timis tyse
ai: ai ų ams us ais uose as o

is: is io iam į iu iame i ių iems ius iais iuose ės ei ę ėje es
as: as o am ą u ame i ų iems us ais uose a os ai oje oms omis ose`,
	"lv": `
s: s a am u ā i iem us os
is: is a im i ī i u iem us os ja jam ju jiem jus jos
š: š a am u ā i iem us os
a: a as ai u ā as ām ās
e: e es ei i ē es ēm ēs u
us: us um u ū i iem
ija: ija ijas ijai iju ijā ijām ijās
ts: ts ta tam tu tā ti tiem tus tos
`,
	"et": `
- : - i it ile il ilt isse is ist iks ini ina ita iga id ide ite idele idel idest ides ideks idega a at ale al alt asse as ast aks ani ana ata aga ad ade u e
a: a at ale al alt asse as ast aks ani ana ata aga ad ade sid ade
e: e et ele el elt esse es est eks eni ena eta ega ed id ide
i: i it ile il ilt isse is ist iks ini ina ita iga id ide sid te tele
o: o ot ole ol olt osse os ost oks oni ona ota oga od sid de
u: u ut ule ul ult usse us ust uks uni una uta uga ud id de
us: us use ust usele usel uselt usse uses usest useks usega used uste usi ustele ustes ustest
ne: ne se st sele sel selt sse ses sest seks sega sed ste si stele`,
	"id": `
- : - nya ku mu lah kah pun`,
	"ms": `
- : - nya ku mu lah kah pun`,
	"hi": `
ा: ा े ों ओं ाओं
ी: ी ियां ियाँ ियों
ि: ि ियां ियाँ ियों
ु: ु ुओं ुएं
ू: ू ुओं ुएँ
- : - ों ें ओं एं एँ`,
	"fa": `
- : - ها های هایی هایش ی ای ان تر ترین اش م شان`,
	"ur": `
- : - وں یں ات`,
	"ar": `
- : - ات ون ين ان ه ها هم ي ا
ه: ه ات ت تها ته تين تان تهم تنا تي
ا: ا ات
يه: يه يات يت يا ي يتها
ي: ي يه يون يين يات يا`,
	"he": `
- : - ים ות י ית יות ו ה ם ן נו
ה: ה ות ת תו תה ו
ית: ית יות ים
ת: ת ות
ים: ים - י ות
ות: ות - ה ת`,
	"sq": `
- : - i u it in a e at et ave ve t ët
a: a e ja es en at ave
e: e ja es en et eve
ë: ë a e ës ën at ave
i: i u it in`,
	"af": `
- : - s e te
e: e es s`,
}

// aliases are languages that share the endings of another.
var aliases = map[string]string{
	"nb": "no", "nn": "no", "bs": "hr", "sh": "hr", "gl": "pt", "tl": "en-", "lb": "de", "oc": "ca", "ast": "es", "sr-Latn": "hr",
}

// agglutinative languages set endings one behind the other: each list is
// followed by the next, and "-" stands for none.
var agglutinative = map[string][]string{
	"tr": {
		"- i u n in un im um si su leri lari ler lar lerin larin lerinin larinin",
		"- i u yi yu ni nu e a ye ya ne na de da te ta nde nda den dan ten tan nden ndan in un nin nun le la yle yla ce ca ki daki deki taki teki ndaki ndeki dir dur tir tur",
	},
	"az": {
		"- i u si su lari leri lar ler",
		"- i u ni nu a e ya ye na ne da de nda nde dan den ndan nden in un nin nun la le dir dur",
	},
	"hu": {
		"- k ok ek ak i ai ei ja je jai jei a e uk unk m am em om nk",
		"- t at et ot ban ben ba be bol on en n an rol ra re hoz hez tol nal nel nak nek val vel ert ig kent va ve kor os as es",
	},
	"fi": {
		"- n a ta tta ssa sta an en in on un yn hin hun hon han hen lla lta lle na ksi tse t jen en ien den tten iden itten ja ia ita issa ista iin ihin illa ilta ille ina iksi ilta ineen itta",
		"- nsa mme nne ni si kin kaan ko",
	},
	"ko": {
		"- 들",
		"- 이 가 은 는 을 를 의 에 와 과 도 만 로 으로 에서 에게 에는 에도 에서는 에서도 에게서 에게는 한테 께 께서 부터 까지 까지는 부터는 보다 보다는 처럼 마다 조차 마저 밖에 이나 나 이란 란 이라 라 이라는 라는 이라고 라고 이라도 라도 이며 며 이고 고 이자 자 이든 든 으로는 로는 으로도 로도 으로서 로서 으로써 로써 으로부터 로부터 와의 과의 와는 과는 에의 로의 으로의 에서의 만의 만을 만이 만으로 이다 다 입니다 인 인가 일 이었다 였다 이던 인데 이지만 지만 뿐 뿐만 대로 같은 적 적인 적으로 이랑 랑 하고 에서만 이야 야 요 이요 이에요 예요",
	},
}

// changes are what becomes of the ends of words before such endings: vowels
// are lost or change, consonants are softened or given back. VV stands for
// words with two vowels and more.
var changes = map[string][][2]string{
	"tr": {{"VVk", "ğ"}, {"nk", "ng"}, {"VVp", "b"}, {"VVt", "d"}, {"VVç", "c"}},
	"az": {{"VVk", "y"}, {"VVq", "ğ"}},
	"fi": {
		{"kki", "ki"}, {"kka", "ka"}, {"kko", "ko"}, {"kku", "ku"}, {"kky", "ky"}, {"kkö", "kö"}, {"kke", "ke"},
		{"ppi", "pi"}, {"ppa", "pa"}, {"ppo", "po"}, {"ppu", "pu"}, {"ppy", "py"}, {"tti", "ti"}, {"tta", "ta"}, {"tto", "to"}, {"ttu", "tu"}, {"tty", "ty"}, {"ttö", "tö"},
		{"nki", "ngi"}, {"nka", "nga"}, {"nko", "ngo"}, {"nku", "ngu"}, {"nky", "ngy"}, {"nto", "nno"}, {"nta", "nna"}, {"nti", "nni"}, {"ntu", "nnu"}, {"nty", "nny"}, {"ntö", "nnö"},
		{"lta", "lla"}, {"lto", "llo"}, {"lti", "lli"}, {"ltu", "llu"}, {"rta", "rra"}, {"rto", "rro"}, {"rti", "rri"}, {"rtu", "rru"}, {"rty", "rry"},
		{"mpa", "mma"}, {"mpi", "mmi"}, {"mpo", "mmo"}, {"mpu", "mmu"}, {"mpy", "mmy"}, {"lki", "lje"}, {"lke", "lje"}, {"rki", "rje"}, {"rke", "rje"}, {"hke", "hje"},
		{"ka", "a"}, {"ko", "o"}, {"ku", "u"}, {"ki", "e"}, {"ky", "y"}, {"kö", "ö"}, {"pa", "va"}, {"po", "vo"}, {"pi", "vi"}, {"pu", "vu"}, {"py", "vy"},
		{"ta", "da"}, {"to", "do"}, {"ti", "di"}, {"tu", "du"}, {"ty", "dy"}, {"tö", "dö"}, {"ki", "i"}, {"kö", "ö"},
		{"nen", "se"}, {"nen", "s"}, {"i", "e"}, {"i", ""}, {"a", "o"}, {"a", ""}, {"us", "ukse"}, {"us", "uks"}, {"ys", "ykse"}, {"ys", "yks"}, {"os", "okse"}, {"ös", "ökse"}, {"es", "ekse"}, {"is", "ikse"}, {"as", "akse"}, {"as", "aa"}, {"is", "ii"}, {"in", "ime"}, {"e", "ee"}, {"e", "ei"},
		{"uus", "uude"}, {"uus", "uut"}, {"uus", "uuks"}, {"ys", "yde"}, {"yys", "yyde"}, {"yys", "yyt"}, {"us", "ude"}, {"us", "ute"}, {"us", "ut"}, {"ys", "yte"}, {"ys", "yt"},
		{"aa", "ai"}, {"uu", "ui"}, {"yy", "yi"}, {"uo", "oi"}, {"yö", "öi"}, {"ie", "ei"}, {"nut", "nee"}, {"nyt", "nee"}, {"ut", "ue"}, {"yt", "ye"},
		{"uosi", "uode"}, {"uosi", "uote"}, {"uosi", "uot"}, {"uosi", "uos"}, {"ausi", "aude"}, {"ausi", "aute"}, {"ausi", "aut"}, {"ausi", "aus"}, {"äysi", "äyde"}, {"öysi", "öyde"},
		{"rsi", "rre"}, {"rsi", "rte"}, {"nsi", "nne"}, {"nsi", "nte"}, {"lsi", "lle"},
	},
	"hu": {{"a", "á"}, {"e", "é"}, {"alom", "alm"}, {"elem", "elm"}},
	"ko": {},
}

// prefixes are written together with the word that follows them.
var prefixes = map[string][]string{
	"ar": {"ال", "و", "ف", "ب", "ل", "ك", "لل", "وال", "بال", "فال", "كال", "ول", "وب", "ولل", "وبال"},
	"he": {"ה", "ו", "ב", "ל", "מ", "ש", "כ", "וה", "שה", "מה", "בה", "לה", "כש", "וב", "ול", "ומ", "שב", "של"},
}
