package repair

// remarksMost bounds what is remembered of a page.
const remarksMost = 64

// remark is what was found out about the text of a block. It stays true when
// others are gone and the blocks are looked at again.
type remark[V any] struct {
	text  string
	found V
}

// wording is what the ends of a block's text say.
func (p *page) wording(s string) finding {
	for i := range p.heard {
		if p.heard[i].text == s {
			return p.heard[i].found
		}
	}
	f := wording(ends(s))
	if len(p.heard) < remarksMost {
		p.heard = append(p.heard, remark[finding]{s, f})
	}
	return f
}

// recurs is what the source's furniture knows of a block's text.
func (p *page) recurs(s string) recurrence {
	for i := range p.known {
		if p.known[i].text == s {
			return p.known[i].found
		}
	}
	r := p.source.Furniture.recurs(s)
	if len(p.known) < remarksMost {
		p.known = append(p.known, remark[recurrence]{s, r})
	}
	return r
}
