package language

import (
	"archive/zip"
	"encoding/binary"
	"encoding/json"
	"flag"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

//go:generate go test -run ^TestModelIsMadeFromFrequencies$ -timeout 60m -from $LINGUA .

// from is the directory of the module github.com/pemistahl/lingua-go@v1.0.5,
// whose frequencies and half of whose sample sentences make the model.
var from = flag.String("from", "", "make model.bin from this copy of lingua-go")

// trained lists the languages of the model, by script; a language is named as
// Guess names it.
var trained = []struct {
	script    script
	languages string
	// threshold is the information, in nats a letter, below which a sequence
	// isn't kept: for Latin letters half of it costs 1.4 MB and gains 0.1 points.
	threshold float64
	// believed is how much of the frequencies' evidence training begins with:
	// sequences of letters overlap.
	believed float64
}{
	{latin, "en de fr es it pt nl sv da no nn fi is pl cs sk hu ro hr bs sl tr vi id ms ca et lv lt sq eu ga cy af sw tl az sr-Latn", 1e-4, 0.25},
	{cyrillic, "ru uk be bg mk sr kk mn", 1e-4, 0.25},
	{arabic, "ar fa ur", 5e-5, 0.3},
	{devanagari, "hi mr", 2e-5, 0.4},
	{han, "zh ja", 2e-6, 0.5},
}

// hold keeps a fourth of the sentences for validation instead of training.
var hold = flag.Bool("hold", false, "validate the model that is made")

const (
	backOff = 0.1  // of its probability remains with each letter of history that is unknown
	fewest  = 3    // sequences of four and five letters seen less often are chance
	least   = 1e-6 // probability of a letter that a language doesn't have
)

type gram struct {
	votes map[uint8]float64
	info  float64
	prob  map[uint8]float64
}

func TestModelIsMadeFromFrequencies(t *testing.T) {
	if *from == "" {
		t.Skip("needs -from")
	}
	m := &model{}
	grams := map[uint32]*gram{}
	table := newScriptTable()
	for _, group := range trained {
		first := len(m.languages)
		mine := map[uint32]*gram{}
		var train, check []example
		for _, l := range strings.Fields(group.languages) {
			id := uint8(len(m.languages))
			m.languages = append(m.languages, l)
			m.scripts = append(m.scripts, group.script)
			a, b := examples(t, table, int(id)-first, l, group.script, *hold)
			train, check = append(train, a...), append(check, b...)
			collect(mine, id, counts(t, l, group.script))
		}
		keep(mine, group.threshold, first, len(m.languages))
		fit(t, group.believed, mine, first, train, check, len(m.languages)-first)
		for k, g := range mine {
			grams[k] = g
		}
		t.Log(group.script, len(mine))
	}
	data := pack(m, grams)
	t.Log(len(grams), "sequences", len(data), "bytes")
	if err := os.WriteFile("model.bin", data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// counts reads how often each sequence of a language was seen, by order.
func counts(t *testing.T, language string, sc script) []map[string]float64 {
	if language == "sr-Latn" {
		return romanised(counts(t, "sr", cyrillic))
	}
	file := map[string]string{"no": "nb"}[language]
	if file == "" {
		file = language
	}
	tables := make([]map[string]float64, maxOrder+1)
	orders := []string{"", "uni", "bi", "tri", "quadri", "five"}
	if sc == han {
		orders = orders[:2]
	}
	for n, name := range orders {
		if n == 0 {
			continue
		}
		tables[n] = map[string]float64{}
		z, err := zip.OpenReader(filepath.Join(*from, "language-models", file, name+"grams.json.zip"))
		if err != nil {
			t.Fatal(err)
		}
		r, err := z.File[0].Open()
		if err != nil {
			t.Fatal(err)
		}
		var table struct{ Ngrams map[string]string }
		if err := json.NewDecoder(r).Decode(&table); err != nil {
			t.Fatal(err)
		}
		z.Close()
		for fraction, list := range table.Ngrams {
			a, b, _ := strings.Cut(fraction, "/")
			x, _ := strconv.ParseFloat(a, 64)
			y, _ := strconv.ParseFloat(b, 64)
			for _, g := range strings.Fields(list) {
				tables[n][g] = x / y // given the letters before
			}
		}
	}
	total := 3e7 // letters in lingua's samples, about
	for n := 1; n <= maxOrder; n++ {
		for g, p := range tables[n] {
			if n == 1 {
				tables[n][g] = p * total
				continue
			}
			tables[n][g] = p * tables[n-1][prefix(g)]
		}
	}
	if language == "zh" {
		simplified(tables[1], total)
	}
	return tables
}

// shared are characters that simplified Chinese and Japanese write alike,
// each after the traditional one that it stands for.
const shared = "國国學学體体會会來来當当點点區区號号萬万與与聲声醫医數数斷断臺台舊旧蟲虫寶宝參参雙双條条黨党稱称禮礼後后裡里檔档據据爭争獻献豬猪壽寿燈灯爐炉畫画擔担將将屬属戀恋惡恶殘残沒没溫温濕湿狀状獨独狹狭總总脫脱虛虚辭辞隨随亂乱黃黄並并"

// simplified adds simplified Chinese to the counts, which are of traditional
// texts only: what it shares with Japanese is as frequent as the traditional
// character; what is its own tells by itself, however frequent it is.
func simplified(counts map[string]float64, total float64) {
	pairs := []rune(shared)
	for i := 0; i < len(pairs); i += 2 {
		c := counts[string(pairs[i])] / 2
		counts[string(pairs[i])], counts[string(pairs[i+1])] = c, c+counts[string(pairs[i+1])]
	}
	for _, r := range simplifiedOnly {
		counts[string(r)] = max(counts[string(r)], total*1e-4)
	}
}

func sorted(table map[string]float64) []string {
	return slices.Sorted(maps.Keys(table))
}

func prefix(g string) string { r := []rune(g); return string(r[:len(r)-1]) }
func suffix(g string) string { r := []rune(g); return string(r[1:]) }

// collect adds a language's evidence for each of its sequences.
func collect(grams map[uint32]*gram, id uint8, tables []map[string]float64) {
	total := 0.0
	for _, c := range tables[1] {
		total += c
	}
	for n := 1; n <= maxOrder; n++ {
		for _, g := range sorted(tables[n]) {
			c := tables[n][g]
			if n >= 4 && c < fewest-0.5 {
				continue
			}
			var w float64
			if n == 1 {
				w = math.Log(c/total) - math.Log(least)
			} else {
				given := tables[n-1][prefix(g)]
				shorter := tables[n-1][suffix(g)] / total
				if n > 2 {
					shorter = tables[n-1][suffix(g)] / max(1, tables[n-2][prefix(suffix(g))])
				}
				if given == 0 || shorter == 0 {
					continue
				}
				w = math.Log(max(c-0.4, 0.1)/given) - math.Log(shorter) - math.Log(backOff)
			}
			k := keyOf(g)
			e := grams[k]
			if e == nil {
				e = &gram{votes: map[uint8]float64{}, prob: map[uint8]float64{}}
				grams[k] = e
			}
			if c/total > e.prob[id] { // of two with the same key the more frequent counts
				e.votes[id], e.prob[id] = w, c/total
			}
		}
	}
}

func keyOf(g string) uint32 {
	rs := []rune(g)
	h := uint32(0)
	for i := len(rs) - 1; i >= 0; i-- {
		h = hash(h, lower(rs[i]))
	}
	return finish(h, len(rs))
}

// keep drops the sequences that tell little between languages.
func keep(grams map[uint32]*gram, threshold float64, first, end int) {
	n := float64(end - first)
	for k, g := range grams {
		if len(g.votes) == int(n) { // what all have in common says nothing
			low := math.Inf(1)
			for _, w := range g.votes {
				low = min(low, w)
			}
			for l := range g.votes {
				g.votes[l] -= low
			}
		}
		mean := 0.0
		for l := range maxLanguages {
			mean += g.votes[uint8(l)] / n
		}
		for l := range maxLanguages {
			w, ok := g.votes[uint8(l)]
			if !ok {
				continue
			}
			g.info += g.prob[uint8(l)] * math.Abs(w-mean)
		}
		if g.info < threshold {
			delete(grams, k)
		}
	}
}

func quantised(w float64) int8 { return int8(max(-127, min(127, math.Round(w/unit)))) }

func pack(m *model, grams map[uint32]*gram) []byte {
	var b []byte
	number := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	number(len(m.languages))
	for i, l := range m.languages {
		number(int(m.scripts[i]))
		number(len(l))
		b = append(b, l...)
	}
	keys := make([]uint32, 0, len(grams))
	for k := range grams {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var languages, weights, heads []byte
	number(len(keys))
	last := uint32(0)
	for _, k := range keys {
		g := grams[k]
		ls := make([]int, 0, len(g.votes))
		for l, w := range g.votes {
			if quantised(w) != 0 {
				ls = append(ls, int(l))
			}
		}
		sort.Ints(ls)
		heads = binary.AppendUvarint(heads, uint64(k-last))
		heads = binary.AppendUvarint(heads, uint64(len(ls)))
		last = k
		for _, l := range ls {
			languages = append(languages, byte(l))
			weights = append(weights, byte(quantised(g.votes[uint8(l)])))
		}
	}
	b = append(b, heads...)
	b = append(b, languages...)
	b = append(b, weights...)
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err)
	}
	return w.EncodeAll(b, []byte{formatVersion})
}

// latinOf is Vuk's and Gaj's alphabets side by side.
var latinOf = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "ђ", "đ", "е", "e", "ж", "ž", "з", "z", "и", "i",
	"ј", "j", "к", "k", "л", "l", "љ", "lj", "м", "m", "н", "n", "њ", "nj", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "ћ", "ć",
	"у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "č", "џ", "dž", "ш", "š")

// romanised turns the counts of Cyrillic Serbian into those of Latin Serbian.
// A letter that becomes two makes sequences that begin or end inside it too.
func romanised(tables []map[string]float64) []map[string]float64 {
	out := make([]map[string]float64, maxOrder+1)
	for n := range out {
		out[n] = map[string]float64{}
	}
	double := "љњџ"
	for n := 1; n <= maxOrder; n++ {
		for _, g := range sorted(tables[n]) {
			c := tables[n][g]
			rs := []rune(g)
			s := []rune(latinOf.Replace(g))
			opened, closed := strings.ContainsRune(double, rs[0]), strings.ContainsRune(double, rs[len(rs)-1])
			for _, v := range [][]rune{s, cut(s, opened, 1, 0), cut(s, closed, 0, 1), cut(s, opened && closed && len(s) > 2, 1, 1)} {
				if len(v) >= n && len(v) <= maxOrder {
					out[len(v)][string(v)] += c
				}
			}
		}
	}
	return out
}

func cut(s []rune, really bool, head, tail int) []rune {
	if !really {
		return nil
	}
	return s[head : len(s)-tail]
}
