package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Few lines show no width at which a machine broke them. What shows that they
// are torn is where: behind a word that no sentence ends with, or in the midst
// of a sentence that the next line takes up with a small letter. Verse and
// lists break so as well, but their lines are narrow, or more than a few.

const (
	tornNarrow = 24 // columns: the least of a line behind whose last word a sentence must go on
	tornWide   = 50 // and of one that is only taken up with a small letter
	tornFew    = 3  // lines of which narrower ones are believed
)

// tears is what speaks for a tear between two lines.
type tears uint8

const (
	whole    tears = iota
	mayTear        // a word stands at the end that seldom ends a sentence
	takenUp        // the next line begins small
	mustTear       // a word that ends none, or both of the former
)

// tear weighs the break between two lines.
func tear(a, b *line) tears {
	if endsSentence(a.text) || startsItem(a.text) || startsItem(b.text) || !flows(a) || !flows(b) {
		return whole
	}
	last, first := lastRune(a.text), firstRune(b.text)
	if wide(last) {
		if wide(first) && a.width >= 40 && strings.ContainsRune(goOnWide, last) {
			return mustTear
		}
		return whole
	}
	comma := last == ',' || last == '،'
	if !comma && !unicode.IsLetter(last) && !unicode.IsDigit(last) {
		return whole
	}
	word := a.text[strings.LastIndexByte(a.text, ' ')+1:]
	if len(word) == len(a.text) {
		return whole
	}
	small := unicode.IsDigit(first) || unicode.IsLower(first) && strings.IndexFunc(leadingWord(b.text), unicode.IsUpper) < 0
	switch {
	case endless[word], mostlyEndless[word] && small:
		return mustTear
	case mostlyEndless[word]:
		return mayTear
	case unicode.IsLower(first) && small, comma && !unicode.IsUpper(first) && unicode.IsLetter(first):
		return takenUp
	}
	return whole
}

func leadingWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// torn tells which of the gaps between lines are tears. Lines that stand apart,
// by a blank line or as paragraphs, show more than lines that don't: verse
// breaks within its sentences, but seldom its stanzas.
func torn(content []line, gaps []int, gap int, apart bool) []bool {
	out := make([]bool, len(gaps))
	found := false
	for i := 0; i < len(gaps); {
		if gaps[i] != gap || tear(&content[i], &content[i+1]) == whole {
			i++
			continue
		}
		end := i + 1 // of the tears that follow each other
		for end < len(gaps) && gaps[end] == gap && tear(&content[end], &content[end+1]) != whole {
			end++
		}
		if believed(content[i:end+1], apart) {
			found = true
			for j := i; j < end; j++ {
				out[j] = true
			}
		}
		i = end
	}
	if !found {
		return nil
	}
	return out
}

// believed reports whether all breaks between some lines are tears: the lines
// are a sentence from its beginning to its end.
func believed(lines []line, apart bool) bool {
	last := &lines[len(lines)-1]
	first := firstRune(lines[0].text)
	if !endsSentence(last.text) || unicode.IsLower(first) && !apart || strings.HasSuffix(last.text, ":") {
		return false
	}
	before := whole
	for i := range lines[:len(lines)-1] {
		a := &lines[i]
		least := tornNarrow
		switch t := tear(a, &lines[i+1]); {
		case !apart && (t != mustTear || len(lines) > tornFew):
			return false
		case !apart, t == takenUp:
			least = tornWide
		case t == mayTear:
			least = tornWide + 10
			if before == mustTear {
				least = narrowest
			}
		}
		if len(lines) > tornFew {
			least = max(least, tornWide)
		}
		if a.width < least {
			return false
		}
		before = tear(a, &lines[i+1])
	}
	return true
}

// unfinished reports whether the text of a node seems to end within a
// sentence. It is cheap, and most paragraphs are done with by it.
func unfinished(n *html.Node) bool {
	for n != nil && n.Type != html.TextNode {
		last := n.LastChild
		for last != nil && (last.Type == html.TextNode && blankText(last.Data) || last.Type == html.CommentNode) {
			last = last.PrevSibling
		}
		n = last
	}
	if n == nil {
		return false
	}
	s := strings.TrimRight(n.Data, " \t\r\n\u00a0")
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == ',' || r == '，' || r == '、' || r == '،'
}

// goOnWide are characters of Chinese and Japanese behind which a sentence goes on.
const goOnWide = "，、はがをにでとのもへや的和与與及在对對将將被把"

// endless are words that no sentence and no heading ends with, in lower case.
var endless = set(`the a an and or its their our your my whose than
	der dem des ein eine einen einem einer eines und oder sowie zum zur im vom beim
	le les un une du de et ou au aux leurs
	el los las unos unas y del al
	il gli uno ed di della dei delle dello alla ai alle nel nella nei nelle dal dalla sul sulla
	os um uma dos das ao nos nas pelo pela e
	het een en of van och eller ett og et ei ja tai sekä
	oraz lub albo nebo anebo alebo és vagy az egy și sau ili
	и или во ко і та або й със в на с к у из от для при з із від
	με για από σε
	και ή ο η οι του της των τον την στο στη στην στον στα
	ve veya ile bir و وفي של את در و از और का के की dan atau yang và hoặc của 및 그리고`)

// mostlyEndless are words that a sentence seldom ends with, or that are other
// words in another language.
var mostlyEndless = set(`of to from by with on in at for as that which if into between over under after before about during against without
	near since until when while where who is are was were be been will would can could has have had not more no his her this these
	die das den auf an mit für nach zu aus um über unter durch gegen ohne dass wie als bei sich nicht
	la des à en dans par pour sur avec sans sous que qui se ne pas plus est sont il elle
	su sus por para con sin sobre o u lo es son como
	i da per tra fra che non sono si
	as em do na no com sem não são
	op te met voor aan bij naar uit om dat zijn is niet
	på av för med till från vid att som om inte är af til fra ved ikke er
	w we na z ze od u po przez dla przed pod nad że który która które się nie
	v ve s se k ke pro před který která které ne
	a cu din pe că să nu în la
	sa za iz pri su je
	об по за до что который которая которые не
	що че се ще са
	που να δεν το τα
	için olan olarak daha
	في من على إلى عن أن التي الذي مع על עם אל כי לא به با که में से पर को di ke dari untuk dengan pada cho với trong ở các những một là`)
