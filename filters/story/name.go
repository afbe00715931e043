package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names sound alike in whatever script they are written, so they are compared
// by their consonants: Halcyon, Хальцион and ハルシオン are all A-S-N, Serafina
// Duarte and 塞拉菲娜·杜阿尔特 S-L-F-N D-T. Vowels count only where a name begins
// with one; b, v and w are one sound, as are l and r; before a consonant and at
// the end l and r are left out, since Chinese and Japanese write them there
// with a syllable of their own or not at all; h is a breath.
type sound struct {
	b [12]byte
	n int
}

const begins = 'A' // a name that begins with a vowel or a breath

func (s *sound) add(c byte) {
	if c == 0 || s.n == len(s.b) || s.n > 0 && (c == begins || s.b[s.n-1] == c) {
		return
	}
	s.b[s.n] = c
	s.n++
}

func vowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

// latinSound hears a folded word of a to z.
func latinSound(w []byte) (s sound) {
	for i := 0; i < len(w); i++ {
		var next, after byte
		if i+1 < len(w) {
			next = w[i+1]
		}
		if i+2 < len(w) {
			after = w[i+2]
		}
		c := w[i]
		if c == next && !vowel(c) {
			continue
		}
		switch {
		case vowel(c) || c == 'h':
			s.add(begins)
		case c == 'l' || c == 'r':
			if i == 0 || vowel(next) {
				s.add('L')
			}
		case c == 'w' && !vowel(next):
		case c == 'c' && next == 'h', c == 't' && next == 'c' && after == 'h':
			s.add('J')
			i += 1 + int(b2i(c == 't'))
		case c == 's' && next == 'c' && after == 'h':
			s.add('S')
			i += 2
		case c == 'c' && (next == 'e' || next == 'i' || next == 'y'):
			s.add('S')
		case c == 'k' && next == 'h':
			s.add(begins)
			i++
		case c == 'p' && next == 'h':
			s.add('F')
			i++
		case c == 't' && (next == 's' || next == 'z'):
			s.add('S')
			i++
		case c == 'd' && (next == 'j' || next == 'g'):
			s.add('J')
			i++
		case c == 'n' && next == 'g' && !vowel(after):
			s.add('N')
			i++
		case c == 'x':
			if i > 0 {
				s.add('K')
			}
			s.add('S')
		case 'a' <= c && c <= 'z':
			s.add(latinSounds[c-'a'])
		}
	}
	return s
}

func b2i(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// latinSounds are of the letters from a to z that sound alike everywhere.
const latinSounds = "ABKDAFGAAJKLMNAPKLSTABBSAS"

// cyrillicSounds are of the letters from а to я.
var cyrillicSounds = [32]byte{begins, 'B', 'B', 'G', 'D', begins, 'J', 'S', begins, begins, 'K', 'L', 'M', 'N', begins, 'P',
	'L', 'S', 'T', begins, 'F', begins, 'S', 'J', 'S', 'S', 0, begins, 0, begins, begins, begins}

// cyrillicEndings are of names in oblique cases; those that are vowels go with
// all other vowels.
var cyrillicEndings = []string{"ами", "ого", "его", "ому", "ему", "ом", "ем", "ой", "ей", "ов", "ев", "ым", "им", "ам", "ах"}

// cyrillicSound hears a word in lower case.
func cyrillicSound(w string) (s sound) {
	for _, ending := range cyrillicEndings {
		if len(w)-len(ending) >= 8 && strings.HasSuffix(w, ending) {
			w = strings.TrimSuffix(w, ending)
			break
		}
	}
	var letters [24]byte // offsets from а; 32 is the end
	n := 0
	for _, r := range w {
		switch r {
		case 'ё', 'є':
			r = 'е'
		case 'і', 'ї':
			r = 'и'
		case 'ґ':
			r = 'г'
		}
		if r < 'а' || r > 'я' || r == 'ь' || r == 'ъ' {
			continue
		}
		if n == len(letters)-1 {
			break
		}
		letters[n] = byte(r - 'а')
		n++
	}
	letters[n] = 32
	for i := 0; i < n; i++ {
		c, next := letters[i], letters[i+1]
		soft := next < 32 && cyrillicSounds[next] == begins && next != 'х'-'а'
		switch {
		case c == 'д'-'а' && next == 'ж'-'а':
		case c == 'т'-'а' && next == 'с'-'а':
		case c == 'г'-'а' && i > 0 && letters[i-1] == 'н'-'а' && !soft: // as Latin's ng
		case cyrillicSounds[c] == 'L':
			if i == 0 || soft {
				s.add('L')
			}
		default:
			s.add(cyrillicSounds[c])
		}
	}
	return s
}

// greekSounds are of the letters, of which those with an accent sound as those
// without.
var greekSounds = func() map[rune]byte {
	m := make(map[rune]byte, 40)
	for _, row := range [...]struct {
		sound   byte
		letters string
	}{{begins, "αεηιουωάέήίόύώϊϋΐΰχ"}, {'B', "β"}, {'G', "γ"}, {'D', "δ"}, {'S', "ζσς"}, {'T', "θτ"}, {'K', "κξ"}, {'L', "λρ"}, {'M', "μ"}, {'N', "ν"}, {'P', "πψ"}, {'F', "φ"}} {
		for _, r := range row.letters {
			m[r] = row.sound
		}
	}
	return m
}()

// greekPairs are letters that write one sound of other languages, or two.
var greekPairs = strings.NewReplacer("νγκ", "ν", "μπ", "μβ", "ντ", "νδ", "γκ", "νγ", "τσ", "σ", "τζ", "σ", "ξ", "κσ", "ψ", "πσ")

// greekSound hears a word in lower case.
func greekSound(w string) (s sound) {
	for pair, first := range map[string]string{"μπ": "β", "ντ": "δ", "γκ": "γ"} {
		if rest, ok := strings.CutPrefix(w, pair); ok {
			w = first + rest
		}
	}
	letters := []rune(greekPairs.Replace(w))
	for i, r := range letters {
		c := greekSounds[r]
		if c == 'L' && i > 0 && (i+1 == len(letters) || greekSounds[letters[i+1]] != begins) {
			continue
		}
		s.add(c)
	}
	return s
}

// writtenSound hears a word in lower case that isn't of a to z.
func writtenSound(w string) sound {
	if r, _ := utf8.DecodeRuneInString(w); r >= 0x370 && r < 0x400 {
		return greekSound(w)
	}
	return cyrillicSound(w)
}

// declining are languages that hang the endings of their cases on names.
const declining = "pl cs sk ru uk be bg sr hr sl lt lv el "

// declined hears what a name would sound like without the ending of a case:
// what is heard of one that ends in r or l is cut at its end, and isn't before
// a vowel. The Greek nominative adds an s.
func (s *scanner) declined(folded []byte, h sound) (sound, bool) {
	w := string(folded)
	if h.n < 3 || !s.declines && !strings.HasSuffix(w, "le") && !strings.HasSuffix(w, "re") { // whose e is mute
		return h, false
	}
	if base, ok := strings.CutSuffix(w, "rze"); ok { // the Polish locative
		return latinSound([]byte(base + "r")), true
	}
	if c := h.b[h.n-1]; c != 'L' && (c != 'S' || !strings.HasSuffix(w, "ς")) {
		return h, false
	}
	h.n--
	return h, true
}

// suffixed passes over a Turkish ending, which an apostrophe divides from
// names alone.
func (s *scanner) suffixed() bool {
	if s.language != [2]byte{'t', 'r'} {
		return false
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(s.text[s.at:], "'"), "’")
	n := 0
	for n < len(rest) && n < 12 {
		r, size := utf8.DecodeRuneInString(rest[n:])
		if !unicode.IsLower(r) {
			break
		}
		n += size
	}
	if len(rest) == len(s.text)-s.at || n == 0 {
		return false
	}
	s.at = len(s.text) - len(rest) + n
	return true
}

// kanaRows are the katakana of one consonant.
var kanaRows = []struct {
	sound byte
	kana  string
}{
	{begins, "アイウエオヤユヨハヒヘホャュョァィゥェォヲ"}, {'K', "カキクケコ"}, {'G', "ガギグゲゴ"}, {'S', "サシスセソザズゼゾツヅ"}, {'J', "ジチヂ"},
	{'T', "タテト"}, {'D', "ダデド"}, {'N', "ナニヌネノン"}, {'F', "フ"}, {'B', "バビブベボヴワ"}, {'P', "パピプペポ"}, {'M', "マミムメモ"},
	{'L', "ラリルレロ"},
}

var kanaSounds = func() map[rune]byte {
	m := make(map[rune]byte, 96)
	for _, row := range kanaRows {
		for _, r := range row.kana {
			m[r] = row.sound
		}
	}
	return m
}()

// kanaSound hears a run of katakana.
func kanaSound(run string) (s sound) {
	held := false // a ル waits for what follows
	for i, r := range run {
		c, ok := kanaSounds[r]
		if !ok { // ー and ッ
			continue
		}
		if held && c == begins {
			s.add('L')
		}
		held = false
		if r == 'ル' && i > 0 {
			held = true
			continue
		}
		s.add(c)
	}
	return s
}

// hanRows are the characters that Chinese writes foreign names with, by the
// consonants they begin and end with.
var hanRows = []struct{ sounds, characters string }{
	{"A", "阿亚娅雅埃艾爱伊奥欧厄乌尤约叶耶易哈海赫霍胡"}, {"AN", "安恩英因汉亨洪杨翁"},
	{"B", "巴伯贝比布博波拜鲍毕勃瓦威维沃韦伍华"}, {"BN", "班本宾邦万文温旺"},
	{"P", "帕佩皮普坡珀派"}, {"PN", "潘彭平庞"},
	{"M", "马玛麦梅米莫穆姆默迈密"}, {"MN", "曼门蒙明芒"},
	{"F", "法菲费夫弗福佛"}, {"FN", "凡芬范方丰"},
	{"D", "达代戴德迪多杜道狄"}, {"DN", "丹登丁东邓敦"},
	{"T", "塔泰特蒂托图提陶忒"}, {"TN", "坦滕廷通汀顿吞"},
	{"K", "卡凯科克库基考柯喀奎"}, {"KN", "坎肯金康昆孔"},
	{"G", "加盖格戈古高葛圭"}, {"GN", "甘根冈贡"},
	{"J", "贾杰吉朱乔奇切查恰哲"}, {"JN", "詹真钱强琼"},
	{"S", "萨塞赛斯西希索苏施舒沙谢夏肖绍史什思兹茨扎泽佐祖齐策瑟"}, {"SN", "桑森申辛尚香孙宋松赞曾"},
	{"N", "纳娜奈内尼诺努妮"}, {"NN", "南宁农"},
	{"L", "拉莱雷勒里利丽莉罗洛鲁卢劳赖列瑞露吕蕾萝"}, {"LN", "兰伦林隆朗龙琳仑"},
	{"", "尔耳"},
}

var hanSounds = func() map[rune]string {
	m := make(map[rune]string, 400)
	for _, row := range hanRows {
		for _, r := range row.characters {
			m[r] = row.sounds
		}
	}
	return m
}()

// hanSound hears a run of characters that write a foreign name.
func (s *scanner) hanSound(run string) (h sound) {
	for _, r := range run {
		for _, c := range []byte(hanSounds[s.forms.of(r)]) {
			h.add(c)
		}
	}
	return h
}

// soundWeight is how much it says that two names sound alike, by their
// consonants: there are 1,700 sounds of three, and a text has a dozen names.
func soundWeight(n int) float64 {
	switch {
	case n < 2:
		return 0
	case n == 2:
		return 0.15
	case n == 3:
		return 0.4
	case n == 4:
		return 0.8
	}
	return 1
}
