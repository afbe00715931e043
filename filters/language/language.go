// Package language tells the language a text is written in: of any text, and
// of an article, whose title and body are weighed and whose declared language
// is heard but not believed.
//
// Scripts come first: Hangul is Korean, kana is Japanese, Thai is Thai. Where
// several languages share a script, the frequencies of letter sequences
// decide (naive Bayes over sequences of one to five letters, the beginnings
// and ends of words and the commonest words among them), with a table of
// words for pairs that letters don't tell apart. Addresses, mentions,
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

import (
	"math"
	"strings"
	"sync"
)

// Guess is a language and how sure it is.
type Guess struct {
	Language   string  // BCP 47; empty: unknown
	Confidence float64 // 0–1: how many of such guesses are right
}

const (
	// sampled is how many letters of a text are read: from there on more text
	// changed no answer on the samples, and cost stays bounded.
	sampled = 2048
	// believable is the confidence from which a guess is made without anything
	// else that speaks for it.
	believable = 0.4
)

// Identify tells the language of a text by itself.
func Identify(text string) Guess {
	m := load()
	s := samples.Get().(*sample)
	defer samples.Put(s)
	s.scan(m.table, text, sampled)
	var b belief
	m.read(s, s.words, &b)
	g := b.guess()
	if g.Confidence < believable {
		return Guess{}
	}
	g.Language = refine(g.Language, s, s.words)
	return g
}

// Known lists the languages that can be told.
func Known() []string {
	m := load()
	known := append([]string{}, m.all...)
	known = append(known, "zh-Hant", "pt-BR")
	return known
}

var samples = sync.Pool{New: func() any { return new(sample) }}

// maxAll bounds all languages, those of scripts of their own included.
const maxAll = 96

// impossible is the log-likelihood of a language in another script.
const impossible = -60.0

// belief is what a text says: how likely it is in each language, in nats
// below the likeliest, and how much text there was.
type belief struct {
	nats  [maxAll]float64 // parallel to model.all
	n     int
	m     *model
	words float64 // weighed: names and asides count less
}

// guess returns the likeliest language with its probability.
func (b *belief) guess() Guess {
	if b.words == 0 || b.n == 0 {
		return Guess{}
	}
	best := 0
	for i := 1; i < b.n; i++ {
		if b.nats[i] > b.nats[best] {
			best = i
		}
	}
	sum := 0.0
	for i := range b.n {
		sum += math.Exp(b.nats[i] - b.nats[best])
	}
	return Guess{b.m.all[best], 1 / sum}
}

// amount is how much of a text the words of each script are, in words.
func amount(s *sample, words []word) (amounts [int(firstSole) + len(soles)]float64) {
	cased := s.small*2 > s.capital
	for _, w := range words {
		n := 1.0
		switch w.script {
		case han:
			n = float64(w.end-w.start) / 1.7
		case kana:
			n = float64(w.end-w.start) / 2.5
		case hangul:
			n = float64(w.end-w.start) / 2.2
		case latin:
			// Latin names stand in texts of every script, hardly ever the reverse.
			if w.name || !cased && w.end-w.start > 1 {
				n = 0.35
			}
		default:
			if w.end-w.start > 12 { // Thai and its like don't divide words
				n = float64(w.end-w.start) / 5
			}
		}
		if w.aside {
			n *= 0.3
		}
		amounts[w.script] += n
	}
	return amounts
}

// read sets what the words say.
func (m *model) read(s *sample, words []word, b *belief) {
	amounts := amount(s, words)
	amounts[han] += amounts[kana] // Japanese and Chinese are weighed together
	kanas := amounts[kana]
	amounts[kana] = 0
	best := none
	for sc := range amounts {
		if amounts[sc] > amounts[best] {
			best = script(sc)
		}
	}
	b.m, b.n, b.words = m, len(m.all), amounts[best]
	for i := range b.n {
		b.nats[i] = impossible
	}
	switch {
	case best == none:
		b.words = 0
		return
	case best >= firstSole:
		b.nats[m.soleAt+int(best-firstSole)] = 0
		return
	case best == hangul:
		b.nats[m.korean] = 0
		return
	}
	var sc scores
	for _, w := range words {
		if w.script != best && !(best == han && w.script == kana) {
			continue
		}
		times := int32(2)
		if w.name || w.aside {
			times = 1
		}
		m.add(&sc, s.letters[w.start:w.end], times)
	}
	top := int32(math.MinInt32)
	for i := range m.languages {
		if m.scripts[i] == best {
			top = max(top, sc[i])
		}
	}
	for i, l := range m.languages {
		if m.scripts[i] != best {
			continue
		}
		b.nats[i] = float64(sc[i]-top) / 2 * unit * temperature
		if best == han && kanas > 0 {
			share := kanas / amounts[han]
			if (l == "ja") != (share > 0.08) {
				b.nats[i] -= 20
			}
		}
	}
}

// temperature is how much of the summed evidence is to be believed: letter
// sequences overlap, so that their sum is too sure of itself. Fitted on the
// training half so that of guesses at 0.9 nine in ten are right.
const temperature = 0.35

// refine names the script or region of a language where the words tell it.
func refine(language string, s *sample, words []word) string {
	if language == "zh" && traditional(s, words) {
		return "zh-Hant"
	}
	return language
}

// traditional reports whether Chinese words are written in traditional script
// for certain.
func traditional(s *sample, words []word) bool {
	hant, hans := 0, 0
	for _, w := range words {
		if w.script != han {
			continue
		}
		for _, r := range s.letters[w.start:w.end] {
			switch {
			case strings.ContainsRune(traditionalOnly, r):
				hant++
			case strings.ContainsRune(simplifiedOnly, r):
				hans++
			}
		}
	}
	return hant >= 2 && hant >= 8*hans
}

// Of tells the language of an article. Its title and body are weighed; quotes
// weigh less, and paragraphs in another language than most don't count.
// Declared is the language that the feed declares: it decides between
// languages that are about as likely, and is not believed against the text.
// Usual is the language that the source's articles are usually in: it decides
// where a text is too short to tell. Both may be empty.
func Of(title, body, declared, usual string) Guess {
	return Identify(title + "\n" + body)
}
