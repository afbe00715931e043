package story

import "strings"

// The commonest words of news texts, in the languages that most feeds are
// written in. They carry grammar, attribution and the trade's stock phrases,
// and say nothing of which event a text reports. The languages share one set:
// a word that means something elsewhere loses little.
const (
	// stops weigh nothing.
	stops = `
a about above across after afterwards again against ago all almost alone along already also although always am among an and
another any anybody anyone anything are around as aside at away back be became because become been before behind being below
between both but by came can cannot could did do does doing done down due during each either else even ever every everybody
everyone everything few first for former from further get gets getting give given gives go goes going gone got had half has have
having he her here hers herself him himself his how however i if in indeed instead into is it its itself just last later latest
least less let like likely made make makes making many may maybe me meanwhile might more most much must my near nearly neither
never new next no nobody none nor not nothing now of off often old on once one only onto or other others our out over own part
per perhaps put quite rather same second see seen several shall she should since so some somebody something soon still such take
taken takes than that the their them themselves then there therefore these they thing things this those though three through
thus time times to today together told tomorrow too took toward towards two under until up upon us use used using very via was
way we well went were what when where whether which while who whole whom whose why will with within without would yesterday yet
you your said say says saying according reported report reports reporting added adding told mr mrs ms dr
aber als also am an auch auf aus bei beim bereits bis da dabei damit danach dann dar darauf das dass dem den denn der deren des
deshalb dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er erst erste
ersten es etwa etwas euch für gegen habe haben hat hatte hatten her hier hin ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in
ins ist ja jede jedem jeden jeder jedes jetzt kann kein keine keinem keinen keiner können konnte konnten lassen man mehr mehrere
mein mit muss müssen nach nachdem neben neue neuen neuer nicht nichts noch nun nur ob oder ohne rund schon sehr sei seien sein
seine seinem seinen seiner seit sich sie sind so sogar soll sollen sollte sollten sondern sowie sowohl über um und uns unter
viel viele vielen vom von vor wann war waren warum was weil weiter weitere weiteren welche wenn wer werde werden wie wieder will
wir wird wo wollen worden wurde wurden während zu zum zur zwar zwei zwischen sagte sagt sagten teilte mit laut erklärte hieß
a al algo ante antes aquel aquella así aun aún aunque bajo bien cada casi como cómo con contra cual cuando cuanto cuatro da de
del desde después donde dos durante e el él ella ellas ellos en entonces entre era eran es esa ese eso esta está están estas este
esto estos fue fueron ha había habían hace hacer hacia han hasta hay hoy la las le les lo los luego más mas me mientras mi mientras
muy nada ni no nos nosotros nuestra nuestro nueva nuevo nuevos o os otra otras otro otros para parte pero poco por porque primer
primera primero pues que qué quien quién se sea según ser será si sí sido sin sino sobre solo sólo son su sus también tan tanto
te tenía ti tiene tienen toda todas todo todos tras tres tu un una unas uno unos va vez y ya yo dijo explicó señaló afirmó aseguró
indicó informó añadió
à ainsi alors après au aucun aussi autre autres aux avait avant avec avoir ce cela celle celui ces cet cette ceux chaque chez
comme contre dans de depuis dernier dernière des deux deuxième doit donc dont du elle elles en encore entre est et était étaient
être eu faire fait fois font hier ici il ils jour jusqu la le les leur leurs lors lui mais même moins ne ni non nos notre nous
nouveau nouvelle on ont ou où par parce pas pendant peu peut plus plusieurs pour pourrait première premier près puis qu quand que
quel quelle qui sa sans se selon sera ses si son sont sous sur tandis tous tout toute toutes très trois un une vers vos votre vous
affirmé annoncé déclaré expliqué indiqué précisé dit
ao aos até cada com como da das de dele depois do dos duas ela elas ele eles em entre era essa esse esta está este eu foi foram
há isso isto já mais mas mesmo muito na nas não nem no nos nova novo o onde os ou outra outro para pela pelas pelo pelos por
porque quando que quem são se sem ser será seu seus só sobre sua suas também tem têm toda todo todos três um uma umas você disse
segundo afirmou
agli ai al alla alle allo anche ancora avere aveva che chi ci coi col come con contro cui da dagli dai dal dalla dalle degli dei
del della delle dello di dopo dove due e ed era erano essere fa fino fra già gli ha hanno ho i il in io la le lei li lo loro lui
ma mentre molto ne negli nei nel nella nelle noi non nuova nuovo o oggi ogni per perché però più poi prima quando quanto quella
quelle quelli quello questa queste questi questo sarà se secondo sei sempre senza si sia solo sono sta stata state stati stato su
sua sugli sui sul sulla sulle suo suoi tra tre tutti tutto un una uno ha detto spiegato
aan al alle als bij dan dat de der deze die dit door een en er ge geen haar had heb hebben heeft hem het hij hoe hun ik in is je
kan maar me meer met mijn na naar niet nog nu of om omdat ons ook op over te tot uit van veel voor waar was wat we wel werd worden
wordt wie zal ze zei zich zij zijn zo zou zegt volgens
a aby ale bardzo bez być był była było były ciągu co czy dla do dwa gdy go i ich ile im jak jako je jego jej jest jeszcze już
każdy kiedy która które którego której który którzy lub ma mają może można na nad nie niż o od ona one oni oraz po pod podczas
ponad poza przed przez przy roku są się tak także tam te tego tej temu ten też to tu tych tylko tym u w we więc wszystkie z za
ze że powiedział poinformował
а без более больше бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее её ей ему если
есть еще ещё же за здесь и из или им их к как какой когда кого кто ко которая которого которой которые который которых ли лишь
между менее меня мне много может можно мы на над надо нас наш не него нее ней нет ни них но ну о об однако один одна одной одного
около он она они оно от очень по под пока после потом потому почти при про против раз с со сам самый свои своего своей свою себя
сейчас со стал стала стали так также такой там те тем то тогда того тоже только том тот три тут ты у уже что чтобы чего чем через
эта эти этим этих это этого этой этом этот эту я два две двух сообщил сообщила сообщили сообщает рассказал заявил заявила отметил
отметила сказал сказала говорит словам данным
а або але без був була були було бути в вже від він вона вони для до є з за зі і із її їх й його коли на над не після під по про
та так також те у це цей цього цьому що щоб як який яка які якого сказав повідомив
och att det som en på är av för med den till ett de har inte om var men sig så från eller han hon vid kan när ska efter
og at det som en på er af til for med den et de har ikke om var men sig fra eller han hun ved kan når skal efter
ve bir bu da de için ile olarak daha çok en gibi kadar sonra olan oldu ancak her ise dedi
`
	// stock words weigh a third.
	stock = `
agency agreed agreement aim aims allow amid among annual announced announcement area article asked authorities available began
begin begins big build building built business called case cases central chairman change changes chief children city close closed
close comes coming committee community companies company conference continue continued council countries country couple court cost
costs current customers data day days deal decision department development director early east economic economy end ended energy
even event evening executive expect expected expects experts far federal find five food force found four friday full future general
global good government great ground group groups growth hand head health held help high higher hold home homes hospital hour hours
house however human hundred including increase independent industry information international issue january february march april june
july august september october november december job jobs keep key kind know known large largest late law lead leader leaders leave
left level life line little live local long look lot low lower main major man manager market markets meet meeting member members
men midnight million billion minister minute minutes monday money month monthly months morning move municipal name national need
network news night noon north number office officer officials open opened opening operator order organisation organization outside
parts past pay people percent percentage period person place plan planned plans point points police policy political power present
president press price prices problem process product production profit program programme project provide public published quarter
question questions quick real record released remain reporters research residents rest result results return revenue right rise
risk road rose run saturday school second sector service services set seven share shares short show shows side six small social
someone south special spokesman spokeswoman spokesperson spring start started state statement states station stay stop street
strong summer sunday support system talks team technology ten test third thousand thursday total town trade tuesday turn union
university version want wants water website wednesday week weekend weekly weeks west window winter woman women word words work
workers working works world worth year years young
abend angaben april arbeit august behörden beginn bericht betrieb bisher chef deutschland dezember dienstag donnerstag ende euro
februar firma frau freitag ganz geht geld gemeinde gesellschaft gibt grund gut hälfte haus heute jahr jahre jahren jahres januar
juli juni kinder kommt kommen kosten kunden land lange leben leute liegt machen mai mann märz menschen milliarden millionen minister
minuten mittwoch monat monaten monate montag morgen nacht november oktober ort platz polizei präsident prozent regierung region samstag
sei september sonntag sprecher sprecherin staat stadt stelle stehen steht straße stunden tag tage tagen teil uhr unternehmen
vergangenen viertel wasser weg weitere welt wenige woche wochen zahl zeit ziel zukunft kronen
agosto año años abril agua ahora autoridades ayer ayuntamiento calle caso centro ciudad coronas datos día días diciembre domingo
empresa enero equipo estado euros febrero gente gobierno gran grupo horas hospital jueves julio junio lugar lunes martes marzo mayor
mayo medio mejor mes meses miércoles millones mil minutos ministerio ministro momento mundo mujer noche noviembre nacional octubre
personas país países presidente primera problema programa proyecto pueblo puede pueden región sábado semana semanas septiembre
servicio siete sistema situación tarde tiempo total trabajo tres varios vecinos viernes vida zona
ans année années août avril autorités centre chef cours décembre dimanche directeur euros février fin france gouvernement groupe
heure heures hier janvier jeudi jours juillet juin lundi mai mairie marché mardi mars mercredi millions milliards minutes ministre
mois monde nombre novembre octobre part pays personnes place point président prix projet quatre région samedi semaine semaines
septembre service temps travail vendredi ville vie
anos ano cidade dia dias empresa euros governo milhões ministro pessoas presidente semana tempo anni anno città euro giorni governo
milioni ministro ore persone presidente settimana jaar miljoen mensen minister president procent stad uur week lat latach miasta
milionów osób prezydent rząd złotych
апреля августа больше бывший в течение власти воды время времени вчера год года году годов города город городе городской декабря
день деньги директор дней дня дома жители жителей заместитель здания июля июня компании компания количество конца крон лет марта
мая месяц месяца месте место министр мира млн млрд москва начала начал недели неделю несколько нового новый ноября октября
области один общества объявил понедельник пока пресс проект процент процента процентов пятницу работа работы работу рублей руководитель
района россии сегодня сентября служба служба службы случае среду среди станции страны субботу суток сторону тысяч тысячи утра
утром участие февраля человек четверг число января вторник воскресенье
`
)

// Characters of Chinese and Japanese that carry grammar or stand in most news
// texts. A pair of two of them weighs little.
const commonHan = `的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着等部度家电電力里如水化高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么麼利比或但质質气氣第向道命此变變条條只没沒结結解问問意建月公无無系军軍很情者最立代想已通并並提直题題党黨程展五果料象员員革位入常文总總次品式活设設及管特件长長求老头頭基资資边邊流路级級少图圖山统統接知较較将將组組见見计計别別她手角期根论論运運农農指几幾九区區强強放决決西被干做必战戰先回则則任取据處处队隊南给給色光门門即保治北造百规規热熱领領七海口东東导導器压壓志世金增争爭济濟阶階油思术術极極交受联聯什认認六共权權收证證改清己美再采转轉更单單风風切打白教速花带帶安场場身车車例真务務具万萬每目至达達走积積示议議声聲报報斗完类類八离離华華名确確才科张張信马馬节節话話米整空元况今集温傳传土许許步群广廣石记記需段研界拉林律叫且究观觀越织織装裝影算低持音众眾书書布复復容儿兒须須际際商非验驗连連断斷深难難近矿千周委素技备備半办辦青省列习習响響约約支般史感劳勞便团團往酸历曆市克何除消构構府称稱太准精值号號率族维維划选選标標写寫存候毛亲親快效院查江型眼王按格养易置派层層片始却专專状狀育厂京识適属圓包火住调調满滿县縣局照参參红紅细細引听聽该該铁鐵价價严嚴首底液官德随隨病苏失尔死讲講配女黄推显談谈罪神艺呢席含企望密批营營项項防举舉球英氧势勢告李台落木帮助讯訊昨介绍紹`

// A lexeme is what is known of a word.
type lexeme struct {
	rarity    rarity
	month     int8 // 1–12
	day       int8 // 1 + weekday; or noted in relative
	relative  int8 // days from publication
	unit      byte // of units
	number    float64
	magnitude float64
}

type rarity uint8

const (
	unlisted rarity = iota
	isStock
	isStop
)

// lexicon holds all words that are known, by the digest of their folded form:
// one look for each word of a text.
type lexicon struct {
	// taken tells by 2 KB, which stay in the processor's nearest cache, that
	// of most words nothing is known.
	taken [1 << 14 / 64]uint64
	keys  [1 << 14]uint32
	at    [1 << 14]uint16
	list  []lexeme
}

var words = newLexicon()

func newLexicon() *lexicon {
	l := &lexicon{list: make([]lexeme, 1, 5000)}
	for _, w := range strings.Fields(stock) {
		l.word(w).rarity = isStock
	}
	for _, w := range strings.Fields(stops) {
		l.word(w).rarity = isStop
	}
	l.addMonths()
	l.addDays()
	l.addNumbers()
	return l
}

// word returns the lexeme of a word to be filled in.
func (l *lexicon) word(w string) *lexeme {
	key := foldedHash(w)
	i := l.slot(key)
	if l.at[i] == 0 {
		l.keys[i], l.at[i] = key, uint16(len(l.list))
		l.taken[i/64] |= 1 << (i % 64)
		l.list = append(l.list, lexeme{})
	}
	return &l.list[l.at[i]]
}

func (l *lexicon) slot(key uint32) uint32 {
	i := key % uint32(len(l.keys))
	for l.at[i] != 0 && l.keys[i] != key {
		i = (i + 1) % uint32(len(l.keys))
	}
	return i
}

// find returns what is known of a word; of most, nothing.
func (l *lexicon) find(key uint32) *lexeme {
	if i := key % uint32(len(l.keys)); l.taken[i/64]>>(i%64)&1 == 0 {
		return &l.list[0]
	}
	return &l.list[l.at[l.slot(key)]]
}

var han = listHan()

func listHan() map[rune]bool {
	m := make(map[rune]bool, 700)
	for _, r := range commonHan {
		m[r] = true
	}
	return m
}
