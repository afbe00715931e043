// Package language tells the language a text is written in: of any text, and
// of an article, whose title and body are weighed and whose declared language
// is heard but not believed.
//
// Scripts come first: Hangul is Korean, kana is Japanese, Thai is Thai. Where
// several languages share a script, the frequencies of letter sequences
// decide (sequences of one to five letters, the beginnings and ends of words
// and the commonest words among them), with a table of words for relatives
// that letters don't tell apart. Addresses, mentions,
// hashtags, numbers and code are not read, names and brackets count less, and
// of a long text a sample of bounded length is enough.
//
// Languages are named as in BCP 47 (RFC 5646), with a script or region only
// where it makes another written language that readers choose for itself:
// "zh" is Chinese in simplified or undecided script and "zh-Hant" in
// traditional, "sr" is Cyrillic and "sr-Latn" Latin Serbian, "pt-BR" is
// Brazilian and "pt" any other Portuguese. A declared "en-US" gives "en":
// nobody reads one and not the other, and an article in two feeds is in one
// language. Norwegian is "no" in Bokmål and "nn" in Nynorsk.
//
// The same text gives the same answer always; nothing is learned here.
package language

import "math"

// Guess is a language and how sure it is.
type Guess struct {
	Language   string  // BCP 47; empty: unknown
	Confidence float64 // 0–1: how many of such guesses are right
}

const (
	// sampled is how many letters of a text are read: more text changed no
	// answer on the samples, and the cost stays bounded.
	sampled = 800
	// paragraph is how many of them one paragraph may take.
	paragraph = 100
	// believable is the confidence from which a guess is made without anything
	// else that speaks for it; below it more than half were wrong.
	believable = 0.4
	// unsure is the confidence, and scant the number of words (of names three
	// make one), below which the usual or the declared language is taken for
	// an article instead.
	unsure = 0.6
	scant  = 1.1
	// fallback is the confidence of a language that the text doesn't show.
	fallback = 0.5
)

// Identify tells the language of a text by itself.
func Identify(text string) Guess {
	m := load()
	a := articles.Get().(*article)
	defer articles.Put(a)
	a.used = 0
	p := a.next()
	p.sample.scan(m.table, text, sampled)
	a.used = 1
	script := m.read(&p.sample, &a.memory, &p.belief)
	m.relate(&p.belief.nats, a)
	g := m.guess(&p.belief.nats)
	if p.belief.words == 0 || g.Confidence < believable {
		return Guess{}
	}
	g.Language = m.telling.refine(g, "", a, script)
	return g
}

// Known lists the languages that can be told.
func Known() []string {
	m := load()
	known := append([]string{"zh-Hant"}, m.all...)
	for _, v := range variants {
		if !v.close {
			known = append(known, v.language)
		}
	}
	return known
}

// belief is what a text says: how likely it is in each language, in nats
// below the likeliest, and how much text there was.
type belief struct {
	nats  [maxAll]float64 // parallel to model.all
	words float64         // weighed: names and asides count less
}

// maxAll bounds all languages, those with a script of their own included.
const maxAll = 96

// impossible is the log-likelihood of a language in another script.
const impossible = -60.0

// guess returns the likeliest language with its probability.
func (m *model) guess(nats *[maxAll]float64) Guess {
	best := 0
	for i := range m.all {
		if nats[i]+m.prior[i] > nats[best]+m.prior[best] {
			best = i
		}
	}
	sum := 0.0
	for i := range m.all {
		sum += math.Exp(nats[i] + m.prior[i] - nats[best] - m.prior[best])
	}
	return Guess{m.all[best], 1 / sum}
}

const (
	// rare are languages in which so few feeds are written that texts of names
	// go to others; rarer is what they lose, in nats.
	rare  = " af eu ga cy sw tl "
	rarer = -0.7
	// lesser are languages with a close relative that many times as many feeds
	// are written in; less is what they lose.
	lesser = " ms bs "
	less   = -2.0
)

// read sets what a sample says, and returns the script that most of it is in.
func (m *model) read(s *sample, k *memory, b *belief) script {
	amounts := s.amounts()
	kanas := amounts[kana]
	amounts[han] += kanas // Japanese and Chinese are weighed together
	amounts[kana] = 0
	main := none
	for sc := range amounts {
		if amounts[sc] > amounts[main] {
			main = script(sc)
		}
	}
	b.words = amounts[main]
	for i := range b.nats {
		b.nats[i] = impossible
	}
	switch {
	case main == none:
		return none
	case main >= firstSole:
		b.nats[m.soleAt+int(main-firstSole)] = 0
		return main
	case main == hangul:
		b.nats[m.korean] = 0
		return main
	}
	var sums scores
	for _, w := range s.words {
		if w.script != main && (main != han || w.script != kana) {
			continue
		}
		times := int32(2)
		if w.name || w.aside {
			times = 1
		}
		k.add(m, &sums, s.letters[w.start:w.end], times)
	}
	believed := unit / 2 * max(coolest, 1-cooling*max(0, b.words-warm))
	top := math.Inf(-1)
	for i, l := range m.languages {
		if m.scripts[i] != main {
			continue
		}
		b.nats[i] = float64(sums[i]) * believed
		if main == han && kanas > 0 && (l == "ja") != (kanas > fewKana*amounts[han]) {
			b.nats[i] -= -impossible / 2
		}
		top = max(top, b.nats[i])
	}
	for i := range m.languages {
		if m.scripts[i] == main {
			b.nats[i] -= top
		}
	}
	return main
}

const (
	// The weights are fitted to texts of up to eight words; of longer ones
	// the sum is too sure of itself. So it is believed less by cooling a word
	// beyond warm, down to coolest.
	warm, cooling, coolest = 4, 0.03, 0.5
	// fewKana is the part of a Japanese text that is kana at the least; below
	// it the kana are a name in a Chinese text.
	fewKana = 0.06
)
