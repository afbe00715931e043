package repair

import (
	"strings"
)

// strictness is how much evidence of a machine's line breaks is needed.
type strictness struct {
	plain bool // plain text, in which a line of two dashes begins a signature
	going int  // sentences that go on over a line's end
	share int  // per cent of the line ends over which they do
	// surely: other lines of the same text were broken by a machine.
	surely bool
	width  int  // at which it broke them
	ends   bool // a full stop at a line's end also ends the paragraph when no blank line does
}

var (
	forPlain      = strictness{plain: true, going: 1, share: 25}
	forBreaks     = strictness{going: 2, share: 25}
	forDouble     = strictness{going: 2, share: 30}
	forParagraphs = strictness{going: 3, share: 30, ends: true}
)

const (
	narrowest = 38  // columns: shorter lines are verse, lists, addresses
	widest    = 132 // columns: longer lines were not broken by a machine
)

// measure is the width at which lines were broken: of lines that end and go
// on in wide characters, and of all others.
type measure struct {
	wrapped [2]bool
	width   [2]int
	ragged  bool // lines were broken by hand, near the width
	ends    bool // a line that ends a sentence ends the paragraph
}

// kindOf tells which width matters between two lines: 1 for wide characters.
func kindOf(a, b *line) int {
	if wide(lastRune(a.text)) && wide(firstRune(b.text)) {
		return 1
	}
	return 0
}

func (m *measure) any() bool { return m.wrapped[0] || m.wrapped[1] }

func measureLines(content []line, gaps []int, gap int, need strictness) measure {
	m := measure{}
	for i, g := range gaps {
		a, b := &content[i], &content[i+1]
		if kind := kindOf(a, b); g <= gap && !a.short && a.width <= widest && flows(a) && flows(b) && goesOn(a, b) {
			m.width[kind] = max(m.width[kind], a.width)
		}
	}
	var pairs, going, full, near [2]int
	for i, g := range gaps {
		a, b := &content[i], &content[i+1]
		kind := kindOf(a, b)
		if g > gap || a.short || !flows(a) || !flows(b) || startsItem(a.text) || startsItem(b.text) || a.width > m.width[kind]+slack {
			continue
		}
		pairs[kind]++
		if goesOn(a, b) {
			going[kind]++
			if m.full(a, b) {
				full[kind]++
			}
			if m.near(a) {
				near[kind]++
			}
		}
	}
	for kind := range m.wrapped {
		// Where a sentence goes on after a break, the next word would not have
		// fitted: in verse, lists and addresses it would. In wide characters a
		// single break shows nothing, since any line goes on.
		m.wrapped[kind] = m.width[kind] >= narrowest && going[kind] >= need.going+kind && full[kind]*100 >= going[kind]*80 &&
			going[kind]*100 >= pairs[kind]*need.share
	}
	// Lines that somebody broke by hand end near the width, if not at it.
	if !m.wrapped[0] && m.width[0] >= 50 && going[0] >= max(3, need.going) && near[0]*100 >= going[0]*90 && going[0]*100 >= pairs[0]*50 {
		m.wrapped[0], m.ragged = true, true
	}
	return m
}

// atWidth takes lines for broken at a width that is known from others of the
// same text: every one but the last goes so far that the next word would not
// have fitted.
func (m *measure) atWidth(content []line, gaps []int, width int) {
	known := measure{wrapped: [2]bool{true, false}, width: [2]int{width, 0}}
	for i, g := range gaps {
		a, b := &content[i], &content[i+1]
		if g > 0 || kindOf(a, b) != 0 || wide(lastRune(a.text)) || !flows(a) || !flows(b) || startsItem(a.text) || startsItem(b.text) ||
			a.width < narrowest || a.width > width+slack || !known.full(a, b) {
			return
		}
	}
	*m = known
}

// setShort marks the lines of each run of three and more, between blank lines,
// that all are much shorter than the width, and reports whether there are any.
func setShort(content []line, gaps []int, width int) (found bool) {
	for i := 0; i < len(content); {
		end, longest := i+1, content[i].width
		for end < len(content) && gaps[end-1] == 0 {
			longest = max(longest, content[end].width)
			end++
		}
		if end-i >= 3 && longest*100 <= width*65 {
			found = true
			for j := i; j < end; j++ {
				content[j].short = true
			}
		}
		i = end
	}
	return found
}

// slack is by how much a line may be longer than the longest that goes on.
const slack = 6

// goesOn reports whether a sentence goes on from the first line to the second.
func goesOn(a, b *line) bool {
	return !endsSentence(a.text) && (startsSmall(b.text) || wide(lastRune(a.text)) && wide(firstRune(b.text)))
}

// near reports whether a line is almost as long as the longest.
func (m *measure) near(a *line) bool { return a.width*100 >= m.width[0]*78 }

// full reports whether the first word of the second line would not have
// fitted at the end of the first.
func (m *measure) full(a, b *line) bool {
	if r := firstRune(b.text); wide(r) {
		// Wide text breaks anywhere but before closing and after opening signs.
		return a.width+slack >= m.width[kindOf(a, b)]
	}
	if m.ragged {
		return m.near(a)
	}
	word, _, _ := strings.Cut(b.text, " ")
	return a.width+1+columns(word) > m.width[0]
}

// joins reports whether the second line goes on where the first ends.
func (m *measure) joins(a, b *line) bool {
	if continuesAddress(a.text, b.text) {
		return true
	}
	if startsItem(a.text) && !startsItem(b.text) && strings.HasPrefix(b.raw, "  ") && flows(b) {
		return true // hangs under its item
	}
	kind := kindOf(a, b)
	if !m.wrapped[kind] || a.short || !flows(a) || !flows(b) || startsItem(b.text) || a.width > m.width[kind]+slack || m.ends && endsSentence(a.text) {
		return false
	}
	return m.full(a, b) || !endsSentence(a.text) && startsSmall(b.text) && kind == 0 && a.width*2 > m.width[0]
}
