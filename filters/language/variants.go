package language

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// variant is a language or a written standard that letter sequences don't
// tell from its relative, by words that only it has.
type variant struct {
	language string
	near     string  // what the letters say of such texts
	close    bool    // the letters do tell them apart, so that only close calls are looked at
	least    int     // so many of its words must stand there
	share    float64 // and be so large a part of all words
	words    string
	against  string // words of its relative that speak against it, one for one
}

// closeCall is the confidence below which words are asked about languages
// that letters tell apart in longer texts; above it they were wrong as often.
const closeCall = 0.95

// variants are tried in order. For the first two there are no frequencies;
// words are the commonest that a language doesn't share with its neighbours.
var variants = [...]variant{
	{"gl", " pt es ca ", false, 2, 0.06,
		" unha dunha nunha unhas dunhas dun nun coa coas polos polas máis tamén xa hoxe onte mañá lles hai ata despois galego galega galegos galegas galiza concello concellos xente persoas persoa dende cando súa súas tivo fixo fixeron estivo xeral xunta deputación conselleiro conselleira veciños veciñas traballo traballadores goberno axuda axudas proxecto proxectos teñen tiña dixo mentres aínda asemade ningunha calquera algunha algunhas mellor cousa cousas cunha cun xuntanza dereito dereitos ós ás pobo facer vindeiro xullo xuño xaneiro decembro novembro setembro ",
		" pessoa pessoas todos todo liberdade igualdade seu seus sua suas maior outras direito direitos ou ser el los las una del y con por não são uma com pelo pela mais também muito já então num numa às até você "},
	{"ne", " hi mr ", false, 2, 0.08,
		" छ छन् हो भएको गरेको गर्ने गर्न लागि पनि रहेको रहेका नेपाल नेपाली नेपालको नेपालमा थियो थिए भने भएका गरिएको हुने हुन्छ गरे गरेका उनको त्यस बताए भन्ने सरकारले दिएको काठमाडौं हुनेछ गर्दै गरी भई सबै व्यक्तिलाई छैन कुनै ",
		" है हैं में के से ने और नहीं का की कि आहे आणि होते येथे यांनी "},
	{"mr", " hi ", true, 1, 0,
		" आहे आहेत नाही आणि दिली केली झाली झाला झाले केला केले दिला दिले होते होती होता यांनी येथे मध्ये साठी मात्र असून करणार होणार मिळणार नव्या काय कसे ",
		" है हैं में के का की ने से को और नहीं किया गया दी पर लिए "},
	{"sr-Latn", " hr bs ", true, 1, 0,
		" niko neko veće deca dece deci posle pre gde ovde negde hiljada hiljade hiljadu vreme vremena mesto mesta mestu reka reke reči reč mleko svet sveta svetu uspeh uspeha cena cene sednica sednici sednice nedelja nedelje nedelju sreda lepo lepa beograd beogradu beograda beogradske predsednik predsednika predsednica poslednji poslednje uvek čovek deo delu bezbednost bezbednosti saopštio saopšteno evra voz vozova ",
		" tko nitko netko vijeće djeca djece djeci poslije prije gdje ovdje negdje vrijeme vremenu mjesto mjesta mjestu rijeka rijeke riječi riječ mlijeko svijet svijeta svijetu uspjeh cijena cijene sjednica sjednici tjedan tjedna srijeda lijepo zagreb zagrebu predsjednik predsjednika posljednji uvijek čovjek dio dijelu eura sigurnost vlak "},
	{"hr", " sr-Latn bs ", true, 1, 0,
		" tko nitko netko tisuća tisuću tisuće tjedan tjedna tjednu općina općine općini vlak vlakova vlakom zrakoplov zrakoplova kolovoz kolovoza rujna rujan listopada studenoga studenog prosinca siječnja veljače ožujka travnja svibnja lipnja srpnja glede izvješće izvješća gospodarstvo gospodarstva obitelj obitelji sveučilište sveučilišta kazalište kazališta glazba glazbe hrvatska hrvatske hrvatskoj hrvatski zagrebu zagreba ",
		" ko niko neko hiljada hiljadu hiljade nedelja sedmica sedmice voz avion historija historije porodica porodice univerzitet muzika sarajevu sarajeva sarajevo bosne bosni bih deca posle gde beogradu beograda opština opštine "},
	{"id", " ms ", true, 1, 0,
		" rp jumat ujar ujarnya tutur tuturnya imbuh imbuhnya kemarin tewas kamar resmi kendaraan dokter sopir kebijakan ekspor impor stasiun gedung mahasiswa saham mirip kursi museum film tim pelatih rekor aktivitas kapasitas komunitas fasilitas otoritas prioritas karena bisa mobil sepeda kantor uang polisi kepolisian bandara rabu kamis senin maret agustus juli desember warga saat usai sejumlah terkait setempat kabupaten provinsi kecamatan gubernur bupati walikota miliar triliun rupiah persen listrik truk telepon ponsel universitas kualitas rapat kasus mengatakan menyebut menyebutkan menjelaskan mengungkapkan setidaknya meski gratis gempa perusahaan menyetujui macet butuh coba cuma lewat diduga dievakuasi evakuasi petugas pertandingan penumpang ",
		" rm jumaat filem muzium kenderaan rasmi bilik doktor pemandu jurulatih rekod aktiviti kapasiti komuniti keutamaan maklumat eksport import stesen kerajaan polis hospital peratus bilion syarikat pejabat wang isnin khamis ahad mac jun julai ogos disember ialah iaitu telefon universiti kualiti kes mesyuarat bandar bandaraya bandaran majlis jawatankuasa ringgit bahawa berkenaan beliau berkata tiada mahu sahaja semalam meluluskan baharu kesesakan tempoh pegawai perkhidmatan malaysia melayu lumpur selangor johor datuk dato perlawanan elektrik motosikal lori basikal kemalangan mangsa menerusi kenyataan projek berkuasa bomba penyelamat kakitangan "},
	{"nn", " no ", true, 1, 0,
		" ikkje eg frå korleis kvifor berre meir seier gjer kjem saman òg vert vart fekk noko nokon sjølv mykje vore mellom dykk kva kven dei skule skulen heim medan eit ein ei nokre desse fleire kommunar kommunane ",
		" ikke jeg fra hvordan hvorfor bare mer sier gjør kommer sammen ble fikk noe noen selv mye vært hva hvem de skole hjem mens et en hun disse flere kommuner af "},
	{"pt-BR", " pt ", false, 2, 0,
		" você vocês ônibus trem trens celular celulares time times equipe equipes esporte esportes esportivo esportiva gols registro registros usuário usuários fato contato contatos econômico econômica econômicos econômicas antônio bilhões bilhão prefeito prefeita prefeituras prefeitura planejamento quilômetros acadêmico acadêmica bebê bebês eletrônico eletrônica eletrônicos gênero tênis vereador vereadores governador secretaria pedágio banheiro ônus fenômeno crônica atômica autônomo autônoma astronômico topônimo polêmica polêmico sinônimo anônimo gênio oxigênio hidrogênio brasileiro brasileira brasileiros paulista ",
		" autocarro comboio comboios telemóvel telemóveis equipa equipas desporto desportos desportivo desportiva golo golos registo registos utilizador utilizadores facto contacto contactos económico económica económicos económicas antónio planeamento quilómetros académico académica bebé bebés eletrónico eletrónica electrónico género ténis vereação autarca autarcas freguesia portagem polémica polémico anónimo génio oxigénio hidrogénio fenómeno autónomo autónoma câmara distrital portugueses português portuguesa "},
}

// telling is what variants are told by, unpacked: +1 speaks for the variant,
// -1 against it.
type telling struct {
	words [len(variants)]map[string]int8
	hanzi map[rune]int8 // +1: traditional only, -1: simplified only
}

func newTelling() *telling {
	t := &telling{hanzi: map[rune]int8{}}
	for i, v := range variants {
		t.words[i] = map[string]int8{}
		for _, w := range strings.Fields(v.against) {
			t.words[i][w] = -1
		}
		for _, w := range strings.Fields(v.words) {
			t.words[i][w] = 1
		}
	}
	for _, r := range simplifiedOnly {
		t.hanzi[r] = -1
	}
	for _, r := range traditionalOnly {
		t.hanzi[r] = 1
	}
	return t
}

// refine names the script, region or relative of a language where the words
// tell it. Declared (as Canonical names it) helps where they don't decide.
func (t *telling) refine(g Guess, declared string, a *article, written script) string {
	language := g.Language
	if language == "zh" {
		if t.traditional(a.in(written), declared == "zh-Hant") {
			return "zh-Hant"
		}
		return language
	}
	for i := range variants {
		v := &variants[i]
		if !strings.Contains(v.near, " "+language+" ") || v.close && (g.Confidence >= closeCall || language == declared) {
			continue
		}
		found, against, words := t.count(i, a.in(written))
		least, share := v.least, v.share
		if declared == v.language {
			least, share = min(1, least), 0
			if base(v.language) == language { // of a declared region no contradiction is enough
				least = 0
			}
		}
		if found >= least && found >= against && float64(found) >= share*float64(words) {
			return v.language
		}
	}
	return language
}

// count returns how many words speak for a variant and against it, and how
// many there are.
func (t *telling) count(variant int, words iter.Seq[[]rune]) (found, against, all int) {
	var b [128]byte
	for w := range words {
		all++
		if len(w) > len(b)/4 {
			continue
		}
		key := b[:0]
		for _, r := range w {
			key = utf8.AppendRune(key, r)
		}
		switch t.words[variant][string(key)] {
		case 1:
			found++
		case -1:
			against++
		}
	}
	return found, against, all
}

// traditional reports whether Chinese words are written in traditional script
// for certain: two characters that only it has, or one when it is declared,
// and hardly any of simplified script.
func (t *telling) traditional(words iter.Seq[[]rune], declared bool) bool {
	hant, hans := 0, 0
	for w := range words {
		for _, r := range w {
			switch t.hanzi[r] {
			case 1:
				hant++
			case -1:
				hans++
			}
		}
	}
	return hant >= 8*hans && (hant >= 2 || hant == 1 && declared)
}
