package topic

// irregulars are, for each language, the common words that change otherwise
// than at their ends, as readIrregular reads them: first those that stand in
// the titles of news.
var irregulars = map[string]string{
	"en-": englishNouns,
	"en":  englishNouns + englishVerbs,
	"ru":  russian,
	"uk":  ukrainian,
	"pl":  polish,
	"cs":  czech,
	"sk":  slovak,
	"sl":  slovene,
	"hr":  croatian,
	"sr":  serbian,
	"bg":  bulgarian,
	"mk":  macedonian,
	"be":  belarusian,
	"el":  greek,
	"de": `
*- es e s "er "ern: haus buch wald land rad dorf loch mann volk amt blatt bad glas gras rand wurm gott dach fach fass grab haupt horn huhn kalb lamm schloss tal tuch holz korn gut gewand tum mund strauch wort
*- es e s en "e "en: bank bund
*- es e s "e "en: baum hof zug flug ball vertrag antrag auftrag betrag beitrag ertrag schlag fall kampf markt platz satz schatz brand strand stand gang rang klang plan grund schuss kuss sturm turm wurf sprung ton sohn lohn stuhl gast ast rock stock block kopf topf frosch wolf korb hut arzt papst pass bass chor draht raum traum zaun brauch lauf kauf bauch zahn kahn hahn schwan schrank gesang anfang umfang hang stamm damm schwamm wunsch busch kanal altar general kardinal bischof palast dampf krampf sumpf strumpf rumpf bestand schwarm darm sarg fluss fuß gruß stoß kloß floß abschluss anschluss beschluss einfluss entschluss genuss zuschuss ausschuss überschuss bedarf rat saft schacht spruch bruch sprung zwang drang tanz kranz glanz schwanz pfahl stahl knall kran
*- "e "en: stadt hand nacht macht kraft angst kunst brust frucht sucht schnur wurst axt haut braut faust wand kuh gans maus laus auskunft unterkunft zukunft zusammenkunft vernunft not ausflucht zuflucht naht luft lust gruft
*- s "- "n: garten hafen laden schaden faden graben kasten ofen boden bogen wagen magen kragen
*- s "- "n: vater bruder vogel apfel mantel sattel nagel hammer acker schwager mangel
*- s "-: kloster
*- en: frau zeit welt schuld arbeit tür uhr bahn burg wahl zahl schlacht fahrt tat form art partei last frist flut pflicht schicht nachricht gefahr geburt figur natur kultur temperatur reform bilanz
*- "- "n: mutter tochter
*saal saals saales säle sälen
*datum datums daten
@verbs
- e er es en em "er "ere "erer "eres "eren "erem "este "ester "estes "esten "estem: alt kalt hart schwarz gesund
- e er es en em "er "ere "erer "eres "eren "erem "ste "ster "stes "sten "stem: jung lang stark schwach warm klug dumm
- e er es en em "er "ere "erer "eres "eren "erem "este "ester "estes "esten "estem "te "ter "tes "ten "tem: groß kurz
hoch hohe hoher hohes hohen hohem höher höhere höherer höheres höheren höherem höchste höchster höchstes höchsten höchstem
gut gute guter gutes guten gutem ~besser ~bessere besserer besseres besseren besserem beste bester bestes besten bestem
*gehen gehe geht gehst ging gingen gegangen
*stehen stehe steht stehst stand standen gestanden
*kommen komme kommt kommst kam kamen gekommen
*nehmen nehme nimmt nimmst nahm nahmen genommen
*geben gebe gibt gibst gab gaben gegeben
*sehen sehe sieht siehst sah sahen gesehen
*schreiben schreibe schreibt schrieb schrieben geschrieben
*bleiben bleibe bleibt blieb blieben geblieben
*treiben treibe treibt trieb trieben getrieben
*steigen steige steigt stieg stiegen gestiegen
*schweigen schweige schweigt schwieg schwiegen geschwiegen
*streiten streite streitet stritt stritten gestritten
*schneiden schneide schneidet schnitt schnitten geschnitten
*finden finde findet fand fanden gefunden
*binden binde bindet band banden gebunden
*singen singe singt sang sangen gesungen
*springen springe springt sprang sprangen gesprungen
*sinken sinke sinkt sank sanken gesunken
*trinken trinke trinkt trank tranken getrunken
*zwingen zwinge zwingt zwang zwangen gezwungen
*beginnen beginne beginnt begann begannen begonnen
*gewinnen gewinne gewinnt gewann gewannen gewonnen
*schwimmen schwimme schwimmt schwamm schwammen geschwommen
*sprechen spreche spricht sprach sprachen gesprochen
*brechen breche bricht brach brachen gebrochen
*treffen treffe trifft traf trafen getroffen
*sterben sterbe stirbt starb starben gestorben
*werben werbe wirbt warb warben geworben
*helfen helfe hilft half halfen geholfen
*werfen werfe wirft warf warfen geworfen
*essen esse isst aß aßen gegessen
*lesen lese liest las lasen gelesen
*sitzen sitze sitzt saß saßen gesessen
*liegen liege liegt lag lagen gelegen
*bitten bitte bittet bat baten gebeten
*fahren fahre fährt fuhr fuhren gefahren
*schlagen schlage schlägt schlug schlugen geschlagen
*tragen trage trägt trug trugen getragen
*wachsen wachse wächst wuchs wuchsen gewachsen
*waschen wasche wäscht wusch wuschen gewaschen
*laden lade lädt lud luden geladen
*fangen fange fängt fing fingen gefangen
*fallen falle fällt fiel fielen gefallen
*halten halte hält hielt hielten gehalten
*lassen lasse lässt ließ ließen gelassen
*schlafen schlafe schläft schlief schliefen geschlafen
*laufen laufe läuft lief liefen gelaufen
*rufen rufe ruft rief riefen gerufen
*stoßen stoße stößt stieß stießen gestoßen
*heißen heiße heißt hieß hießen geheißen
*fliegen fliege fliegt flog flogen geflogen
*fliehen fliehe flieht floh flohen geflohen
*ziehen ziehe zieht zog zogen gezogen
*bieten biete bietet bot boten geboten
*schießen schieße schießt schoss schossen geschossen
*schließen schließe schließt schloss schlossen geschlossen
*fließen fließe fließt floss flossen geflossen
*verlieren verliere verliert verlor verloren
*frieren friere friert fror froren gefroren
*lügen lüge lügt log logen gelogen
*denken denke denkt dachte dachten gedacht
*bringen bringe bringt brachte brachten gebracht
*kennen kenne kennt kannte kannten gekannt
*nennen nenne nennt nannte nannten genannt
*brennen brenne brennt brannte brannten gebrannt
*rennen renne rennt rannte rannten gerannt
wissen weißt wusste wussten gewusst
tun tue tut tat taten getan
`,
	"nl": `
aap apen
oog ogen
oor oren
uur uren
*stad steden stads
*schip schepen
*lid leden
*dag dagen
*weg wegen
*slag slagen
*verdrag verdragen
*bedrag bedragen
*gat gaten
*glas glazen
*graf graven
*dak daken
*pad paden
*bad baden
*god goden
*hof hoven
*slot sloten
*schot schoten
*spel spelen spellen
*gebrek gebreken
*gebed gebeden
*gebod geboden
*verbod verboden
*oorlog oorlogen
*hertog hertogen
*kind kinderen
*ei eieren
*lied liederen
*blad bladen bladeren
*rad raderen
*rund runderen
*kalf kalveren
*lam lammeren
*volk volken volkeren
*goed goederen
*been benen beenderen
*gelid gelederen
*mogelijkheid mogelijkheden
*heid heden
*koe koeien
*vlo vlooien
*zee zeeën
*idee ideeën
*leraar leraren leraars
*museum musea museums
*datum data datums
*man mannen
*zoon zonen zoons
*vis vissen
*les lessen
*fles flessen
@verbs
gaan ga gaat ging gingen gegaan
staan sta staat stond stonden gestaan
slaan sla slaat sloeg sloegen geslagen
komen kom komt kwam kwamen gekomen
nemen neem neemt nam namen genomen
geven geef geeft gaf gaven gegeven
spreken spreek spreekt sprak spraken gesproken
breken breek breekt brak braken gebroken
zien zie ziet zag zagen gezien
schrijven schrijf schrijft schreef schreven geschreven
blijven blijf blijft bleef bleven gebleven
stijgen stijg stijgt steeg stegen gestegen
krijgen krijg krijgt kreeg kregen gekregen
strijden strijd strijdt streed streden gestreden
rijden rijd rijdt reed reden gereden
sterven sterf sterft stierf stierven gestorven
helpen help helpt hielp hielpen geholpen
vinden vind vindt vond vonden gevonden
beginnen begin begint begon begonnen
winnen win wint won wonnen gewonnen
drinken drink drinkt dronk dronken gedronken
zingen zing zingt zong zongen gezongen
springen spring springt sprong sprongen gesprongen
zwemmen zwem zwemt zwom zwommen gezwommen
vechten vecht vocht vochten gevochten
vliegen vlieg vliegt vloog vlogen gevlogen
schieten schiet schoot schoten geschoten
sluiten sluit sloot sloten gesloten
kiezen kies kiest koos kozen gekozen
verliezen verlies verliest verloor verloren
bieden bied biedt bood boden geboden
lopen loop loopt liep liepen gelopen
vallen val valt viel vielen gevallen
houden houd houdt hield hielden gehouden
dragen draag draagt droeg droegen gedragen
varen vaar vaart voer voeren gevaren
eten eet at aten gegeten
lezen lees leest las lazen gelezen
brengen breng brengt bracht brachten gebracht
denken denk denkt dacht dachten gedacht
kopen koop koopt kocht kochten gekocht
zoeken zoek zoekt zocht zochten gezocht
verkopen verkoop verkoopt verkocht verkochten
`,
	"af": `
stad stede
skip skepe
kind kinders
dag dae
oorlog oorloë
weg weë
vrou vroue vrouens
oog oë
brug brûe
`,
	"sv": `
*- en ens s "er "ers "erna "ernas: stad hand natt kraft makt rand strand tand spann brand stång tång
= kö kön köns köer köers köerna köernas
= by byn byns byar byars byarna byarnas
= ö ön öns öar öars öarna öarnas
= å ån åar åarna
=*bok boken bokens boks böcker böckers böckerna böckernas
=*fot foten fotens fots fötter fötters fötterna fötternas
=*rot roten rotens rötter rötters rötterna
=*natt natten nattens nätter nätterna
=*son sonen sonens söner söners sönerna sönernas
=*man mannen mannens mans män mäns männen männens
=*gås gåsen gäss gässen
=*mus musen möss mössen
=*lus lusen löss lössen
=*ledamot ledamoten ledamots ledamöter ledamöters ledamöterna
=*bonde bonden bondens bönder bönders bönderna böndernas
=*far fader fadern faderns fars fäder fäders fäderna
=*mor moder mors mödrar mödrars mödrarna
=*bror broder brodern broderns brors bröder bröders bröderna
=*dotter dottern dotterns dotters döttrar döttrars döttrarna
syster systern systerns systrar systrars systrarna
=*öga ögat ögats ögon ögons ögonen
=*öra örat örats öron örons öronen
=*barn barnet barnets barns barnen barnens
=*land landet landets lands länder länders länderna ländernas landen
=*folk folket folkets folks folken
=*hus huset husets husen husens
=*träd trädet trädets träden trädens träds
=*finger fingret fingrets fingrar fingrarna
=*vinter vintern vinterns vintrar vintrarna
=*sommar sommaren sommarens somrar somrarna
=*museum museet museets museer museers museerna museum
=*center centret centrets centrum centren
=*papper pappret papperet papperen
=*fader fadern fäder
=*tand tanden tandens tänder tänders tänderna
=*vatten vattnet vattnets vattnen
=*vapen vapnet vapnets vapnen
=*tecken tecknet tecknets tecknen
=*öken öknen öknens öknar öknarna
=*sjukhus sjukhuset sjukhusets sjukhusen
=*himmel himlen himlens himlar
=*fågel fågeln fågelns fåglar fåglars fåglarna fåglarnas
=*nyckel nyckeln nycklar nycklarna
=*regel regeln regelns regler reglers reglerna
=*muskel muskeln muskler musklerna
=*exempel exemplet exemplets exemplen
=*lärare läraren lärarens lärarna lärarnas
stor stort stora större störst största
liten litet lilla små mindre minst minsta
gammal gammalt gamla äldre äldst äldsta
ung ungt unga yngre yngst yngsta
hög högt höga högre högst högsta
lång långt långa längre längst längsta
god gott goda bättre bäst bästa
@verbs
skriva skriver skrev skrivit skriven skrivet skrivna skrivs
gå går gick gått
stå står stod stått
få får fick fått
ta tar tog tagit tagen
ge ger gav gett givit
se ser såg sett
dö dör dog dött
komma kommer kom kommit
vinna vinner vann vunnit
finna finner fann funnit funnen
hitta hittar hittade hittat
stjäla stjäl stal stulit stulen stulet stulna
bryta bryter bröt brutit bruten brutet
flyga flyger flög flugit
skjuta skjuter sköt skjutit skjuten skjutna
stiga stiger steg stigit
falla faller föll fallit
dra drar drog dragit
slå slår slog slagit slagen
dricka dricker drack druckit
äta äter åt ätit
bära bär bar burit
välja väljer valde valt vald valda
sälja säljer sålde sålt såld sålda
`,
	"da": `
*- en ens s "er "ers "erne "ernes: stad hand kraft magt tand rand and
=*bog bogen bogens bogs bøger bøgers bøgerne bøgernes
=*fod foden fodens føder fødder fødderne
=*rod roden rødder rødderne
=*nat natten nattens nætter nætters nætterne
=*hånd hånden håndens hænder hænders hænderne
=*tand tanden tandens tænder tænders tænderne
=*stad staden stadens stæder stæders stæderne
=*by byen byens byer byers byerne byernes
=*mand manden mandens mands mænd mænds mændene mændenes
=*ko koen køer køers køerne
=*søn sønnen sønnens sønner sønners sønnerne
=*datter datteren datterens døtre døtres døtrene
=*broder broderen bror brors brødre brødres brødrene
=*far faderen fader fædre fædres fædrene
=*mor moderen moder mødre mødres mødrene
=*søster søsteren søstre søstres søstrene
=*bonde bonden bondens bønder bønders bønderne
=*barn barnet barnets barns børn børns børnene børnenes
=*øje øjet øjets øjne øjnes øjnene
=*gås gåsen gæs gæssene
=*kraft kraften kraftens kræfter kræfters kræfterne
=*bro broen broens broer broers broerne
=*træ træet træets træer træers træerne
=*menneske mennesket menneskets mennesker menneskers menneskene
=*skib skibet skibets skibe skibes skibene
=*museum museet museets museer museers museerne
=*center centret centrets centre centrene centeret
=*vinter vinteren vintre vintrene
=*finger fingeren fingre fingrene
=*fugl fuglen fuglens fugle fugles fuglene
stor stort store større størst største
lille små mindre mindst mindste
gammel gammelt gamle ældre ældst ældste
ung ungt unge yngre yngst yngste
god godt gode bedre bedst bedste
lang langt lange længere længst længste
@verbs
skrive skriver skrev skrevet skrives
tage tager tog taget tages
finde finder fandt fundet findes
vinde vinder vandt vundet
komme kommer kom kommet
blive bliver blev blevet
stige stiger steg steget
falde falder faldt faldet
flyve flyver fløj fløjet
skyde skyder skød skudt
bryde bryder brød brudt
stjæle stjæler stjal stjålet
sælge sælger solgte solgt sælges
vælge vælger valgte valgt vælges
dø dør døde
`,
	"no": `
=*bok boken boka bokens bokas boks bøker bøkers bøkene bøkenes
=*fot foten fotens føtter føtters føttene
=*rot roten rota røtter røttene
=*natt natten natta nattens netter netters nettene
=*hånd hånden hånda håndens hender henders hendene
=*tann tannen tanna tenner tenners tennene
=*stad staden stadens steder
=*by byen byens byer byers byene byenes
=*mann mannen mannens manns menn menns mennene mennenes
=*kvinne kvinnen kvinna kvinnens kvinner kvinners kvinnene
=*ku kua kuen kuer kyr kyrne
=*gås gåsa gåsen gjess gjessene
=*sønn sønnen sønnens sønner sønners sønnene
=*datter datteren dattera døtre døtres døtrene
=*bror broren brorens brødre brødres brødrene
=*far faren farens fedre fedres fedrene
=*mor moren mora morens mødre mødres mødrene
=*søster søsteren søstera søstre søstres søstrene
=*bonde bonden bondens bønder bønders bøndene
=*barn barnet barnets barns barna barnas barnene
=*øye øyet øyets øyne øyer øynene
=*tre treet treets trær trærs trærne trærnes
=*kne kneet knær knærne
=*kraft kraften krafta kraftens krefter krefters kreftene
=*strand stranden stranda strandens strender strenders strendene
=*hovedstad hovedstaden hovedsteder
=*museum museet museets museer museers museene
=*senter senteret senterets sentre sentrene
=*vinter vinteren vintre vintrene
=*finger fingeren fingre fingrene
=*skole skolen skola skoler skolers skolene
stor stort store større størst største
liten lite lita lille små mindre minst minste
gammel gammelt gamle eldre eldst eldste
ung ungt unge yngre yngst yngste
god godt gode bedre best beste
lang langt lange lengre lengst lengste
@verbs
skrive skriver skrev skrevet skrives
ta tar tok tatt tas
gi gir ga gitt gis
finne finner fant funnet
vinne vinner vant vunnet
komme kommer kom kommet
bli blir ble blitt
stige stiger steg steget
falle faller falt falt
fly flyr fløy fløyet
skyte skyter skjøt skutt
bryte bryter brøt brutt
stjele stjeler stjal stjålet
selge selger solgte solgt selges
velge velger valgte valgt velges
dø dør døde
`,
	"fr": `
- s ne nes: bon breton saxon mignon patron champion baron lion letton wallon teuton piéton espion vigneron cochon frison
- s te tes: net muet cadet violet simplet fluet coquet
complet complets complète complètes
incomplet incomplets incomplète incomplètes
concret concrets concrète concrètes
discret discrets discrète discrètes
secret secrets secrète secrètes
inquiet inquiets inquiète inquiètes
franc francs franche franches
œil œils yeux
cheval chevaux
travail travaux
ciel cieux ciels
monsieur messieurs
madame mesdames
vieux vieil vieille vieilles
beau bel belle beaux belles
nouveau nouvel nouvelle nouveaux nouvelles
fou fol folle fous folles
blanc blancs blanche blanches
sec secs sèche sèches
public publics publique publiques
grec grecs grecque grecques
turc turcs turque turques
long longs longue longues
frais fraîche fraîches
roux rousse rousses
doux douce douces
faux fausse fausses
gros grosse grosses
bas basse basses
gras grasse grasses
favori favoris favorite favorites
@verbs
aller vais vas va allons allez vont allait allaient ira iront allé allée allés allées
faire fais fait faisons faites font faisait faisaient fera feront fit firent faite
dire dis dit disons dites disent disait dira dirent dite
voir vois voit voyons voyez voient voyait verra verront vit vu vue vus vues
venir viens vient venons venez viennent venait viendra viendront vint venu venue venus venues
tenir tiens tient tenons tenez tiennent tenait tiendra tiendront tint tenu tenue tenus tenues
prendre prends prend prenons prenez prennent prenait prendra prit pris prise prises
mettre mets met mettons mettez mettent mettait mettra mit mis mise mises
écrire écris écrit écrivons écrivez écrivent écrivait écrira écrivit écrite écrits écrites
lire lis lit lisons lisez lisent lisait lira lu lue lus lues
mourir meurs meurt meurent mourons mourait mourra mourut mort morte morts mortes
vivre vis vit vivons vivez vivent vivait vivra vécut vécu
pouvoir peux peut pouvons pouvez peuvent pouvait pourra pourront put pu
vouloir veux veut voulons voulez veulent voulait voudra voulut voulu
savoir sais sait savons savez savent savait saura sut su
devoir dois doit devons devez doivent devait devra dut dû
vendre vends vend vendons vendez vendent vendait vendra vendit vendu vendue vendus vendues
perdre perds perd perdons perdez perdent perdait perdra perdit perdu perdue perdus perdues
acheter achète achètes achetons achetez achètent achetait achètera acheta acheté achetée achetés achetées
`,
	"es": `
joven jóvenes
imagen imágenes
examen exámenes
orden órdenes
crimen crímenes
origen orígenes
margen márgenes
volumen volúmenes
virgen vírgenes
régimen regímenes
espécimen especímenes
carácter caracteres
buque buques
@verbs
tener tengo tienes tiene tenemos tienen tenía tenían tuvo tuvieron tendrá tendrán tenga tengan tenido teniendo
decir digo dices dice decimos dicen decía decían dijo dijeron dirá dirán diga digan dicho diciendo
hacer hago haces hace hacemos hacen hacía hacían hizo hicieron hará harán haga hagan hecho haciendo
poder puedo puedes puede podemos pueden podía podían pudo pudieron podrá podrán pueda puedan podido
poner pongo pones pone ponemos ponen ponía puso pusieron pondrá pondrán ponga pongan puesto puesta poniendo
querer quiero quieres quiere queremos quieren quería quiso quisieron querrá quiera querido
saber sabe sabemos saben sabía supo supieron sabrá sepa sabido
venir vengo vienes viene venimos vienen venía vino vinieron vendrá vendrán venga venido
traer trae traen traía trajo trajeron traerá traído
dar da dan daba dio dieron dará dado dando
ver ve ven veía vio vieron verá visto vista viendo
morir muere mueren moría murió murieron morirá muera muerto muerta muertos muertas
dormir duerme duermen dormía durmió durmieron dormirá dormido
pedir pide piden pedía pidió pidieron pedirá pida pedido
seguir sigue siguen seguía siguió siguieron seguirá siga seguido
sentir siente sienten sentía sintió sintieron sentirá sienta sentido
elegir elige eligen elegía eligió eligieron elegirá elija elegido elegida electo electa
volver vuelve vuelven volvía volvió volvieron volverá vuelva vuelto
abrir abre abren abría abrió abrieron abrirá abra abierto abierta abiertos abiertas
cerrar cierra cierran cerraba cerró cerraron cerrará cierre cerrado cerrada cerrados cerradas
escribir escribe escriben escribía escribió escribieron escribirá escriba escrito escrita
romper rompe rompen rompió rompieron romperá roto rota
jugar juega juegan jugaba jugó jugaron jugará juegue jugado
perder pierde pierden perdía perdió perdieron perderá pierda perdido perdida
ganar gana ganan ganaba ganó ganaron ganará gane ganado
`,
	"pt": `
mal males
cônsul cônsules
caráter caracteres
júnior juniores
@verbs
ter tenho tem têm temos tinha tinham teve tiveram terá terão tenha tenham tido
dizer diz dizem dizia disse disseram dirá dirão diga dito
fazer faz fazem fazia fez fizeram fará farão faça façam feito feita fazendo
poder pode podem podia pôde puderam poderá poderão possa possam podido
pôr põe põem punha pôs puseram porá ponha posto
querer quer querem queria quis quiseram queira
saber sabe sabem sabia soube souberam saiba
vir vem vêm vinha veio vieram virá venha vindo
trazer traz trazem trazia trouxe trouxeram trará traga
dar dá dão dava deu deram dará dê dado
ver vê veem via viu viram verá veja visto
morrer morre morrem morria morreu morreram morrerá morto morta mortos mortas
perder perde perdem perdia perdeu perderam perderá perca perdido
ganhar ganha ganham ganhava ganhou ganharam ganhará ganhado ganho
`,
	"it": `
uomo uomini
bue buoi
tempio templi
ala ali
arma armi
uovo uova
braccio bracci braccia
dito dita
labbro labbra
osso ossi ossa
muro muri mura
paio paia
ginocchio ginocchi ginocchia
ciglio ciglia
lenzuolo lenzuola
migliaio migliaia
centinaio centinaia
mano mani
amico amici amica amiche
nemico nemici nemica nemiche
greco greci greca greche
medico medici medica mediche
belga belgi belghe
bello bel bella belli belle begli
grande gran grandi
@verbs
andare vado vai va andiamo andate vanno andava andò andarono andrà andato andata andati
fare faccio fai fa facciamo fate fanno faceva fece fecero farà faranno fatto fatta
dire dico dici dice diciamo dite dicono diceva disse dissero dirà detto detta
venire vengo vieni viene veniamo vengono veniva venne vennero verrà venuto venuta
tenere tengo tieni tiene teniamo tengono teneva tenne tennero terrà tenuto
potere posso puoi può possiamo possono poteva poté potrà potuto
volere voglio vuoi vuole vogliamo vogliono voleva volle vorrà voluto
scrivere scrivo scrive scrivono scriveva scrisse scrissero scriverà scritto scritta scritti
leggere legge leggono leggeva lesse lessero leggerà letto letta
mettere mette mettono metteva mise misero metterà messo messa
prendere prende prendono prendeva prese presero prenderà preso presa presi prese
perdere perde perdono perdeva perse persero perderà perso persa perduto
vincere vince vincono vinceva vinse vinsero vincerà vinto vinta vinti
morire muore muoiono moriva morì morirono morirà morto morta morti morte
nascere nasce nascono nasceva nacque nacquero nascerà nato nata nati nate
chiudere chiude chiudono chiudeva chiuse chiusero chiuderà chiuso chiusa
aprire apre aprono apriva aprì aprirono aprirà aperto aperta aperti aperte
uccidere uccide uccidono uccideva uccise uccisero ucciderà ucciso uccisa uccisi uccise
`,
	"ro": `
stradă strada străzi străzile străzii străzilor
oraș orașul orașului orașe orașele orașelor
om omul omului oameni oamenii oamenilor
femeie femeia femeii femei femeile femeilor
bărbat bărbatul bărbatului bărbați bărbații bărbaților
copil copilul copilului copii copiii copiilor
fată fata fetei fete fetele fetelor
carte cartea cărții cărți cărțile cărților
casă casa casei case casele caselor
țară țara țării țări țările țărilor
mare marea mării mări mările mărilor
școală școala școlii școli școlile școlilor
masă masa mesei mese mesele meselor
apă apa apei ape apele apelor
piață piața pieței piețe piețele piețelor
mână mâna mâinii mâini mâinile mâinilor
noapte noaptea nopții nopți nopțile nopților
zi ziua zilei zile zilele zilelor
an anul anului ani anii anilor
lege legea legii legi legile legilor
bancă banca băncii bănci băncile băncilor
parte partea părții părți părțile părților
cale calea căii căi căile căilor
vale valea văii văi văile văilor
stea steaua stelei stele stelele stelelor
cafea cafeaua cafelei cafele cafelele
floare floarea florii flori florile florilor
pădure pădurea pădurii păduri pădurile pădurilor
plajă plaja plajei plaje plajele plajelor
universitate universitatea universității universități universitățile universităților
cetate cetatea cetății cetăți cetățile
soră sora surorii surori surorile surorilor
frate fratele fratelui frați frații fraților
tată tatăl tatălui tați
război războiul războiului războaie războaiele războaielor
drum drumul drumului drumuri drumurile drumurilor
pod podul podului poduri podurile podurilor
câine câinele câinelui câini câinii câinilor
urs ursul ursului urși urșii urșilor
lup lupul lupului lupi lupii lupilor
pește peștele peștelui pești peștii peștilor
român românul românului români românii românilor română româna române
rus rusul rusului ruși rușii rușilor rusă ruse
alegere alegerea alegerii alegeri alegerile alegerilor
pensie pensia pensiei pensii pensiile pensiilor
spital spitalul spitalului spitale spitalele spitalelor
cal calul calului cai caii cailor
munte muntele muntelui munți munții munților
preț prețul prețului prețuri prețurile prețurilor
minister ministerul ministerului ministere ministerele
ministru ministrul ministrului miniștri miniștrii miniștrilor
magistrat magistratul magistrați magistrații magistraților
deputat deputatul deputatului deputați deputații deputaților
soldat soldatul soldatului soldați soldații soldaților
avocat avocatul avocatului avocați avocații avocaților
bătrân bătrânul bătrâni bătrânii
tânăr tânărul tânărului tineri tinerii tinerilor tânără tinere
profesor profesorul profesorului profesori profesorii profesorilor
`,
	"ca": `
home homes
dona dones
peix peixos
mà mans
dia dies
llei lleis
any anys
`,
	"tr": `
şehir şehr+
burun burn+
ağız ağz+
oğul oğl+
alın aln+
isim ism+
resim resm+
nehir nehr+
şekil şekl+
fikir fikr+
akıl akl+
vakit vakt+
zehir zehr+
hüküm hükm+
sabır sabr+
kayıp kayb+
kayıt kayd+
ömür ömr+
göğüs göğs+
karın karn+
beyin beyn+
boyun boyn+
devir devr+
keşif keşf+
izin izn+
emir emr+
metin metn+
tavır tavr+
nakit nakd+
nesil nesl+
asıl asl+
cisim cism+
kısım kısm+
seyir seyr+
hak hakkı hakkın hakkını hakkımız
hat hattı hattın hattını hattında hattına hattından
zam zamm+
sır sırr+
red redd+
tıp tıbb+
tat tad+
dip dib+
cep ceb+
kurt kurd+
yurt yurd+
gök göğ+
kalp kalb+
harp harb+
taç tac+
güç güc+
uç uc+
borç borc+
genç genc+
su suy+
`,
	"fi": `
käsi käde+ käte+ kät+ käs+
vesi vede+ vete+ vet+ ves+
susi sude+ sute+ sut+ sus+
uusi uude+ uute+ uut+ uus+
viisi viide+ viite+ viit+
tosi tode+ tote+
kansi kanne+ kante+
meri mere+ mert+
veri vere+ vert+
kieli kiele+ kielt+
mieli miele+ mielt+
mies miehe+ mieh+ miest+
lapsi lapse+ last+
nainen naise+ nais+
ihminen ihmise+ ihmis+
hevonen hevose+ hevos+
poika poja+ poik+
tytär tyttäre+ tyttär+
veli velje+ velj+
sisar sisare+ sisar+
hammas hampaa+ hampa+ hammast+
kuningas kuninkaa+ kuninka+ kuningast+
asukas asukkaa+ asukka+ asukast+
asiakas asiakkaa+ asiakka+ asiakast+
rikas rikkaa+ rikka+
opas oppaa+ oppa+
varas varkaa+ varka+
porras portaa+ porta+
tehdas tehtaa+ tehta+ tehdast+
sairas sairaa+ saira+
kaupunki kaupungi+ kaupunke+
tuoli tuole+
joki joe+ joke+
järvi järve+
kivi kive+
suku suvu+
puku puvu+
luku luvu+
kyky kyvy+
työ töi+
yö öi+
tie tei+
suo soi+
puu pui+
maa mai+
pää päi+
kuu kui+
hiiri hiire+
kevät kevää+ kevät+
lyhyt lyhye+ lyhy+
olut olue+
kuollut kuollee+
laki lai+ lake+
mäki mäe+ mäke+
koki koe+
väki väe+
hinta hinna+
sota soda+ soti+
hanke hankkee+ hanket+
osoite osoittee+ osoitet+
liike liikkee+ liiket+
savuke savukkee+
lähde lähtee+ lähdet+
sade satee+ sadet+
aie aikee+
koe kokee+ koet+
työntekijä työntekijöi+ työntekijä+
opettaja opettajie+ opettaji+
`,
	"hu": `
ló lov+
tó tav+
szó szav+
hó hava havat havon havak
kő köv+
fű füv+
mű műv+
cső csöv+
kéz kez+
víz viz+
név nev+
út utat utak utakat utakon utakra utai utam utunk
híd hid+
nyár nyar+
tűz tüz+
tél telet telén
dél delet delén
hét het+
jég jeg+
madár madar+
levél level+
kenyér kenyer+
egér eger+
tehén tehen+
veréb vereb+
fazék fazek+
kanál kanal+
bogár bogar+
agár agar+
szamár szamar+
sugár sugar+
mocsár mocsar+
pohár pohar+
kosár kosar+
gyökér gyöker+
szekér szeker+
úr urat urak urakat ura urai uram
falu falv+
daru darv+
bokor bokr+
ökör ökr+
tükör tükr+
álom álm+
étterem étterm+
halom halm+
malom malm+
torony torny+
árok árk+
lélek lelk+
telek telk+
méreg mérg+
féreg férg+
cukor cukr+
majom majm+
titok titk+
dolog dolg+
sátor sátr+
köröm körm+
eper epr+
szirom szirm+
piszok piszk+
farok fark+
iker ikr+
férfi férfia+
fiú fiai fiaik fiának fiát
`,
}

const englishNouns = `
= child children
= grandchild grandchildren
= schoolchild schoolchildren
= mouse mice
= louse lice
= foot feet
= tooth teeth
= goose geese
= ox oxen
= person persons people
= people peoples person
= man men
= woman women
= analysis analyses
= crisis crises
= basis bases
= thesis theses
= hypothesis hypotheses
= diagnosis diagnoses
= criterion criteria
= phenomenon phenomena
= bacterium bacteria
= datum data
= medium media mediums
= nucleus nuclei
= cactus cacti cactuses
= fungus fungi funguses
= alumnus alumni alumna alumnae
= index indexes indices
= matrix matrices matrixes
= appendix appendices appendixes
= vertex vertices vertexes
= knife knives
= life lives
= wife wives
= midwife midwives
= leaf leaves
= thief thieves
= loaf loaves
= calf calves
= half halves
= shelf shelves
= wolf wolves
= elf elves
= scarf scarves scarfs
= hoof hooves hoofs
= news
= gas gases
= bus buses
= passer-by passers-by
= series
= species
= aircraft
= spacecraft
= virus viruses
= potato potatoes
= tomato tomatoes
= hero heroes
= echo echoes
= lens lenses
= quiz quizzes
= tax taxes
`

const englishVerbs = `
= bus buses bused bussed busing bussing
= tax taxes taxed taxing
= new newer newest
= good ~better ~best
= bad ~worse ~worst
= buy buys bought buying
= sell sells sold selling
= win wins won winning
= lose loses lost losing
= rise rises ~rose risen rising
= fall falls ~fell fallen falling
= take takes took taken taking
= make makes made making
= get gets got gotten getting
= give gives gave given giving
= grow grows grew grown growing
= know knows knew known knowing
= fly flies flew flown flying
= break breaks ~broke broken breaking
= choose chooses chose chosen choosing
= steal steals stole stolen stealing
= fight fights fought fighting
= build builds built building
= rebuild rebuilds rebuilt rebuilding
= find finds ~found finding
= hold holds held holding
= lead leads ~led leading
= shoot shoots ~shot shooting
= spend spends spent spending
= strike strikes ~struck striking stricken
= teach teaches taught teaching
= write writes wrote written writing
= speak speaks ~spoke spoken speaking
= drive drives drove driven driving
= run runs ran running
= outrun outruns outran outrunning
= begin begins began begun beginning
= swim swims swam swum swimming
= drink drinks drank ~drunk drinking
= sing sings sang sung singing
= ring rings rang rung ringing
= sink sinks sank sunk sinking
= shrink shrinks shrank shrunk shrinking
= spring springs ~sprang sprung springing
= go goes went gone going
= come comes came coming
= become becomes became becoming
= see sees ~saw seen seeing
= eat eats ate eaten eating
= think thinks ~thought thinking
= bring brings brought bringing
= catch catches caught catching
= seek seeks sought seeking
= leave leaves ~left leaving
= meet meets met meeting
= keep keeps kept keeping
= sleep sleeps slept sleeping
= feel feels ~felt feeling
= deal deals dealt dealing
= mean means meant meaning
= send sends sent sending
= lend lends ~lent lending
= bend bends ~bent bending
= lay lays laid laying
= pay pays paid paying
= say says ~said saying
= tell tells told telling
= sit sits sat sitting
= stand stands stood standing
= understand understands understood understanding
= wear wears wore worn wearing
= tear tears tore torn tearing
= swear swears swore sworn swearing
= bear bears ~bore ~borne bearing
= throw throws threw thrown throwing
= draw draws ~drew drawn drawing
= withdraw withdraws withdrew withdrawn withdrawing
= blow blows blew blown blowing
= show shows showed shown showing
= hide hides hid hidden hiding
= bite bites ~bit bitten biting
= ride rides rode ridden riding
= freeze freezes froze frozen freezing
= wake wakes ~woke woken waking
= shake shakes shook shaken shaking
= mistake mistakes mistook mistaken mistaking
= forget forgets forgot forgotten forgetting
= feed feeds ~fed feeding
= bleed bleeds bled bleeding
= breed breeds bred breeding
= flee flees fled fleeing
= dig digs dug digging
= stick sticks stuck sticking
= hang hangs ~hung hanged hanging
= swing swings swung swinging
= sting stings stung stinging
= dive dives dived ~dove diving
= hear hears heard hearing
= cut cuts cutting
= put puts putting
= hit hits hitting
= quit quits quitting
= bid bids bidding
= cost costs costing
= split splits splitting
= spread spreads spreading
= lie lies lied lying
= die dies died dying
= tie ties tied tying
`
