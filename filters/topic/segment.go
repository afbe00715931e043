package topic

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // the word lists
	"math"
	"strings"
	"sync"
	"unicode/utf8"

	"copydesk/filters/text"
)

// Word lists made by words/generate.go: of Chinese from jieba's (MIT
// licence), of Japanese from IPADIC (NAIST licence); see words/LICENSES.
var (
	//go:embed words/zh.gz
	chineseList []byte
	//go:embed words/ja.gz
	japaneseList []byte

	chinese  = sync.OnceValue(func() *lexicon { return newLexicon(chineseList, 140_000) })
	japanese = sync.OnceValue(func() *lexicon { return newLexicon(japaneseList, 60_000) })
)

// lexicon knows what words cost, in quarters of a bit: an open hash table of
// digests (56 bits) and costs (8 bits).
type lexicon struct {
	slots []uint64
	mask  uint64
}

// newLexicon reads a list that was embedded: it can't be damaged, so that a
// list cut short is only a smaller one.
func newLexicon(packed []byte, words int) *lexicon {
	size := 1
	for size < words*4/3 {
		size *= 2
	}
	l := &lexicon{slots: make([]uint64, size), mask: uint64(size - 1)}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return l
	}
	for s := bufio.NewScanner(z); s.Scan(); {
		word, cost, _ := bytes.Cut(s.Bytes(), []byte{' '})
		n := uint64(0)
		for _, c := range cost {
			n = n*10 + uint64(c-'0')
		}
		h := digest(word)
		i := h >> 8 & l.mask
		for l.slots[i] != 0 {
			i = (i + 1) & l.mask
		}
		l.slots[i] = h&^0xFF | n&0xFF
	}
	return l
}

func digest(word []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range word {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h ^ h>>29
}

// cost of a word; false: it isn't in the list.
func (l *lexicon) cost(word []byte) (int, bool) {
	h := digest(word)
	for i := h >> 8 & l.mask; l.slots[i] != 0; i = (i + 1) & l.mask {
		if (l.slots[i]^h)&^0xFF == 0 {
			return int(l.slots[i] & 0xFF), true
		}
	}
	return 0, false
}

const (
	reach     = 6   // characters looked at on either side of a term
	wordSize  = 4   // characters of the longest word in a list
	unknown   = 104 // cost of a character that is no word in the list
	termPrice = 64  // what a term costs that is in no list
	bond      = 28  // what a character costs behind another that it makes a word with
)

// stands reports whether units[from:to], of a script that doesn't divide
// words, stand in the text as words, and not by chance across the borders of
// others.
func stands(n *text.Normal, from, to int, language string) bool {
	if n.Units[from].Gap == text.Next && from > 0 && !begins(n, from, to, language) {
		return false
	}
	return to >= len(n.Units) || n.Units[to].Gap != text.Next || ends(n, from, to, language)
}

func begins(n *text.Normal, from, to int, language string) bool {
	a, b := n.Units[from-1].Script, n.Units[from].Script
	switch {
	case !a.Dense() || !b.Dense():
		return true
	case b == text.Katakana:
		return a != text.Katakana || compound(n, from, to)
	case b == text.Hiragana:
		return a != text.Hiragana || particleBefore(n, from)
	case b == text.Han:
		return a != text.Han || words(n, from, to, language)
	}
	return !trailing(n, from)
}

func ends(n *text.Normal, from, to int, language string) bool {
	a, b := n.Units[to-1].Script, n.Units[to].Script
	switch {
	case !a.Dense() || !b.Dense():
		return true
	case a == text.Katakana:
		return b != text.Katakana || compound(n, from, to)
	case a == text.Hiragana:
		return b != text.Hiragana || particleAfter(n, to)
	case a == text.Han:
		return b != text.Han || words(n, from, to, language)
	}
	return !trailing(n, to)
}

// trailing reports whether a unit is a mark that hangs on the one before it.
func trailing(n *text.Normal, i int) bool {
	r, _ := utf8.DecodeRune(n.Word(i))
	// Vowels and tones of Thai, Lao, Khmer and Burmese that follow their consonant.
	return r >= 0x0E30 && r <= 0x0E3A || r >= 0x0E45 && r <= 0x0E4E || r >= 0x0EB0 && r <= 0x0EBC || r >= 0x0EC8 && r <= 0x0ECE ||
		r >= 0x17B4 && r <= 0x17D3 || r >= 0x102B && r <= 0x103E
}

// run widens a stretch of units over neighbours of one script that stand
// directly beside it.
func run(n *text.Normal, from, to, limit int, script text.Script) (int, int) {
	a, b := from, to
	for a > 0 && from-a < limit && n.Units[a].Gap == text.Next && n.Units[a-1].Script == script {
		a--
	}
	for b < len(n.Units) && b-to < limit && n.Units[b].Gap == text.Next && n.Units[b].Script == script {
		b++
	}
	return a, b
}

// compound reports whether what stands before and behind a word in katakana
// is made of words in katakana too, and the whole isn't better read otherwise.
func compound(n *text.Normal, from, to int) bool {
	a, b := run(n, from, to, 24, text.Katakana)
	if n.Units[from].Script != text.Katakana {
		a = from
	}
	if n.Units[to-1].Script != text.Katakana {
		b = to
	}
	before, behind := pieces(n, a, from), pieces(n, to, b)
	if before < 0 || behind < 0 {
		return false
	}
	whole := pieces(n, a, b)
	return whole < 0 || before+1+behind <= max(whole, 2)
}

// pieces is the least number of words in katakana that units [from:to) can be
// divided into; negative: they can't.
func pieces(n *text.Normal, from, to int) int {
	const longest = 12 // characters of a word
	least := make([]int, to-from+1)
	for i := 1; i <= to-from; i++ {
		least[i] = -1
		for k := max(0, i-longest); k <= i-2; k++ {
			if least[k] < 0 || least[i] >= 0 && least[i] <= least[k]+1 {
				continue
			}
			if _, ok := japanese().cost(n.Fold[n.Units[from+k].From:n.Units[from+i-1].To]); ok {
				least[i] = least[k] + 1
			}
		}
	}
	return least[to-from]
}

// particles of Japanese that follow a noun, and what a sentence may go on with.
const particles = " は が を に へ と で も の や か ね よ さ な から まで より など だ です でし で では には とは との への での からの までの だっ でし でも にも とも という といっ として によ について において における に対 だけ のみ ほど くらい ぐらい ごと しか こそ さえ ばかり なら なり たち さん する し され さ せ "

func particleAfter(n *text.Normal, i int) bool {
	_, end := run(n, i, i+1, 3, text.Hiragana)
	for ; end > i; end-- {
		if strings.Contains(particles, " "+string(n.Fold[n.Units[i].From:n.Units[end-1].To])+" ") {
			return true
		}
	}
	return false
}

func particleBefore(n *text.Normal, i int) bool {
	return strings.Contains(" は が を に へ と で も の や か ", " "+string(n.Word(i-1))+" ")
}

// words weighs the readings of a run of Chinese characters: the cheapest in
// which the term stands as a word against the cheapest in which a word
// reaches over one of its edges.
func words(n *text.Normal, from, to int, language string) bool {
	a, b := run(n, from, to, reach, text.Han)
	list := chinese()
	if language == "ja" || language == "" && kana(n, from, to) {
		list = japanese()
	}
	if inOpaque(n, list, a, b, from, to) {
		return false
	}
	if to-from == 1 && (shared(n, list, a, b, from-1, from, before) || shared(n, list, a, b, from, from+1, behind)) {
		return true
	}
	return holds(n, list, a, b, from, to) && !suffixed(n, list, a, from, to)
}

// holds reports whether the cheapest way to read units [a:b) keeps the term.
func holds(n *text.Normal, list *lexicon, a, b, from, to int) bool {
	return cheapest(n, list, a, b, from, to, true) < cheapest(n, list, a, b, from, to, false)
}

// suffixes of Chinese and Japanese make nouns of words of two characters.
const suffixes = "率性化度额額费費税者员員感权権"

// suffixed reports whether a term of two characters is the end of a word and
// a suffix: gross margin (毛利 and 率) holds the interest rate (利率), but a
// high interest rate (高 and 利率) does too. It is one when the character
// before the term is likelier to be followed by the term's first.
func suffixed(n *text.Normal, list *lexicon, a, from, to int) bool {
	if to-from != 2 || from == a || !strings.Contains(suffixes, string(n.Word(to-1))) {
		return false
	}
	before, _ := list.cost(n.Word(from - 1))
	both, ok := list.cost(n.Fold[n.Units[from-1].From:n.Units[from].To])
	return ok && both-before <= bond
}

// cheapest returns the cost of the best way to divide units[a:b] into words.
// Either the term at [from:to] is kept whole, or a word must cross one of its
// edges. A longer word that holds the whole term counts only where the term
// is a part of it by its own reading; a term of one character is a word of its
// own or none, since it is a part of far too many.
func cheapest(n *text.Normal, list *lexicon, a, b, from, to int, keep bool) int {
	const none = math.MaxInt32
	// best[i][x]: units before a+i are divided; x: an edge was crossed.
	var best [2*reach + 64][2]int
	if b-a >= len(best) {
		return 0
	}
	for i := range b - a + 1 {
		best[i] = [2]int{none, none}
	}
	best[0][0] = 0
	for i := a; i < b; i++ {
		for crossed := range 2 {
			so := best[i-a][crossed]
			if so == none {
				continue
			}
			if keep && i == from {
				price, ok := list.cost(n.Fold[n.Units[from].From:n.Units[to-1].To])
				if !ok {
					price = termPrice
				}
				best[to-a][crossed] = min(best[to-a][crossed], so+price)
			}
			for j := i + 1; j <= b && j <= i+wordSize; j++ {
				crosses := i < from && j > from || i < to && j > to
				skip := crosses && keep
				if around := i <= from && j >= to; around && to-from == 1 {
					skip = keep
				} else if around {
					skip = !keep || i == a && j == b || !holds(n, list, i, j, from, to)
				}
				if skip {
					continue
				}
				price, ok := list.cost(n.Fold[n.Units[i].From:n.Units[j-1].To])
				if !ok {
					if j > i+1 {
						continue
					}
					price = unknown
				}
				x := crossed
				if crosses {
					x = 1
				}
				best[j-a][x] = min(best[j-a][x], so+price)
			}
		}
	}
	if keep {
		return best[b-a][0]
	}
	return best[b-a][1]
}

// kana reports whether a text is Japanese, as far as the neighbourhood tells.
func kana(n *text.Normal, from, to int) bool {
	for i := max(0, from-40); i < min(len(n.Units), to+40); i++ {
		if n.Units[i].Script == text.Hiragana || n.Units[i].Script == text.Katakana {
			return true
		}
	}
	return false
}

// opaque are common words, in the simplified characters that texts are folded
// to, that mean nothing of what a part of them means: who looks for
// wolves (狼) doesn't look for distress (狼狈) or a mess (狼藉).
var opaque = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(opaqueWords) {
		set[folded(w)] = true
	}
	return set
})

const opaqueWords = `
	一马当先 上火 中风 云集 作风 兔崽子 分米 加油 印象 厘米 发火 吹牛 壁虎 声名狼藉 天花板 奥巴马 威风
	学风 对象 山寨 巴拿马 形象 影星 恼火 想象 抽象 日本 明星 星座 景象 月饼 木马 木鱼 杯盘狼藉 树立
	歌星 毫米 水准 水平 水晶 水果 水泥 江山 沙龙 油嘴滑舌 油条 海绵 火候 火热 火爆 火锅 炒鱿鱼 热狗
	熊孩子 熊市 熊熊 熊熊烈火 牛仔 牛市 牛气 牛津 牛顿 狗仔 狼吞虎咽 狼心狗肺 狼狈 狼藉 猪八戒 猫腻 现象
	球星 眼花缭乱 秋老虎 立马 米兰 红火 纳米 网虫 罗马 老虎机 老虎钳 色狼 花招 花旗 花样 花费 花钱 茶几
	薪水 虎牙 虎视眈眈 虾米 蛇头 蜗牛 象征 走狗 走马 迹象 金字塔 金融 银幕 雨果 雪梨 雪碧 雪茄 风云
	风俗 风味 风度 风情 风格 风气 风水 风波 风流 风范 风采 风险 风靡 马上 马克 马到成功 马拉松 马来
	可可西里 可可托海 葡萄牙 葡萄牙语 天鹅绒 海马 海象 海豹 海狮 海狗
	马桶 马虎 马赛克 马路 马达 马铃薯 马马虎虎 鱼尾纹 鼠标 龙头`

// Characters that make a word with a term of one character and leave it its
// meaning: before it (to drink water), and behind it (a pack of wolves).
const (
	before = "喝吃骑养捕采挖杀猎买卖饮煮泡运储供缺停断送灰野海"
	behind = "群类肉只匹"
)

// shared reports whether units i and j, of which one is the term and the other
// one of the characters, are a word of the text.
func shared(n *text.Normal, list *lexicon, a, b, i, j int, chars string) bool {
	other := i
	if chars == behind {
		other = j
	}
	return i >= a && j < b && strings.Contains(chars, string(n.Word(other))) && (i == a && j+1 == b || holds(n, list, a, b, i, j+1))
}

// inOpaque reports whether units [i:j) are a part of a word that means nothing of
// it, where that word stands as one.
func inOpaque(n *text.Normal, list *lexicon, a, b, i, j int) bool {
	for from := max(a, j-wordSize); from <= i; from++ {
		for to := max(j, from+(j-i)+1); to <= b && to <= from+wordSize; to++ {
			if opaque()[string(n.Fold[n.Units[from].From:n.Units[to-1].To])] && (from == a && to == b || holds(n, list, a, b, from, to)) {
				return true
			}
		}
	}
	return false
}
